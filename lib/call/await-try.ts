/**
 * Waits for the next try of a lost line: chance says how long, so that those who have lost the same provider do not come
 * back at once. Without a network no try is spent: it waits for one, and then goes at once.
 */
import type { Wait } from './retry.ts';

/** `go` is called once, or never when `signal` is aborted first. At the very end it is, network or not. */
export function awaitTry({ leastMs, mostMs, leftMs }: Wait, signal: AbortSignal, go: () => void): void {
  const waiting = new AbortController();
  const begun = performance.now();
  const fire = () => {
    waiting.abort();
    go();
  };
  const dueInMs = leastMs + Math.random() * (mostMs - leastMs);
  const timers = [setTimeout(() => hasNetwork() && fire(), dueInMs), setTimeout(fire, leftMs)];
  const ends = AbortSignal.any([signal, waiting.signal]);
  ends.addEventListener('abort', () => timers.forEach((timer) => clearTimeout(timer)));
  // What it was told to wait stays.
  const back = () => void (performance.now() - begun >= leastMs && fire());
  globalThis.addEventListener?.('online', back, { signal: ends });
}

/** As far as the browser knows; it is sure only of having none. */
function hasNetwork(): boolean {
  return globalThis.navigator?.onLine !== false;
}
