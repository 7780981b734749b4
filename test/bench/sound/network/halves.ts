/** Both ways of a round trip in whole milliseconds, because a timer of Node knows no others. */
export function halves(rttMs: number): { upMs: number; downMs: number } {
  const upMs = Math.ceil(rttMs / 2);
  return { upMs, downMs: rttMs - upMs };
}
