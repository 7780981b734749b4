import type { UsageBook, UsageLine } from '../usage/usage-book.ts';
import { transaction, type Database } from './sql.ts';

/** Not every runtime has the first. */
const soon: (work: () => void) => void = globalThis.setImmediate ?? setTimeout;

interface Waiting {
  rows: (string | number)[][];
  promise: Promise<void>;
  resolve(): void;
  reject(error: unknown): void;
}

/** One row for a day, person, device and model: small enough to keep for ever, and no record of single calls. */
export function sqliteUsage(database: Database, now: () => Date = () => new Date()): UsageBook {
  const sums = ['grants', 'calls', 'ms', 'micro_usd', 'unseen_micro_usd'];
  const add = database.prepare(
    `INSERT INTO usage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
     ${sums.map((name) => `${name} = ${name} + excluded.${name}`).join(', ')}`,
  );
  const list = database.prepare(
    `SELECT coalesce(people.name, usage.person_id) AS person, sum(grants) AS grants, sum(calls) AS calls, sum(ms) AS ms,
     sum(micro_usd) AS microUsd, sum(unseen_micro_usd) AS unseenMicroUsd
     FROM usage LEFT JOIN people ON people.id = usage.person_id WHERE day LIKE ? || '%'
     GROUP BY usage.person_id ORDER BY microUsd DESC, person`,
  );
  let waiting: Waiting | undefined;
  const write = ({ rows, resolve, reject }: Waiting): void => {
    waiting = undefined;
    try {
      transaction(database, () => rows.forEach((row) => add.run(...row)));
      resolve();
    } catch (error) {
      reject(error);
    }
  };
  return {
    record({ who, model, grants = 0, calls = 0, ms = 0, microUsd = 0, unseenMicroUsd = 0 }) {
      const day = now().toISOString().slice(0, 10);
      const numbers = [grants, calls, ms, microUsd, unseenMicroUsd].map((each) => Math.round(each));
      if (waiting === undefined) {
        const made: Waiting = { rows: [], ...Promise.withResolvers<void>() };
        waiting = made;
        // What comes in one turn of the loop is one write to the file.
        soon(() => write(made));
      }
      waiting.rows.push([day, who.person, who.device, model, ...numbers]);
      return waiting.promise;
    },
    report: async (span) => list.all(span).map((row) => Object.assign({}, row) as unknown as UsageLine),
  };
}
