/** Unix milliseconds with their fractions: the same for every process of the machine, so that their times can be compared. */
export function unixMs(): number {
  return performance.timeOrigin + performance.now();
}
