/** Finding settings by words, in a page as it is built: parts in parts. Pure. */
import { fold, wordsOf } from '../../storage/calls/search.ts';

export interface Part<E> {
  of: E;
  /** What it says; where there are parts in it, only what is said above them. */
  text: string;
  parts: readonly Part<E>[];
}

export interface Finding<E> {
  /** What stays in view: what has every word of the query, together with what stands above it. */
  shown: Set<E>;
  /** Of them, those with no parts. */
  count: number;
}

/** Accents and case do not count. An empty query finds everything. */
export function find<E>(parts: readonly Part<E>[], query: string): Finding<E> {
  const words = wordsOf(query);
  const finding: Finding<E> = { shown: new Set(), count: 0 };
  for (const part of parts) look(part, '', words, finding);
  return finding;
}

function look<E>(part: Part<E>, above: string, words: readonly string[], finding: Finding<E>): boolean {
  const text = `${above} ${fold(part.text)}`;
  const isLeaf = part.parts.length === 0;
  const found = isLeaf
    ? words.every((word) => text.includes(word))
    : part.parts.map((each) => look(each, text, words, finding)).includes(true);
  if (found) finding.shown.add(part.of);
  if (found && isLeaf) finding.count += 1;
  return found;
}
