import type { Ledger } from '../caps/ledger.ts';
import { transaction, type Database } from './sql.ts';

/** Counts in the relay's file: what was counted outlives the process, and relays that share the file share the counts. */
export function sqliteLedger(database: Database, now: () => number = Date.now): Ledger {
  const prune = database.prepare('DELETE FROM places WHERE until <= ?');
  const taken = database.prepare('SELECT count(*) AS taken FROM places WHERE pot = ? AND place <> ?');
  const put = database.prepare(
    'INSERT INTO places VALUES (?, ?, ?) ON CONFLICT (pot, place) DO UPDATE SET until = excluded.until',
  );
  const give = database.prepare('DELETE FROM places WHERE pot = ? AND place = ?');
  const forget = database.prepare('DELETE FROM totals WHERE until <= ?');
  const add = database.prepare(
    'INSERT INTO totals VALUES (?, ?, ?) ON CONFLICT (key) DO UPDATE SET total = total + excluded.total',
  );
  const read = database.prepare('SELECT total FROM totals WHERE key = ?');
  const total = (key: string): number => (read.get(key) as { total: number } | undefined)?.total ?? 0;

  return {
    take: async (place, pots, ttlMs) =>
      transaction(database, () => {
        prune.run(now());
        const full = pots.find(({ key, most }) => (taken.get(key, place) as { taken: number }).taken >= most);
        if (full) return full.key;
        for (const { key } of pots) put.run(key, place, now() + ttlMs);
        return null;
      }),
    async keep(place, keys, ttlMs) {
      transaction(database, () => keys.forEach((key) => put.run(key, place, now() + ttlMs)));
    },
    async leave(place, keys) {
      transaction(database, () => keys.forEach((key) => give.run(key, place)));
    },
    async count(additions) {
      transaction(database, () => {
        forget.run(now());
        for (const { key, amount, until } of additions) add.run(key, amount, until);
      });
    },
    spend: async (budgets) =>
      transaction(database, () => {
        forget.run(now());
        const full = budgets.find(({ key, most }) => total(key) >= most);
        if (full) return full.key;
        for (const { key, until } of budgets) add.run(key, 1, until);
        return null;
      }),
    totals: async (keys) => keys.map(total),
    async ready() {
      read.get('');
    },
  };
}
