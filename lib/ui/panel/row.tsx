/** One line of the conversation. */
import { Component } from 'preact';
import type { AssistantLine, Line, PersonLine } from '../../protocol/snapshot.ts';
import type { useTools } from '../parts/later.ts';
import type { SentOf } from '../tool/sent.tsx';
import { splitHeard } from '../view/lines.ts';
import { clock } from '../view/time.ts';
import { callWords } from '../words/words.ts';
import type { CallWords } from '../words/call.ts';

interface RowProps extends Drawing {
  line: Line;
  /** Nothing in it can be answered any more. */
  past: boolean;
}

/** What all rows are drawn with. */
export interface Drawing {
  words: CallWords;
  /** Null until they are there. */
  tools: ReturnType<typeof useTools>;
  /** What a tool row of a past call sent. Always the same for the same call. */
  sentOf?: SentOf | undefined;
}

interface RowsProps extends Drawing {
  lines: Line[];
  /** So many of them, from the first, are past. */
  past: number;
}

/** Some lines in a row, in a list of their own. Left alone as a whole while none of them is another. */
export class Rows extends Component<RowsProps> {
  override shouldComponentUpdate(next: RowsProps): boolean {
    const { lines, words, tools, past } = this.props;
    const same = next.lines.length === lines.length && next.lines.every((line, place) => line === lines[place]);
    return !same || next.words !== words || next.tools !== tools || next.past !== past;
  }

  override render({ lines, past, ...drawing }: RowsProps) {
    return (
      <ol>
        {lines.map((line, index) => (
          <Row key={line.id} line={line} past={index < past} {...drawing} />
        ))}
      </ol>
    );
  }
}

/** Draws again only for another line; the store hands out the same object while a line is unchanged. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { line, words, tools, past } = this.props;
    return next.line !== line || next.words !== words || next.tools !== tools || next.past !== past;
  }

  override render({ line, words, tools, past, sentOf }: RowProps) {
    if (line.kind === 'tool') return tools && <tools.ToolRow line={line} past={past} sentOf={sentOf} />;
    return line.kind === 'person' ? (
      <PersonRow line={line} words={words} past={past} />
    ) : (
      <AssistantRow line={line} words={words} past={past} />
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

interface SaidProps<L> extends Pick<RowProps, 'words' | 'past'> {
  line: L;
}

/** Drawn by the style sheet, and heard by the list: both cost nothing a row. */
function Copy({ line, words }: { line: PersonLine | AssistantLine; words: CallWords }) {
  if (!line.text) return null;
  const { line: label } = words.copy;
  return <button type="button" class="copy" tabIndex={-1} data-line={line.id} title={label} aria-label={label} />;
}

function PersonRow({ line, words, past }: SaidProps<PersonLine>) {
  const unheard = line.state === 'unheard';
  return (
    <li class={`row person ${line.state}${past ? ' earlier' : ''}`}>
      <Who name={words.you} at={line.at} />
      <p dir="auto">{unheard ? words.unheard : line.text || '…'}</p>
      <Copy line={line} words={words} />
    </li>
  );
}

function AssistantRow({ line, words, past }: SaidProps<AssistantLine>) {
  const { heard, unheard } = splitHeard(line);
  return (
    <li class={`row assistant ${line.state}${past ? ' earlier' : ''}`}>
      <Who name={words.parley} at={line.at} />
      <p dir="auto">
        {heard || (line.state === 'streaming' ? '…' : '')}
        {unheard && <s>{unheard}</s>}
      </p>
      <Copy line={line} words={words} />
    </li>
  );
}
