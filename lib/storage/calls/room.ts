/** How much past calls may take, and which go first. Nothing goes before the person was told. Pure. */
import type { StoredCall } from './shapes.ts';

export interface Limits {
  /** From here on told calls go. */
  bytes: number;
  /** From here on nothing is written: the person was told, did nothing, or could not be. */
  hardBytes: number;
  /** How long a person has to pin or export what was said to go. */
  noticeMs: number;
}

/** About three years of an hour a day, or 250 calls in which as much was read as is kept of one. */
export const limits: Limits = { bytes: 50_000_000, hardBytes: 60_000_000, noticeMs: 86_400_000 };

/** From here on a person is told what goes next, and this much of the whole is then made free at once. */
const tellShare = 0.8;
const freeShare = 0.1;

export interface Room {
  bytes: number;
  limitBytes: number;
  /** Those that nobody has talked in for longest, and that are not pinned: what goes when the limit is reached. Empty while there is room. */
  going: StoredCall[];
}

export function roomOf(calls: readonly StoredCall[], { bytes: limitBytes }: Limits = limits): Room {
  const bytes = bytesOf(calls);
  if (bytes < limitBytes * tellShare) return { bytes, limitBytes, going: [] };
  const needed = Math.max(bytes - limitBytes, 0) + limitBytes * freeShare;
  return { bytes, limitBytes, going: oldest(calls, needed) };
}

/** Which may go now: enough of those that were told in time, and none where there is room. `exceptId`: the open call. */
export function mayGo(
  calls: readonly StoredCall[],
  at: number,
  exceptId: string | null,
  by: Limits = limits,
): StoredCall[] {
  const excess = bytesOf(calls) - by.bytes;
  if (excess <= 0) return [];
  const told = calls.filter(({ id, toldAt }) => id !== exceptId && toldAt !== null && at - toldAt >= by.noticeMs);
  return oldest(told, excess + by.bytes * freeShare);
}

export function bytesOf(calls: readonly StoredCall[]): number {
  return calls.reduce((sum, { bytes }) => sum + bytes, 0);
}

function oldest(calls: readonly StoredCall[], bytes: number): StoredCall[] {
  const going: StoredCall[] = [];
  let free = 0;
  for (const call of calls.filter(({ pinned }) => !pinned).toSorted((a, b) => a.endedAt - b.endedAt)) {
    if (free >= bytes) break;
    going.push(call);
    free += call.bytes;
  }
  return going;
}
