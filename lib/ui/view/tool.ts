/** A tool line in words. Pure. */
import type { ToolLine } from '../../protocol/snapshot.ts';
import type { CallWords, KnownTool } from '../words/call.ts';

export interface ToolRowText {
  name: string;
  title: string;
  amount: string;
  sentence: string;
}

export function toolRow(line: ToolLine, words: CallWords): ToolRowText {
  const known = Object.hasOwn(words.tools, line.name) ? words.tools[line.name as KnownTool] : undefined;
  const { source } = line;
  const amount = source && [words.characters(source.characters.toLocaleString(words.language))];
  if (source?.truncated) amount?.push(words.truncated);
  return {
    name: known ? known[line.state] : words.otherTool(line.name),
    title: source?.title ?? '',
    amount: amount?.join(', ') ?? '',
    sentence: line.fault ? words.toolFaults[line.fault] : '',
  };
}
