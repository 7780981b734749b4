import type { RunningCall, RunningCalls } from '../calls/running.ts';
import type { Database } from './sql.ts';

const columns =
  'id, place, device, person, address, model, started_at AS startedAt, counted_until AS countedUntil, micro_usd AS microUsd';

interface Row extends Omit<RunningCall, 'who'> {
  device: string;
  person: string;
  address: string;
}

export function sqliteRunning(database: Database): RunningCalls {
  const put = database.prepare('INSERT OR REPLACE INTO running VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const find = database.prepare(`SELECT ${columns} FROM running WHERE id = ?`);
  const remove = database.prepare('DELETE FROM running WHERE id = ?');
  const takeOver = database.prepare(`UPDATE running SET seen_at = ? WHERE seen_at < ? RETURNING ${columns}`);
  return {
    async save({ id, place, who, model, startedAt, countedUntil, microUsd }, seenAt) {
      put.run(id, place, who.device, who.person, who.address, model, startedAt, countedUntil, microUsd, seenAt);
    },
    async find(id) {
      const row = find.get(id);
      return row === undefined ? null : callOf(row);
    },
    async remove(id) {
      remove.run(id);
    },
    takeOver: async (before, now) => takeOver.all(now, before).map(callOf),
  };
}

function callOf(row: object): RunningCall {
  const { device, person, address, ...rest } = row as Row;
  return { ...rest, who: { device, person, address } };
}
