/** The network loses, delays and comes back. */
import type { FaultCase } from '../case.ts';

export const network: FaultCase[] = [];
