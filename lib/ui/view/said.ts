/** Lines as text, to be copied and to be looked through. Apart from the others, because a page opens without it. Pure. */
import type { Line } from '../../protocol/snapshot.ts';
import { splitHeard } from './lines.ts';

/** A line to be copied: what was said and heard, or of a tool what was marked and where it was read. */
export function lineText(line: Line): string {
  if (line.kind === 'person') return line.text.trim();
  if (line.kind === 'assistant') return splitHeard(line).heard.trim();
  const { quote, source } = line;
  return [quote?.text, quote?.title ?? source?.title, quote?.url ?? source?.url].filter(Boolean).join('\n');
}

/** All of them, each with who said it; empty ones are left out. */
export function conversationText(lines: readonly Line[], { you, parley }: Record<'you' | 'parley', string>): string {
  return lines
    .map((line) => ({ text: lineText(line), who: line.kind === 'person' ? `${you}: ` : `${parley}: ` }))
    .filter(({ text }) => text)
    .map(({ text, who }) => who + text)
    .join('\n\n');
}
