/** The conversation, in the order of the snapshot. Stays at its end unless the person has scrolled up to read. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Line } from '../../protocol/snapshot.ts';
import { Icon } from '../parts/icon.tsx';
import { useChip } from '../parts/later.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { callWords } from '../words/words.ts';
import { beginMessage } from './composer.tsx';
import { Lines } from './lines.tsx';

/** Nearer to the end than this is at the end: a line's height of tolerance. */
const nearEndPx = 24;

export function Transcript() {
  const { lines, earlierLines } = useValue(store.snapshot);
  if (lines.length > 0) return <Conversation lines={lines} past={earlierLines} />;
  return (
    <div class="transcript empty">
      <Starters />
    </div>
  );
}

/** Until somebody has said something; a call that begins with the outline of the page has a row already. */
function Starters() {
  const chip = useChip(true);
  return chip && <chip.Starters write={beginMessage} />;
}

function Conversation({ lines, past }: { lines: Line[]; past: number }) {
  const words = callWords.use();
  const { box, atEnd, toEnd } = useStickyEnd();
  // The button goes away with the press.
  const leave = () => {
    toEnd();
    box.current?.focus();
  };
  return (
    <div class="transcript" ref={box} tabIndex={0} role="log" aria-live="off" aria-label={words.transcript}>
      <Lines lines={lines} past={past} />
      {lines.every(({ kind }) => kind === 'tool') && <Starters />}
      {!atEnd && (
        <button type="button" class="latest" title={words.latest} aria-label={words.latest} onClick={leave}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

/** Keeps a box at its end while its contents or its size change, until the person scrolls up or opens something in it. */
function useStickyEnd() {
  const box = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => {
    sticks.current = true;
    setAtEnd(true);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    const element = box.current as HTMLDivElement;
    let top = element.scrollTop;
    const isNear = () => element.scrollHeight - element.scrollTop - element.clientHeight < nearEndPx;
    const stick = (sticky: boolean) => {
      sticks.current = sticky;
      setAtEnd(sticky);
    };
    const scrolled = () => {
      const { scrollTop } = element;
      // Only a way up is the person's: the end also moves away when a notice opens above.
      if (isNear()) stick(true);
      else if (scrollTop < top) stick(false);
      top = scrollTop;
    };
    // What was opened is being read, and must not be scrolled away by what comes.
    const toggled = ({ target }: Event) => stick(!(target as HTMLDetailsElement).open && isNear());
    const resized = new ResizeObserver(() => sticks.current && toEnd());
    element.addEventListener('scroll', scrolled, { passive: true });
    element.addEventListener('toggle', toggled, { capture: true });
    resized.observe(element);
    // What was added, and what is laid out only now that it comes near the view.
    resized.observe(element.firstElementChild as Element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      element.removeEventListener('toggle', toggled, { capture: true });
      resized.disconnect();
    };
  }, []);
  return { box, atEnd, toEnd };
}
