/** Asks the relay for a device token in exchange for a one-time code. */
import { FaultError } from '../protocol/faults.ts';
import { errorEnvelope } from '../protocol/grant.ts';
import { pairing, type PairAnswer, type PairRefusal, type PairRequest } from '../protocol/pairing.ts';
import { parseJson } from '../transport/post.ts';
import { checkedBase } from '../transport/relay-address.ts';
import { ask, contentOf } from './relay-client.ts';

const pairPath = '/v1/pair';

/** By the code in the relay's error envelope; what else it may say means here what it means to a call. */
const refusals: Record<string, PairRefusal> = {
  device_token_invalid: 'code-refused',
  invalid_request: 'code-refused',
  not_found: 'no-pairing',
  method_not_allowed: 'no-pairing',
};

/** Throws a FaultError `relay-…`; the caller's abort is thrown as it is. */
export async function requestPairing({ relayUrl, code, name }: PairRequest, signal: AbortSignal): Promise<PairAnswer> {
  const base = checkedBase(relayUrl);
  const answer = await ask(base, {
    url: `${base}${pairPath}`,
    secret: null,
    contentType: 'application/json',
    body: JSON.stringify({ code, name }),
    signal,
  });
  const envelope = errorEnvelope.safeParse(parseJson(answer.text));
  const why = envelope.success ? (envelope.data.error.code ?? '') : '';
  if (Object.hasOwn(refusals, why)) return { refused: refusals[why] as PairRefusal };
  const parsed = pairing.safeParse(contentOf(answer, 201));
  if (parsed.success) return parsed.data;
  throw new FaultError('relay-not-a-relay', 'the answer holds no device token');
}
