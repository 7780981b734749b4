/**
 * What was said before, as items for a session that has not heard it: of a call that is taken up again, or of a line that
 * was lost. The person's words and the assistant's are text (realtime-protocol 2.6); that a page was read goes into an
 * output, because its title and address are the page's own words. Pure.
 *
 * A provider bills what it has seen before at a tenth, as long as nothing before it has changed. So the items of one line are
 * the beginning of those of the next: nothing in them depends on what came later, and where there is no more room, half of
 * it is cut at once, and not a line each time.
 */
import type { ClientEvent } from '../protocol/realtime.ts';
import type { AssistantLine, Line, ToolLine } from '../protocol/snapshot.ts';

export type HistoryItem = Extract<ClientEvent, { type: 'conversation.item.create' }>['item'];

/** Items with such an id are known already, and no news. */
const prefix = 'past_';

export function isHistory(itemId: string): boolean {
  return itemId.startsWith(prefix);
}

/** About 4,000 tokens, which every answer is billed for again. */
const mostCharacters = 16_000;
const longestLine = 4_000;
/** Of what was cut off: the last questions, in short, and the last pages. */
const mostQuestions = 20;
const longestQuestion = 80;
const mostPages = 5;
/** As functions are named. */
const toolName = /^[\w-]{1,64}$/;

/**
 * `at`: when the last of it was said, unix milliseconds; null: a moment ago, and the line was lost in the middle of it.
 * Nothing where nothing was said.
 */
export function historyOf(lines: readonly Line[], at: number | null, most = mostCharacters): HistoryItem[] {
  const all = lines.map((line, index) => itemsOf(line, `${prefix}${index}`));
  const from = cutOf(all, most);
  const told = new Set<string>();
  const kept = all.slice(from).flatMap((items, index) => {
    const url = urlOf(lines[from + index]);
    if (url === null) return items;
    // The first reading of each page: one that came later must not change what stands before it.
    return told.has(url) ? [] : (told.add(url), items);
  });
  if (kept.length === 0) return [];
  const summary = from > 0 ? summaryOf(lines.slice(0, from)) : [];
  return [system(begins), ...summary, ...kept, system(at === null ? wasLost : goesOn(at))];
}

/** The first line that is kept. A conversation with holes is worse than a short one. */
function cutOf(all: HistoryItem[][], most: number): number {
  const sizes = all.map((items) => (items.length > 0 ? JSON.stringify(items).length : 0));
  let from = 0;
  let size = 0;
  for (const [index, each] of sizes.entries()) {
    size += each;
    if (size <= most) continue;
    for (; size > most / 2 && from < index; from += 1) size -= sizes[from] ?? 0;
  }
  return from;
}

/** Made without a model: what the person asked, and which pages were read. */
function summaryOf(lines: readonly Line[]): HistoryItem[] {
  const asked = lines.flatMap((line) => {
    const text = line.kind === 'person' ? line.text.replace(/\s+/g, ' ').trim() : '';
    return text ? [cut(text, longestQuestion)] : [];
  });
  const read = new Map(
    lines.flatMap((line) => {
      const url = urlOf(line);
      return url === null ? [] : [[url, (line as ToolLine).source?.title.slice(0, 100) ?? '']];
    }),
  );
  const id = `${prefix}summary`;
  const text = `The oldest of it in short. I said: ${asked.slice(-mostQuestions).join(' | ')}`;
  const pages = [...read].slice(-mostPages).map(([url, title]) => ({ title, url: url.slice(0, 300) }));
  const questions: HistoryItem = { id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
  const output = { source: 'web pages', trusted: false, pages, note: readEarlier };
  return [
    ...(asked.length > 0 ? [questions] : []),
    ...(pages.length > 0 ? asCall(`${id}_pages`, 'read_page', output) : []),
  ];
}

const readEarlier = 'Read earlier. Its text is not here any more.';

const begins = 'What you and this person have said before follows.';

const wasLost =
  'The connection was lost for a moment, and the conversation goes on here. Do not greet, do not repeat what was said, and ' +
  'keep to the language that is being spoken.';

function goesOn(at: number): string {
  return (
    `That was on ${new Date(at).toDateString()}, and the conversation is taken up again now. Do not greet, and do not ` +
    'repeat it. Pages may have changed since, and another may be in view: read again what an answer needs.'
  );
}

function itemsOf(line: Line, id: string): HistoryItem[] {
  if (line.kind === 'tool') return reading(line, id);
  const text = cut((line.kind === 'person' ? line.text : heardOf(line)).trim(), longestLine);
  if (text === '') return [];
  return line.kind === 'person'
    ? [{ id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }]
    : [{ id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }];
}

/** What was written but never heard was never said. */
function heardOf({ state, text, heardChars }: AssistantLine): string {
  return state === 'cut' ? text.slice(0, heardChars) : text;
}

/** Of a page that was read; null: this line tells of none. */
function urlOf(line: Line | undefined): string | null {
  return line?.kind === 'tool' && line.source && toolName.test(line.name) ? line.source.url : null;
}

/** A reading, without its text and its picture. */
function reading(line: ToolLine, id: string): HistoryItem[] {
  const url = urlOf(line)?.slice(0, 500);
  if (url === undefined) return [];
  const title = line.source?.title.slice(0, 200) ?? '';
  return asCall(id, line.name, { source: 'web page', trusted: false, title, url, note: readEarlier });
}

function asCall(id: string, name: string, output: object): HistoryItem[] {
  return [
    { id, type: 'function_call', call_id: id, name, arguments: '{}' },
    { type: 'function_call_output', call_id: id, output: JSON.stringify(output) },
  ];
}

function cut(text: string, longest: number): string {
  return text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
}

function system(text: string): HistoryItem {
  return { type: 'message', role: 'system', content: [{ type: 'input_text', text }] };
}
