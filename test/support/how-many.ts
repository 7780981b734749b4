/** How many random cases a property is tried with: some in every run of the tests, all of them where they are asked for. */
import type { Parameters } from 'fast-check';

/** `npm run faults` sets it. */
const all = process.env['PARLEY_ALL_CASES'] === '1';

/**
 * For `fc.assert`. What fails prints its seed and path; `PARLEY_SEED` plays the same cases again. `some` is small: every
 * run of the tests pays for it.
 */
export function howMany<T>(some: number, full: number): Parameters<T> {
  const seed = process.env['PARLEY_SEED'];
  return {
    numRuns: all ? full : some,
    ...(seed === undefined ? {} : { seed: Number(seed) }),
    // A hundred shrunk values say no more than the last.
    verbose: 0,
  };
}

/** For `it`: all of the cases take their time. */
export const patience = all ? 1_800_000 : 30_000;
