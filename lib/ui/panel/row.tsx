/** One line of the conversation. */
import { Component } from 'preact';
import type { AssistantLine, Line, PersonLine } from '../../protocol/snapshot.ts';
import { splitHeard } from '../view/lines.ts';
import { clock } from '../view/time.ts';
import { callWords } from '../words/words.ts';
import type { CallWords } from '../words/call.ts';
import { ToolRow } from './tool-row.tsx';

interface RowProps {
  line: Line;
  words: CallWords;
}

/** Draws again only for another line; the store hands out the same object while a line is unchanged. */
export class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    return next.line !== this.props.line || next.words !== this.props.words;
  }

  override render({ line, words }: RowProps) {
    if (line.kind === 'tool') return <ToolRow line={line} />;
    return line.kind === 'person' ? (
      <PersonRow line={line} words={words} />
    ) : (
      <AssistantRow line={line} words={words} />
    );
  }
}

function Who({ name, at }: { name: string; at: number }) {
  const words = callWords.use();
  const time = clock(at, words.language);
  return (
    <span class="who">
      <span class="visually-hidden">{name}, </span>
      <time dateTime={new Date(at).toISOString()}>{time}</time>
      <span class="visually-hidden">: </span>
    </span>
  );
}

function PersonRow({ line, words }: { line: PersonLine; words: CallWords }) {
  const unheard = line.state === 'unheard';
  return (
    <li class={`row person ${line.state}`}>
      <Who name={words.you} at={line.at} />
      <p dir="auto">{unheard ? words.unheard : line.text || '…'}</p>
    </li>
  );
}

function AssistantRow({ line, words }: { line: AssistantLine; words: CallWords }) {
  const { heard, unheard } = splitHeard(line);
  return (
    <li class={`row assistant ${line.state}`}>
      <Who name={words.parley} at={line.at} />
      <p dir="auto">
        {heard || (line.state === 'streaming' ? '…' : '')}
        {unheard && <s>{unheard}</s>}
      </p>
    </li>
  );
}
