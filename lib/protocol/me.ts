/** `GET /v1/me` of a relay: what is left for this device, and why its last call was ended. */
import * as z from 'zod/mini';
import { limitBesideWords } from './reached.ts';

const amount = z.number().check(z.minimum(0));

/** One limit. A relay may know kinds that we do not: they are text here, and not shown. */
export const myLimit = z.object({
  /** Who shares it: `device`, `person`, `address`, `all`. */
  of: z.string(),
  /** `requests`, `calls`, `minutes`, `usd`. */
  what: z.string(),
  /** `minute`, `hour`, `day`, `month`; `call`: each call by itself; null: at once. */
  per: z.nullable(z.string()),
  most: amount,
  left: amount,
  /** Unix seconds; null, or left out, where no clock ends it. */
  resetsAt: z.nullish(z.number()),
});
export type MyLimit = z.infer<typeof myLimit>;

export const me = z.object({
  limits: z.array(myLimit).check(z.maxLength(64)),
  /** The last call of this device that the relay ended; `message` is for the person. */
  ended: z.nullable(
    z.object({
      callId: z.string(),
      /** As a refusal's; older relays say none. */
      code: z.optional(z.string()),
      message: z.string().check(z.maxLength(500)),
      limit: limitBesideWords,
    }),
  ),
});
export type Me = z.infer<typeof me>;
