/** The relay's database in the storage of a Durable Object, which is SQLite too, with other words. */
import { schema } from '../sqlite/schema.ts';
import type { Database, Value } from '../sqlite/sql.ts';

/** As much of `DurableObjectStorage` as is used here. */
export interface ObjectStorage {
  sql: {
    exec(sql: string, ...values: Value[]): { toArray(): object[]; rowsWritten: number };
  };
  transactionSync<T>(work: () => T): T;
  setAlarm(at: number): Promise<void>;
  getAlarm(): Promise<number | null>;
}

/** With the tables of this version. Throws for one that a newer relay has written. */
export function objectDatabase(storage: ObjectStorage): Database {
  const { sql } = storage;
  const database: Database = {
    prepare: (text) => ({
      all: (...values) => sql.exec(text, ...values).toArray(),
      get: (...values) => sql.exec(text, ...values).toArray()[0],
      run: (...values) => {
        const cursor = sql.exec(text, ...values);
        cursor.toArray();
        return { changes: cursor.rowsWritten };
      },
    }),
    exec: (text) => void sql.exec(text),
    transactionSync: (work) => storage.transactionSync(work),
  };
  upgrade(database);
  return database;
}

/** `PRAGMA user_version` is not to be had there. */
function upgrade(database: Database): void {
  database.transactionSync?.(() => {
    database.exec('CREATE TABLE IF NOT EXISTS version (number INTEGER NOT NULL)');
    const { number } = (database.prepare('SELECT max(number) AS number FROM version').get() ?? {}) as {
      number?: number;
    };
    const version = number ?? 0;
    if (version > schema.length) throw new Error('This object was written by a newer relay: deploy that one again.');
    for (const step of schema.slice(version)) database.exec(step);
    if (version < schema.length) database.prepare('INSERT INTO version VALUES (?)').run(schema.length);
  });
}
