/**
 * The relay's memory: one SQLite file that only its owner can read. `node:sqlite` is in every Node that can run this
 * source (it needs types to be stripped: 22.18 or newer), so there is nothing to install or compile. Node only.
 */
import { chmodSync, closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { schema } from './schema.ts';
import { transaction } from './sql.ts';

export const databaseName = 'relay.db';

/** SQLite's own numbers for a file that is not as it should be. */
const corrupt = 11;
const notADatabase = 26;

/** `directory` is made when it is missing. Throws a sentence with the next step. */
export function openDatabase(directory: string): DatabaseSync {
  const file = join(directory, databaseName);
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    // Made private before there is anything in it; what SQLite puts beside it gets the same mode.
    closeSync(openSync(file, 'a', 0o600));
    chmodSync(file, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${file} cannot be written (${code}): check who owns it, or set RELAY_DATA_DIR`, { cause: error });
  }
  try {
    return prepare(new DatabaseSync(file), file);
  } catch (error) {
    if (error instanceof LaterVersion) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const { errcode } = error as { errcode?: number };
    const whatToDo =
      errcode === corrupt || errcode === notADatabase
        ? `is damaged (${why}): put a copy back, or delete it to start over (device tokens stop working)`
        : `cannot be used (${why}): is the disk full, or does another program hold it?`;
    throw new Error(`${file} ${whatToDo}`, { cause: error });
  }
}

/** Gone when the process ends. */
export function memoryDatabase(): DatabaseSync {
  return prepare(new DatabaseSync(':memory:'), 'memory');
}

class LaterVersion extends Error {}

function prepare(database: DatabaseSync, file: string): DatabaseSync {
  // Other processes (the command line, another relay) wait for each other. A write is in the file when it returns: it
  // outlives the process, and all but the last few outlive a power cut.
  database.exec(
    'PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON',
  );
  transaction(database, () => {
    const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
    if (version > schema.length) {
      throw new LaterVersion(`${file} was written by a newer relay: update this one, or set RELAY_DATA_DIR`);
    }
    for (const step of schema.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${schema.length}`);
  });
  return database;
}
