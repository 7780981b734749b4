/** Pages that cannot be read, or not so. */
import type { FaultCase } from '../case.ts';

export const page: FaultCase[] = [];
