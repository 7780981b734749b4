/** Time, as sessions see it, so that a test can let an hour pass. */
export interface Clock {
  /** Milliseconds, monotonic. */
  now(): number;
  /** Unix milliseconds. */
  unixMs(): number;
  /** Runs once after `ms`. Returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  unixMs: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
