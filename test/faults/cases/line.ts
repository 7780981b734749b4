/** The line to the provider does not come up, closes or goes silent. */
import type { FaultCase } from '../case.ts';

export const line: FaultCase[] = [];
