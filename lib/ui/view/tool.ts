/** A tool line in words. Pure. */
import type { ToolLine } from '../../protocol/snapshot.ts';
import type { KnownTool, ToolWords } from '../words/tools.ts';
import { hostOf } from './address.ts';

export interface ToolRowText {
  name: string;
  /** What was looked for on the page, in the assistant's words. */
  asked: string;
  title: string;
  /** Where it was read: shown whole, other alphabets in punycode, so that no site can pass for another. */
  host: string;
  amount: string;
  sentence: string;
}

export function toolRow(line: ToolLine, words: ToolWords): ToolRowText {
  const known = Object.hasOwn(words.tools, line.name) ? words.tools[line.name as KnownTool] : undefined;
  const { source, quote } = line;
  const amount = [];
  // A picture has none.
  if (source?.characters) amount.push(words.characters(source.characters.toLocaleString(words.language)));
  if (source?.truncated) amount.push(words.truncated);
  const asked = quote ? '' : askedFor(line.arguments);
  return {
    name: known ? known[line.state] : words.otherTool(line.name),
    asked: asked && words.quoted(asked),
    title: quote ? '' : (source?.title ?? ''),
    host: hostOf(source?.url ?? quote?.url ?? ''),
    amount: amount.join(', '),
    sentence: line.fault ? words.toolFaults[line.fault] : '',
  };
}

const longestAsked = 120;

/** The question to a search, or the words that were to be marked. Empty where the model sent none, or no JSON. */
function askedFor(sent: string): string {
  try {
    const { query, quote } = { ...(JSON.parse(sent) as { query?: unknown; quote?: unknown } | null) };
    const asked = typeof query === 'string' ? query : typeof quote === 'string' ? quote : '';
    return asked.length > longestAsked ? `${asked.slice(0, longestAsked)}…` : asked;
  } catch {
    return '';
  }
}
