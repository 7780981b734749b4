/** The parts of the extension come and go. */
import type { FaultCase } from '../case.ts';

export const lifecycle: FaultCase[] = [];
