/** Lines as the transcript needs them. Pure. */
import type { Line } from '../../protocol/snapshot.ts';

export { captions, splitHeard } from '../../protocol/captions.ts';

/**
 * The next lines, with every unchanged one being the very object of before: a row draws again only when its line is
 * another object, so an answer that streams costs one row and not the whole list.
 */
export function reuseLines(previous: readonly Line[], next: readonly Line[]): Line[] {
  const known = new Map(previous.map((line) => [line.id, line]));
  return next.map((line) => {
    const old = known.get(line.id);
    return old && JSON.stringify(old) === JSON.stringify(line) ? old : line;
  });
}
