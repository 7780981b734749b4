/** As much of an SQL database as the relay needs: Node's own has it, and an edge runtime's can be given it. */

export type Value = string | number | null;

export interface Statement {
  all(...values: Value[]): object[];
  get(...values: Value[]): object | undefined;
  run(...values: Value[]): { changes: number | bigint };
}

export interface Database {
  prepare(sql: string): Statement;
  exec(sql: string): void;
  /** Where a database has its own way, and no BEGIN. */
  transactionSync?<T>(work: () => T): T;
}

/** All of it or, when it throws, nothing. Not to be nested. */
export function transaction<T>(database: Database, work: () => T): T {
  if (database.transactionSync) return database.transactionSync(work);
  // Takes the right to write at once: asked for in the middle it could only be refused.
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}
