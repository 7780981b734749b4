/** What relays allow by themselves while they cannot ask the store. */

const leastShares = 10;

/**
 * How many one relay gives of what was left, as far as it knows, when the store went: a tenth, or less where there are more
 * relays than ten, so that all of them together pass no limit. Of a few it gives one, where there is one for each relay.
 */
export function shareOf(left: number, relays: number): number {
  return Math.max(Math.floor(left / Math.max(leastShares, relays)), left >= relays ? 1 : 0);
}
