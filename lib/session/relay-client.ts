/** Asks the relay for a grant. Everything that comes back is hostile until the schema has seen it. */
import { FaultError, type FaultCode } from '../protocol/faults.ts';
import { errorEnvelope, grant as grantSchema, type Grant, type RelayErrorCode } from '../protocol/grant.ts';
import type { Wishes } from '../protocol/wishes.ts';
import { relayBase, type RelayAddress } from '../transport/relay-address.ts';
import { discreet, isTimeout, parseJson, post, readBounded, type Posted } from '../transport/post.ts';

const deadlineMs = 8_000;
const tokenPath = '/v1/realtime/token';

/** Throws a FaultError `relay-…` or `provider-…`; the caller's abort is thrown as it is. */
export async function requestGrant(relay: RelayAddress, wishes: Wishes, signal: AbortSignal): Promise<Grant> {
  const url = `${relayBase(relay)}${tokenPath}`;
  const answer = await ask(url, relay.deviceToken, wishes, signal);
  const body = parseJson(answer.text);
  if (answer.status === 200) {
    const parsed = grantSchema.safeParse(body);
    if (parsed.success) return parsed.data;
    throw new FaultError('relay-not-a-relay', 'the answer is not a grant');
  }
  const envelope = errorEnvelope.safeParse(body);
  if (!envelope.success) throw new FaultError('relay-not-a-relay', `HTTP ${answer.status}`);
  const { code, message } = envelope.data.error;
  throw new FaultError(faultFor(answer.status, code ?? ''), message, answer.retryAfterS);
}

async function ask(url: string, secret: string, wishes: Wishes, signal: AbortSignal): Promise<Posted> {
  const body = JSON.stringify(wishes);
  try {
    return await post({ url, secret, contentType: 'application/json', body, deadlineMs, signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FaultError) throw error;
    if (isTimeout(error)) throw new FaultError('relay-timeout');
    throw new FaultError(await whyNoAnswer(url, signal), String(error));
  }
}

/**
 * A failed fetch does not say whether nobody is there or somebody is who refuses us by CORS. A relay tells an extension
 * that is not on its list so at `/healthz`; and an opaque request succeeds whenever anything answers at all.
 */
async function whyNoAnswer(url: string, signal: AbortSignal): Promise<FaultCode> {
  const look = (mode: RequestMode) =>
    fetch(`${url.slice(0, -tokenPath.length)}/healthz`, {
      ...discreet,
      mode,
      signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]),
    });
  try {
    const refusal = errorEnvelope.safeParse(parseJson(await readBounded(await look('cors'))));
    if (refusal.success && refusal.data.error.code === 'origin_not_allowed') return 'relay-origin';
    return 'relay-not-a-relay';
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
  not_found: 'relay-not-a-relay',
  method_not_allowed: 'relay-not-a-relay',
  body_too_large: 'relay-rejected',
  rate_limited: 'relay-limit',
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
