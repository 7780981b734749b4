/** What is kept cannot be written, or is damaged. */
import type { FaultCase } from '../case.ts';

export const storage: FaultCase[] = [];
