/** What takes long and is no single fault. By the names that `--only` knows. */
import type { Measured } from '../../bench/table.ts';
import { measureCallWalks } from './call-walks.ts';
import { measureSoak } from './soak.ts';
import { measureStarts } from './starts.ts';
import { measureWalks } from './walks.ts';

export const longParts: Record<string, () => Promise<Measured[]>> = {
  'call-walks': () => measureCallWalks(10_000),
  walks: () => measureWalks(300),
  starts: () => measureStarts(200),
  soak: () => measureSoak(8),
};
