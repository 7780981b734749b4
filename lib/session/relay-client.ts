/** Asks the relay for a grant. Everything that comes back is hostile until the schema has seen it. */
import { FaultError, type FaultCode } from '../protocol/faults.ts';
import {
  errorEnvelope,
  grant as grantSchema,
  type Grant,
  type RelayErrorCode,
  type Wishes,
} from '../protocol/grant.ts';
import { readBounded } from './bounded-body.ts';

const deadlineMs = 8_000;
const largestAnswer = 64 * 1024;

export interface RelayAddress {
  relayUrl: string;
  deviceToken: string;
}

/** Throws a FaultError `relay-…` or `provider-…`; the caller's abort is thrown as it is. */
export async function requestGrant(relay: RelayAddress, wishes: Wishes, signal: AbortSignal): Promise<Grant> {
  const url = tokenUrl(relay);
  const answer = await post(url, relay.deviceToken, wishes, signal);
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

/** https anywhere, http on this machine only, no credentials in the address. */
function tokenUrl({ relayUrl, deviceToken }: RelayAddress): string {
  if (!relayUrl || !deviceToken) throw new FaultError('relay-unset');
  const base = URL.parse(relayUrl);
  const loopback = base !== null && ['localhost', '127.0.0.1', '[::1]'].includes(base.hostname);
  const safe = base !== null && (base.protocol === 'https:' || (base.protocol === 'http:' && loopback));
  if (!safe || base.username || base.password) throw new FaultError('relay-unset', 'the relay address is not usable');
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}/v1/realtime/token`;
}

async function post(url: string, deviceToken: string, wishes: Wishes, signal: AbortSignal) {
  const deadline = AbortSignal.timeout(deadlineMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${deviceToken}`, 'Content-Type': 'application/json' },
      body: JSON.stringify(wishes),
      signal: AbortSignal.any([signal, deadline]),
      // A redirect would carry the device token to another host.
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const text = await readBounded(response, largestAnswer);
    const retryAfter = Number(response.headers.get('Retry-After'));
    return { status: response.status, text, retryAfterS: retryAfter > 0 ? retryAfter : undefined };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof FaultError) throw error;
    if (deadline.aborted) throw new FaultError('relay-timeout');
    throw new FaultError(await whyNoAnswer(url, signal), String(error));
  }
}

/**
 * A failed fetch does not say whether nobody is there or somebody is who refuses us by CORS. A relay tells an extension
 * that is not on its list so at `/healthz`; and an opaque request succeeds whenever anything answers at all.
 */
async function whyNoAnswer(url: string, signal: AbortSignal): Promise<FaultCode> {
  const ask = (mode: RequestMode) =>
    fetch(new URL('healthz', url.slice(0, -'v1/realtime/token'.length)), {
      mode,
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal: AbortSignal.any([signal, AbortSignal.timeout(2_000)]),
    });
  try {
    const refusal = errorEnvelope.safeParse(parseJson(await readBounded(await ask('cors'), largestAnswer)));
    if (refusal.success && refusal.data.error.code === 'origin_not_allowed') return 'relay-origin';
    return 'relay-not-a-relay';
  } catch {
    return ask('no-cors').then(
      () => 'relay-not-a-relay',
      () => 'relay-unreachable',
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
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
