/** A tool call as a thin row: what was read, from where, how much, or why not. Opens on exactly what was sent, while that is kept. */
import { useState } from 'preact/hooks';
import type { ToolLine } from '../../protocol/snapshot.ts';
import { Icon } from '../parts/icon.tsx';
import { toolRow } from '../view/tool.ts';
import { clock } from '../view/time.ts';
import { toolWords } from '../words/tool-words.ts';
import { ClickNeeded } from './click.tsx';
import { QuoteChip } from './quote.tsx';
import { SentToModel, type SentOf } from './sent.tsx';

interface ToolRowProps {
  line: ToolLine;
  /** Nothing waits for a click. */
  past: boolean;
  /** What it sent, of a past call. Without it that is known of the call in view alone. */
  sentOf?: SentOf | undefined;
}

export function ToolRow({ line, past, sentOf }: ToolRowProps) {
  const words = toolWords.use();
  const { sentence } = toolRow(line, words);
  return (
    <li class={`row tool ${line.state}${past ? ' earlier' : ''}`} title={clock(line.at, words.language)}>
      <Icon name={line.state === 'failed' ? 'warning' : 'page'} />
      <div>
        {(past && !sentOf) || line.state === 'running' ? <Head line={line} /> : <Opening line={line} sentOf={sentOf} />}
        {sentence && <p class="why">{sentence}</p>}
        {!past && (
          <div role="status">
            <ClickNeeded line={line} />
          </div>
        )}
        {line.quote && <QuoteChip lineId={past ? null : line.id} quote={line.quote} />}
      </div>
    </li>
  );
}

/** Words of the page are text nodes here and everywhere. */
function Head({ line }: { line: ToolLine }) {
  const { name, asked, title, host, amount } = toolRow(line, toolWords.use());
  return (
    <p>
      <b>{name}</b>
      {asked && <span dir="auto">{asked}</span>}
      {title && (
        <span class="title" dir="auto">
          {title}
        </span>
      )}
      {host && <bdi title={line.source?.url}>{host}</bdi>}
      {amount && <small>{amount}</small>}
    </p>
  );
}

function Opening({ line, sentOf }: { line: ToolLine; sentOf: SentOf | undefined }) {
  const { sent } = toolWords.use();
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary title={sent.title}>
        <Head line={line} />
      </summary>
      {open && <SentToModel lineId={line.id} sentOf={sentOf} />}
    </details>
  );
}
