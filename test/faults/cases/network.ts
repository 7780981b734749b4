/** The network loses, delays and comes back. */
import type { FaultCase } from '../case.ts';
import { outages } from './network/outage.ts';

export const network: FaultCase[] = [...outages];
