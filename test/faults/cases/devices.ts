/** Microphone, loudspeaker and permission. */
import type { FaultCase } from '../case.ts';

export const devices: FaultCase[] = [];
