/**
 * What was said before, as items for a session that has not heard it: of a call that is taken up again, or of a line that
 * was lost. The person's words and the assistant's are text (realtime-protocol 2.6); that a page was read goes into an
 * output, because its title and address are the page's own words. Pure.
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
/** As functions are named. */
const toolName = /^[\w-]{1,64}$/;

/**
 * `at`: when the last of it was said, unix milliseconds; null: a moment ago, and the line was lost in the middle of it. The
 * newest is kept; nothing where nothing was said.
 */
export function historyOf(lines: readonly Line[], at: number | null, most = mostCharacters): HistoryItem[] {
  const kept: HistoryItem[][] = [];
  const told = new Set<string>();
  let room = most;
  let leftOut = 0;
  for (const [index, line] of [...lines.entries()].toReversed()) {
    const items = itemsOf(line, `${prefix}${index}`, told);
    if (items.length === 0) continue;
    room -= JSON.stringify(items).length;
    // From here on backwards: a conversation with holes is worse than a short one.
    if (room < 0) leftOut += 1;
    else kept.unshift(items);
  }
  if (kept.length === 0) return [];
  return [system(beginning(at, leftOut)), ...kept.flat(), system(at === null ? wasLost : goesOn)];
}

function beginning(at: number | null, leftOut: number): string {
  const which =
    at === null ? 'so far in this conversation' : `in an earlier conversation, of ${new Date(at).toDateString()}`;
  const missing = leftOut > 0 ? ` Its oldest lines are left out here: ${leftOut}.` : '';
  return `What you and this person said ${which}, follows.${missing}`;
}

const goesOn =
  'The earlier conversation ends here, and is taken up again now. Do not greet, and do not repeat it. Pages may have ' +
  'changed since, and another may be in view: read again what an answer needs.';

const wasLost =
  'The connection was lost for a moment, and the conversation goes on here. Do not greet, do not repeat what was said, and ' +
  'keep to the language that is being spoken.';

function itemsOf(line: Line, id: string, told: Set<string>): HistoryItem[] {
  if (line.kind === 'tool') return reading(line, id, told);
  const text = cut((line.kind === 'person' ? line.text : heardOf(line)).trim());
  if (text === '') return [];
  return line.kind === 'person'
    ? [{ id, type: 'message', role: 'user', content: [{ type: 'input_text', text }] }]
    : [{ id, type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] }];
}

/** What was written but never heard was never said. */
function heardOf({ state, text, heardChars }: AssistantLine): string {
  return state === 'cut' ? text.slice(0, heardChars) : text;
}

/** The last reading of each page, without its text. */
function reading({ name, source }: ToolLine, id: string, told: Set<string>): HistoryItem[] {
  if (!source || told.has(source.url) || !toolName.test(name)) return [];
  told.add(source.url);
  const output = JSON.stringify({
    source: 'web page',
    trusted: false,
    title: source.title.slice(0, 200),
    url: source.url.slice(0, 500),
    note: 'Read earlier. Its text is not here any more.',
  });
  return [
    { id, type: 'function_call', call_id: id, name, arguments: '{}' },
    { type: 'function_call_output', call_id: id, output },
  ];
}

function cut(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine).toWellFormed()}…` : text;
}

function system(text: string): HistoryItem {
  return { type: 'message', role: 'system', content: [{ type: 'input_text', text }] };
}
