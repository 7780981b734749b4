/**
 * The way to the database of past calls, from the host and from every view alike. It lets go when another context upgrades
 * or deletes the database, and opens it again at the next use.
 */
import type { KeepTrouble } from '../../protocol/snapshot.ts';
import { asked } from './idb.ts';
import { schema, upgrade, type Schema } from './schema.ts';

export const databaseName = 'parley-calls';

export type StoreTrouble = Exclude<KeepTrouble, 'deleted'>;

export class StoreError extends Error {
  readonly trouble: StoreTrouble;

  constructor(trouble: StoreTrouble, cause?: unknown) {
    super(`past calls: ${trouble}`, { cause });
    this.trouble = trouble;
  }
}

export interface Connection {
  /** Rejects with `StoreError`. */
  open(): Promise<{ db: IDBDatabase; readOnly: boolean }>;
  /** As `open`, for changes. Rejects when the store is a newer one. */
  openToWrite(): Promise<IDBDatabase>;
  close(): void;
}

/** Longer than any migration of a full store takes; a context that holds the old one lets go at once. */
const deadlineMs = 20_000;

export function connectToCalls(name = databaseName, ours: Schema = schema): Connection {
  let opening: Promise<{ db: IDBDatabase; readOnly: boolean }> | undefined;

  function forget(): void {
    opening = undefined;
  }

  async function open(): Promise<{ db: IDBDatabase; readOnly: boolean }> {
    const db = await request(name, ours);
    db.addEventListener('versionchange', () => {
      db.close();
      forget();
    });
    db.addEventListener('close', forget);
    return { db, readOnly: db.version > ours.version };
  }

  const connection: Connection = {
    async open() {
      opening ??= open();
      try {
        return await opening;
      } catch (error) {
        forget();
        throw new StoreError('unavailable', error);
      }
    },
    async openToWrite() {
      const { db, readOnly } = await connection.open();
      if (readOnly) throw new StoreError('newer');
      return db;
    },
    close() {
      opening?.then(({ db }) => db.close()).catch(() => undefined);
      forget();
    },
  };
  return connection;
}

async function request(name: string, ours: Schema): Promise<IDBDatabase> {
  try {
    return await opened(name, ours);
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'VersionError') throw error;
    // Without a version: as it is.
    return asked(indexedDB.open(name));
  }
}

async function opened(name: string, ours: Schema): Promise<IDBDatabase> {
  const opening = indexedDB.open(name, ours.version);
  opening.addEventListener('upgradeneeded', ({ oldVersion }) => upgrade(opening.transaction!, oldVersion, ours));
  const late = AbortSignal.timeout(deadlineMs);
  return new Promise((resolve, reject) => {
    asked(opening).then(resolve, reject);
    late.addEventListener('abort', () => {
      reject(late.reason as Error);
      // Should it come after all, nobody holds it.
      opening.addEventListener('success', () => opening.result.close());
    });
  });
}
