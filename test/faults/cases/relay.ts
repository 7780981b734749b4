/** The relay misbehaves. */
import type { FaultCase } from '../case.ts';

export const relay: FaultCase[] = [];
