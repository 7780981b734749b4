import { RateLimiterRes } from 'rate-limiter-flexible';
import type { MakeCounter } from '../limits.ts';
import { transaction, type Database } from './sql.ts';

/** Counts requests in the relay's file: what is allowed for a day or a month must outlive a restart. */
export function sqliteCounters(database: Database, now: () => number = Date.now): MakeCounter {
  const find = database.prepare('SELECT total, until FROM totals WHERE key = ? AND until > ?');
  const put = database.prepare('INSERT OR REPLACE INTO totals VALUES (?, ?, ?)');
  return ({ keyPrefix, points, duration }) => {
    const result = (total: number, until: number): RateLimiterRes =>
      new RateLimiterRes(Math.max(0, points - total), until - now(), total, total === 1);
    const look = (key: string) =>
      find.get(`${keyPrefix}:${key}`, now()) as { total: number; until: number } | undefined;
    return {
      async consume(key) {
        const { total, until } = transaction(database, () => {
          const found = look(String(key)) ?? { total: 0, until: now() + duration * 1000 };
          const next = { total: found.total + 1, until: found.until };
          put.run(`${keyPrefix}:${key}`, next.total, next.until);
          return next;
        });
        // As the library does it: whoever is over learns how long to wait.
        if (total > points) throw result(total, until);
        return result(total, until);
      },
      async get(key) {
        const found = look(String(key));
        return found ? result(found.total, found.until) : null;
      },
    };
  };
}
