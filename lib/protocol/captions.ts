/** What was said last, from the lines of a call. Pure. */
import type { AssistantLine, Line } from './snapshot.ts';

export interface AssistantText {
  heard: string;
  /** Written, but never heard: the person spoke first. */
  unheard: string;
}

export function splitHeard(line: AssistantLine): AssistantText {
  if (line.state !== 'cut') return { heard: line.text, unheard: '' };
  const at = Math.max(0, Math.min(line.heardChars ?? line.text.length, line.text.length));
  return { heard: line.text.slice(0, at), unheard: line.text.slice(at) };
}

export interface Caption {
  id: string;
  who: 'person' | 'assistant';
  text: string;
}

/** The last words of each side, in order: what popup and pill have room for. */
export function captions(lines: readonly Line[]): Caption[] {
  const found: Caption[] = [];
  for (const line of lines.toReversed()) {
    if (line.kind === 'tool' || found.some(({ who }) => who === line.kind)) continue;
    const text = line.kind === 'assistant' ? splitHeard(line).heard.trim() : line.text.trim();
    if (text) found.unshift({ id: line.id, who: line.kind, text });
    if (found.length === 2) break;
  }
  return found;
}
