/** Calls `work` at most once in so many milliseconds; calls in between are lost. Pure but for the clock it is given. */
export function atMostEvery(ms: number, work: () => void, now: () => number): () => void {
  let lastAt = -Infinity;
  return () => {
    if (now() - lastAt < ms) return;
    lastAt = now();
    work();
  };
}
