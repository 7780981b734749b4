/** The network loses, delays and comes back. */
import type { FaultCase } from '../case.ts';
import { losses } from './network/loss.ts';
import { others } from './network/other.ts';
import { outages } from './network/outage.ts';
import { slow } from './network/slow.ts';

export const network: FaultCase[] = [...others, ...losses, ...outages, ...slow];
