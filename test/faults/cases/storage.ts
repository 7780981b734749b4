/** What is kept cannot be written, or is damaged; or what keeps it is killed. */
import type { FaultCase } from '../case.ts';
import { damaged } from './storage/damaged.ts';
import { full } from './storage/full.ts';
import { killed } from './storage/killed.ts';

export const storage: FaultCase[] = [...killed, ...full, ...damaged];
