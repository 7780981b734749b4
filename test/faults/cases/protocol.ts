/** The provider says what it should not. */
import type { FaultCase } from '../case.ts';

export const protocol: FaultCase[] = [];
