/** Walks of the call alone, on a clock of their own: some thirty of them in a second. */
import type { Measured } from '../../bench/table.ts';
import { takeWalks } from '../walks/walk.ts';

/** Rejects with the shortest walk that goes wrong, and with the seed that finds it again. */
export async function measureCallWalks(count: number, seed = Date.now() & 0x7fffffff): Promise<Measured[]> {
  await takeWalks(count, seed);
  const note = `seed ${seed}, 30 steps each`;
  return [{ id: 'call_walks_sane', value: count, unit: 'walks', target: { atLeast: count }, note }];
}
