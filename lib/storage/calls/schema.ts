/** The stores, and what brings the records of an older version to today's shapes. */
import { schemaVersion } from './shapes.ts';

type Stored = Record<string, unknown>;

/** Each record of a version to the next version's shape. Pure; may throw for what is damaged. */
export interface Step {
  call?: (old: Stored) => Stored;
  line?: (old: Stored) => Stored;
}

/** `steps[n]` turns the records of version n into those of version n + 1. Version 2 has the same, and one store more. */
export type Steps = Record<number, Step>;
const steps: Steps = {};

export interface Schema {
  version: number;
  steps: Steps;
}
export const schema: Schema = { version: schemaVersion, steps };

/** A record as it was before the last migration. Goes with its call. */
export interface Backup {
  callId: string;
  store: 'calls' | 'lines';
  version: number;
  record: unknown;
}

/** Runs inside the upgrade's transaction: all of it happens, or nothing. */
export function upgrade(transaction: IDBTransaction, from: number, { version, steps: all }: Schema): void {
  const { db } = transaction;
  if (from === 0) {
    db.createObjectStore('calls', { keyPath: 'id' }).createIndex('startedAt', 'startedAt');
    db.createObjectStore('lines', { keyPath: ['callId', 'place'] });
    db.createObjectStore('backup', { autoIncrement: true }).createIndex('callId', 'callId');
  }
  if (from < 2) db.createObjectStore('sent', { keyPath: 'callId' });
  if (from === 0) return;
  transaction.objectStore('backup').clear();
  const calls = (at: number) => all[at]?.call;
  const lines = (at: number) => all[at]?.line;
  migrate(transaction, 'calls', 'id', from, version, calls);
  migrate(transaction, 'lines', 'callId', from, version, lines);
}

/** What cannot be migrated stays as it is: readers skip it and say so, and it is still there for a later repair. */
function migrate(
  transaction: IDBTransaction,
  store: Backup['store'],
  owner: string,
  from: number,
  to: number,
  stepAt: (version: number) => ((old: Stored) => Stored) | undefined,
): void {
  const versions = Array.from({ length: to - from }, (_, index) => from + index);
  if (!versions.some(stepAt)) return;
  const backup = transaction.objectStore('backup');
  const request = transaction.objectStore(store).openCursor();
  request.addEventListener('success', () => {
    const cursor = request.result;
    if (!cursor) return;
    const record = cursor.value as Stored;
    backup.add({ callId: String(record[owner]), store, version: from, record } satisfies Backup);
    try {
      cursor.update(versions.reduce((value, version) => stepAt(version)?.(value) ?? value, record));
    } catch {
      // Left as it is.
    }
    cursor.continue();
  });
}
