/**
 * What goes down the feed in place of a whole snapshot: copying thousands of lines for one new word would take a view
 * longer than drawing it. Pure.
 */
import type { Line, Snapshot } from '../protocol/snapshot.ts';

/** A snapshot whose `lines` are only those that are others than in the snapshot `after.seq` of the same host. */
export interface Change extends Snapshot {
  after: After;
}

interface After {
  seq: number;
  /** `removed` lines from the place `at` on make way for those that came. */
  at: number;
  removed: number;
}

/** Lines that did not change must be the same objects in both. */
export function changeBetween(before: Snapshot, next: Snapshot): Change {
  const { at, removed, lines } = differing(before.lines, next.lines);
  return { ...next, lines, after: { seq: before.seq, at, removed } };
}

function differing(before: readonly Line[], next: readonly Line[]): { at: number; removed: number; lines: Line[] } {
  const shorter = Math.min(before.length, next.length);
  let at = 0;
  while (at < shorter && before[at] === next[at]) at += 1;
  let same = 0;
  while (same < shorter - at && before.at(-1 - same) === next.at(-1 - same)) same += 1;
  return { at, removed: before.length - at - same, lines: next.slice(at, next.length - same) };
}

export function isChange(message: Snapshot): message is Change {
  return typeof (message as Partial<Change>).after?.seq === 'number';
}

/** The snapshot that a change leads to; null where it does not follow on this one. Lines that stay are the same objects. */
export function changed(before: Snapshot, { after, ...next }: Change): Snapshot | null {
  if (next.bootId !== before.bootId || after.seq !== before.seq) return null;
  return { ...next, lines: before.lines.toSpliced(after.at, after.removed, ...next.lines) };
}
