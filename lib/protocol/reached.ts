/** A limit of the relay that somebody has reached, as data. `lib/ui/words` makes a sentence of it. */
import * as z from 'zod/mini';

export const reachedLimit = z.object({
  /** Who shares it. `address`: everybody of one network; `all`: everybody at this relay. */
  of: z.enum(['device', 'person', 'address', 'all']),
  /** `requests`: calls that were begun. `calls`: those at once. `minutes`: how long they are open. `usd`: at list prices. */
  what: z.enum(['requests', 'calls', 'minutes', 'usd']),
  /** `call`: over one call. Null: at once. */
  per: z.nullable(z.enum(['call', 'minute', 'hour', 'day', 'month'])),
  most: z.number().check(z.minimum(0), z.maximum(1e9)),
  /** Unix seconds (to the year 9999); null where no clock ends it. */
  resetsAt: z.nullable(z.number().check(z.minimum(0), z.maximum(253_402_300_799))),
});
export type ReachedLimit = z.infer<typeof reachedLimit>;

/** As a field beside words that say the same. A limit of a kind that we do not know is left to those words. */
// oxlint-disable-next-line promise/valid-params -- zod's catch, and not a promise's
export const limitBesideWords = z.catch(z.optional(reachedLimit), undefined);
