/** Asks the relay for a grant, or for a whole call. Everything that comes back is hostile until the schema has seen it. */
import { FaultError, type FaultCode } from '../protocol/faults.ts';
import {
  callAnswer,
  errorEnvelope,
  grant as grantSchema,
  health,
  type CallAnswer,
  type Grant,
  type RelayErrorCode,
} from '../protocol/grant.ts';
import type { Wishes } from '../protocol/wishes.ts';
import { relayBase, type RelayAddress } from '../transport/relay-address.ts';
import { discreet, isTimeout, parseJson, post, readBounded, type Posted, type PostRequest } from '../transport/post.ts';

const deadlineMs = 8_000;
const tokenPath = '/v1/realtime/token';
const callsPath = '/v1/realtime/calls';

/** Throws a FaultError `relay-…` or `provider-…`; the caller's abort is thrown as it is. */
export async function requestGrant(relay: RelayAddress, wishes: Wishes, signal: AbortSignal): Promise<Grant> {
  const base = relayBase(relay);
  const request = { url: `${base}${tokenPath}`, secret: relay.deviceToken, contentType: 'application/json' };
  const answer = await ask(base, { ...request, body: JSON.stringify(wishes), signal });
  const parsed = grantSchema.safeParse(contentOf(answer, 200));
  if (parsed.success) return parsed.data;
  throw new FaultError('relay-not-a-relay', 'the answer is not a grant');
}

export interface CallOffer {
  sdp: string;
  /** Of the data channel that both sides know beforehand; null for none. */
  dcid: number | null;
}

/**
 * Our SDP offer through the relay: one round trip for grant and answer, and none for a preflight, because the request is
 * one that any page might make; the device token stands in its body. Throws as `requestGrant` does.
 */
export async function requestCall(
  relay: RelayAddress,
  { sdp, dcid }: CallOffer,
  wishes: Wishes,
  signal: AbortSignal,
): Promise<CallAnswer> {
  const base = relayBase(relay);
  const body = { deviceToken: relay.deviceToken, sdp, wishes, ...(dcid === null ? {} : { dcid }) };
  const request = { url: `${base}${callsPath}`, secret: null, contentType: 'text/plain;charset=UTF-8' };
  const answer = await ask(base, { ...request, body: JSON.stringify(body), signal });
  const parsed = callAnswer.safeParse(contentOf(answer, 201));
  if (parsed.success && parsed.data.sdp.startsWith('v=0')) return parsed.data;
  throw new FaultError('relay-not-a-relay', 'the answer is not a call');
}

/** The JSON of an answer with the wanted status; the fault that any other means is thrown. */
export function contentOf({ status, text, retryAfterS }: Posted, wanted: number): unknown {
  const body = parseJson(text);
  if (status === wanted) return body;
  const envelope = errorEnvelope.safeParse(body);
  // What stands before a relay that is away says so in words of its own.
  if (!envelope.success)
    throw new FaultError(status >= 500 ? 'relay-unreachable' : 'relay-not-a-relay', `HTTP ${status}`);
  const { code, message, limit } = envelope.data.error;
  throw new FaultError(faultFor(status, code ?? ''), message, retryAfterS, limit);
}

/** Throws a FaultError that names why nothing came back; `base` is where it looks closer. */
export async function ask(base: string, request: Omit<PostRequest, 'deadlineMs'>): Promise<Posted> {
  const { signal } = request;
  try {
    return await post({ ...request, deadlineMs });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FaultError) throw error;
    if (isTimeout(error)) throw new FaultError('relay-timeout');
    throw new FaultError(await whyNoAnswer(base, signal), String(error));
  }
}

/**
 * A failed fetch does not say whether nobody is there or somebody is who refuses us by CORS. A relay tells an extension
 * that is not on its list so at `/healthz`; and an opaque request succeeds whenever anything answers at all.
 */
async function whyNoAnswer(base: string, signal: AbortSignal): Promise<FaultCode> {
  const look = (mode: RequestMode) =>
    fetch(`${base}/healthz`, {
      ...discreet,
      mode,
      signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]),
    });
  try {
    const answer = parseJson(await readBounded(await look('cors')));
    if (errorEnvelope.safeParse(answer).data?.error.code === 'origin_not_allowed') return 'relay-origin';
    // A relay is there: what stands before it did not let the question through.
    return health.safeParse(answer).success ? 'relay-unreachable' : 'relay-not-a-relay';
  } catch {
    return look('no-cors').then(
      () => 'relay-not-a-relay',
      () => 'relay-unreachable',
    );
  }
}

const faultByCode: Record<RelayErrorCode, FaultCode> = {
  invalid_request: 'relay-rejected',
  device_token_invalid: 'relay-refused',
  origin_not_allowed: 'relay-origin',
  moderated: 'relay-moderated',
  not_found: 'relay-not-a-relay',
  method_not_allowed: 'relay-not-a-relay',
  body_too_large: 'relay-rejected',
  rate_limited: 'relay-limit',
  limit_reached: 'relay-cap',
  upstream_refused: 'provider-refused',
  upstream_error: 'provider-error',
  upstream_busy: 'provider-busy',
  upstream_quota: 'provider-quota',
  upstream_timeout: 'provider-unreachable',
  upstream_unreachable: 'provider-unreachable',
};

function faultFor(status: number, code: string): FaultCode {
  if (Object.hasOwn(faultByCode, code)) return faultByCode[code as RelayErrorCode];
  if (status === 401) return 'relay-refused';
  if (status === 403) return 'relay-origin';
  if (status === 429) return 'relay-limit';
  return 'relay-not-a-relay';
}
