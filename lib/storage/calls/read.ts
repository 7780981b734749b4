/** Past calls, read. What is damaged is skipped and counted, never repaired by deleting it. Rejects with `StoreError`. */
import type { Sent } from '../../protocol/messages.ts';
import type { Line } from '../../protocol/snapshot.ts';
import type { Connection } from './connection.ts';
import { asked, beginningWith } from './idb.ts';
import { limits as usual, roomOf, type Limits, type Room } from './room.ts';
import { isStoredCall, isStoredLine, sentRowsOf, type StoredCall, type StoredLine } from './shapes.ts';

export interface CallList {
  /** The newest first. */
  calls: StoredCall[];
  /** Damaged records that were left out. */
  skipped: number;
}

export async function listCalls(connection: Connection): Promise<CallList> {
  const { db } = await connection.open();
  const found: unknown[] = await asked(db.transaction('calls').objectStore('calls').getAll());
  const calls = found.filter(isStoredCall).sort((a, b) => b.startedAt - a.startedAt);
  return { calls, skipped: found.length - calls.length };
}

export interface CallText {
  call: StoredCall;
  lines: Line[];
  skipped: number;
}

/** Null when there is no such call, or only a damaged one. */
export async function readCall(connection: Connection, id: string): Promise<CallText | null> {
  const { db } = await connection.open();
  const transaction = db.transaction(['calls', 'lines']);
  const [call, found]: [unknown, unknown[]] = await Promise.all([
    asked(transaction.objectStore('calls').get(id)),
    asked(transaction.objectStore('lines').getAll(beginningWith(id))),
  ]);
  if (!isStoredCall(call)) return null;
  const lines = found.filter(isStoredLine);
  return { call, lines: lines.map(({ line }: StoredLine) => line), skipped: found.length - lines.length };
}

/** What a tool row of a call sent to the model; null: not kept. */
export async function readSent(connection: Connection, callId: string, lineId: string): Promise<Sent | null> {
  const { db } = await connection.open();
  const found: unknown = await asked(db.transaction('sent').objectStore('sent').get(callId));
  return sentRowsOf(found).get(lineId) ?? null;
}

/** For the view that tells the person what goes next; then `tellGoing`. */
export async function roomForCalls(connection: Connection, limits: Limits = usual): Promise<Room> {
  const { calls } = await listCalls(connection);
  return roomOf(calls, limits);
}
