/** The lines of a conversation, of the call in view or of a past one, and the way to take them along. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Line } from '../../protocol/snapshot.ts';
import { useCopied } from '../parts/copied.ts';
import { useTools } from '../parts/later.ts';
import { callWords } from '../words/words.ts';
import type { SentOf } from '../tool/sent.tsx';
import { Rows } from './row.tsx';

interface LinesProps {
  lines: Line[];
  /** So many of them, from the first, are of a call that is over: nothing in them can be answered any more. */
  past: number;
  /** Another part has come in, so that the height is another. */
  drawn?: () => void;
  sentOf?: SentOf;
}

const texts = () => import('../view/said.ts');

/** Lines that are compared, drawn and laid out as one list, so that a long conversation costs no more than its last ones. */
const rowsTogether = 50;

/** One listener for all rows: a long conversation has thousands. */
export function Lines({ lines, past, drawn, sentOf }: LinesProps) {
  const words = callWords.use();
  const tools = useTools(lines.some(({ kind }) => kind === 'tool'));
  const [copied, copy] = useCopied();
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => drawn?.(), [lines, tools]);
  const copyLine = ({ target }: Event) => {
    const id = (target as Element).closest<HTMLElement>('.copy')?.dataset['line'];
    const line = lines.find((each) => each.id === id);
    if (line) copy(async () => (await texts()).lineText(line));
  };
  return (
    <div ref={box} onClick={copyLine} onKeyDown={(event) => moveAmongCopies(box.current as HTMLDivElement, event)}>
      {inParts(lines).map((part, index) => (
        <Rows key={index} lines={part} words={words} tools={tools} past={past - index * rowsTogether} sentOf={sentOf} />
      ))}
      <div class="copy-all">
        <button
          type="button"
          class="copy link"
          aria-keyshortcuts="ArrowUp"
          onClick={() => copy(async () => (await texts()).conversationText(lines, words))}
        >
          {words.copy.all}
        </button>
      </div>
      <p class="copied" role="status">
        {copied && words.copy.copied}
      </p>
    </div>
  );
}

function inParts(lines: Line[]): Line[][] {
  const count = Math.ceil(lines.length / rowsTogether);
  return Array.from({ length: count }, (_, part) => lines.slice(part * rowsTogether, (part + 1) * rowsTogether));
}

/** Tab stops at "Copy all" alone, or it would stop at every line; from there the arrow keys go to the lines. */
function moveAmongCopies(box: HTMLElement, event: KeyboardEvent): void {
  const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
  const copies = [...box.querySelectorAll<HTMLElement>('.copy')];
  const at = copies.indexOf(event.target as HTMLElement);
  if (step === undefined || at === -1) return;
  event.preventDefault();
  copies[at + step]?.focus();
}
