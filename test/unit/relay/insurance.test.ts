import { expect, it } from 'vitest';
import { shareOf } from '../../../relay/redis/insurance.ts';

it.each([
  { left: 500, relays: 3, share: 50 },
  { left: 500, relays: 20, share: 25 },
  { left: 4, relays: 3, share: 1 },
  { left: 2, relays: 3, share: 0 },
  { left: 1, relays: 1, share: 1 },
  { left: 0, relays: 1, share: 0 },
  { left: -5, relays: 1, share: 0 },
])('Of $left one of $relays relays gives $share without the store, and all together no more than there is', (row) => {
  expect(shareOf(row.left, row.relays)).toBe(row.share);
  expect(row.share * row.relays).toBeLessThanOrEqual(Math.max(0, row.left));
});
