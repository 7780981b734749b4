/**
 * One ledger for any number of relays. What this relay counted is in its own file first and is then told to the shared
 * store, as its own total: neither the death of a relay nor that of the store loses any of it. While the store is down, or
 * is back and has not heard from all relays yet, the others' last known totals go on to count, and a small share of what
 * is left is given.
 */
import type { Ledger } from '../caps/ledger.ts';
import type { Redis } from './connect.ts';
import { StoreLine } from './line.ts';
import { SharedPlaces } from './places.ts';
import { SharedTotals } from './totals.ts';

export interface SharedLedgerOptions {
  client: Redis;
  /** This relay's own, which outlives it. */
  own: Ledger;
  /** This relay's name in the store: the same whenever it has the same `own`. */
  relay: string;
  now?: () => number;
}

export function sharedLedger({ client, own, relay, now = Date.now }: SharedLedgerOptions): Ledger {
  const tellAll = async (): Promise<void> => {
    await Promise.all([places.tellAll(), totals.tellAll()]);
  };
  const line = new StoreLine({ client, relay, tellAll });
  const places = new SharedPlaces({ client, line, own, now });
  const totals = new SharedTotals({ client, line, own, relay, now });
  return {
    take: (place, pots, ttlMs) => places.take(place, pots, ttlMs),
    keep: (place, keys, ttlMs) => places.keep(place, keys, ttlMs),
    leave: (place, keys) => places.leave(place, keys),
    count: (additions) => totals.count(additions),
    spend: (budgets) => totals.spend(budgets),
    totals: (keys) => totals.totals(keys),
    async ready() {
      await own.ready();
      await client.ping();
    },
  };
}
