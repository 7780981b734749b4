import type { DatabaseSync } from 'node:sqlite';
import type { UsageBook, UsageLine } from '../usage/usage-book.ts';

/** One row for a day, person, device and model: small enough to keep for ever, and no record of single calls. */
export function sqliteUsage(database: DatabaseSync, now: () => Date = () => new Date()): UsageBook {
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
  return {
    async record({ who, model, grants = 0, calls = 0, ms = 0, microUsd = 0, unseenMicroUsd = 0 }) {
      const day = now().toISOString().slice(0, 10);
      const numbers = [grants, calls, ms, microUsd, unseenMicroUsd].map((each) => Math.round(each));
      add.run(day, who.person, who.device, model, ...numbers);
    },
    report: async (span) => list.all(span).map((row) => Object.assign({}, row) as unknown as UsageLine),
  };
}
