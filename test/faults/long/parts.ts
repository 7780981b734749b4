/** What takes long and is no single fault. By the names that `--only` knows. */
import type { Measured } from '../../bench/table.ts';
import { measureCallWalks } from './call-walks.ts';

export const longParts: Record<string, () => Promise<Measured[]>> = {
  'call-walks': () => measureCallWalks(10_000),
};
