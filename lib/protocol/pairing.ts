/** Pairing with a relay: `POST /v1/pair` turns a one-time code into a device token. */
import * as z from 'zod/mini';

/** A code as people write it; the relay knows more about its codes. `name`: what the relay's list calls this browser. */
export const pairRequest = z.object({
  relayUrl: z.string(),
  code: z.string().check(z.minLength(1), z.maxLength(32)),
  name: z.string().check(z.maxLength(64)),
});
export type PairRequest = z.infer<typeof pairRequest>;

/** What the relay answers with 201; a token is one word. It tells more, which nobody here needs. */
export const pairing = z.object({ deviceToken: z.string().check(z.regex(/^\S{1,512}$/)) });
export type Pairing = z.infer<typeof pairing>;

/** `code-refused`: wrong, used or too old. `no-pairing`: a relay, but one that hands out tokens only. */
export type PairRefusal = 'code-refused' | 'no-pairing';

export type PairAnswer = Pairing | { refused: PairRefusal };
