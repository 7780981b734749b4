/** Finds words in all past calls, the newest call first. Reads through them: nothing is kept twice to be found faster. */
import type { Line } from '../../protocol/snapshot.ts';
import type { Connection } from './connection.ts';
import { listCalls, readCall } from './read.ts';
import type { StoredCall } from './shapes.ts';

export interface Found {
  call: StoredCall;
  /** The lines that have most of the words, at most three, in order. */
  hits: { place: number; line: Line }[];
}

const mostHits = 3;
const mostWords = 16;

/**
 * Calls in whose title and lines every word of the query occurs somewhere, with or without accents, in any case, also inside
 * other words. `see` gets each one as it is found. Ends early, without an error, when `signal` aborts.
 */
export async function searchCalls(
  connection: Connection,
  query: string,
  see: (found: Found) => void,
  signal?: AbortSignal,
): Promise<{ searched: number; skipped: number }> {
  const words = wordsOf(query);
  const { calls, skipped } = await listCalls(connection);
  const result = { searched: 0, skipped };
  for (const { id } of words.length > 0 ? calls : []) {
    if (signal?.aborted) break;
    // One at a time: a view stays quick, and what was deleted meanwhile is not shown.
    const text = await readCall(connection, id);
    if (!text) continue;
    result.searched += 1;
    result.skipped += text.skipped;
    const found = matchCall(text.call, text.lines, words);
    if (found && !signal?.aborted) see(found);
  }
  return result;
}

export function wordsOf(query: string): string[] {
  return [...new Set(fold(query).split(/\s+/))].filter((word) => word !== '').slice(0, mostWords);
}

/** Pure. `words` as `wordsOf` gives them. */
export function matchCall(call: StoredCall, lines: readonly Line[], words: readonly string[]): Found | null {
  const missing = new Set(words);
  const strike = (text: string) => words.filter((word) => text.includes(word) && (missing.delete(word), true)).length;
  strike(fold(call.title));
  const hits = lines
    .map((line, place) => ({ place, line, count: strike(fold(textOf(line))) }))
    .filter(({ count }) => count > 0);
  if (missing.size > 0) return null;
  const best = hits.toSorted((a, b) => b.count - a.count).slice(0, mostHits);
  return { call, hits: best.sort((a, b) => a.place - b.place).map(({ place, line }) => ({ place, line })) };
}

function textOf(line: Line): string {
  return line.kind === 'tool' ? `${line.source?.title ?? ''}\n${line.source?.url ?? ''}` : line.text;
}

/** As texts are compared: accents and case do not count. */
export function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
