/** The conversation, in the order of the snapshot. Stays at its end unless the person has scrolled up to read. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Line } from '../../protocol/snapshot.ts';
import { Icon } from '../parts/icon.tsx';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import type { CallWords } from '../words/call.ts';
import { callWords } from '../words/words.ts';
import { Row } from './row.tsx';

/** Nearer to the end than this is at the end: a line's height of tolerance. */
const nearEndPx = 24;

export function Transcript() {
  const words = callWords.use();
  const { lines } = useValue(store.snapshot);
  if (lines.length === 0) return <Empty />;
  return <Lines lines={lines} words={words} />;
}

function Lines({ lines, words }: { lines: Line[]; words: CallWords }) {
  const { box, atEnd, toEnd } = useStickyEnd(lines);
  return (
    <div class="transcript" ref={box} tabIndex={0} role="region" aria-label={words.transcript}>
      <ol>
        {lines.map((line) => (
          <Row key={line.id} line={line} words={words} />
        ))}
      </ol>
      {!atEnd && (
        <button type="button" class="latest" title={words.latest} aria-label={words.latest} onClick={toEnd}>
          <Icon name="down" />
        </button>
      )}
    </div>
  );
}

/** Keeps a box at its end while its contents or its size change, until the person scrolls up. */
function useStickyEnd(contents: unknown) {
  const box = useRef<HTMLDivElement>(null);
  const sticks = useRef(true);
  const [atEnd, setAtEnd] = useState(true);
  const toEnd = () => {
    sticks.current = true;
    setAtEnd(true);
    box.current?.scrollTo({ top: box.current.scrollHeight });
  };
  useLayoutEffect(() => {
    if (sticks.current) toEnd();
  }, [contents]);
  useLayoutEffect(() => {
    const element = box.current as HTMLDivElement;
    let top = element.scrollTop;
    const scrolled = () => {
      const { scrollHeight, scrollTop, clientHeight } = element;
      const near = scrollHeight - scrollTop - clientHeight < nearEndPx;
      // Only a way up is the person's: the end also moves away when a notice opens above.
      if (near || scrollTop < top) {
        sticks.current = near;
        setAtEnd(near);
      }
      top = scrollTop;
    };
    const resized = new ResizeObserver(() => sticks.current && toEnd());
    element.addEventListener('scroll', scrolled, { passive: true });
    resized.observe(element);
    return () => {
      element.removeEventListener('scroll', scrolled);
      resized.disconnect();
    };
  }, []);
  return { box, atEnd, toEnd };
}

/** Nothing said yet: what one could say. */
function Empty() {
  const words = callWords.use();
  return (
    <div class="transcript empty">
      <h2>{words.emptyTitle}</h2>
      <p>{words.emptyHint}</p>
      <div class="chips">
        {words.starters.map((text) => (
          <button key={text} type="button" class="chip" onClick={() => void store.act({ type: 'say', text })}>
            {text}
          </button>
        ))}
      </div>
    </div>
  );
}
