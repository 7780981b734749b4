/** A call that the relay opened for us, by the id that it gave: ending it there, and asking why it was ended. */
import { FaultError, type Fault } from '../protocol/faults.ts';
import { me as meSchema, type Me, type MyLimit } from '../protocol/me.ts';
import { discreet, parseJson, readBounded } from '../transport/post.ts';
import { relayBase, type RelayAddress } from '../transport/relay-address.ts';

/** Nobody waits long for a reason. */
const deadlineMs = 1500;

const minuteMs = 60_000;

/** What is left on this relay. Throws a FaultError `relay-not-a-relay`, or what fetch throws. */
export async function requestMe(relay: RelayAddress): Promise<Me> {
  const response = await ask(relay, '/v1/me', { signal: AbortSignal.timeout(deadlineMs) });
  const parsed = meSchema.safeParse(parseJson(await readBounded(response)));
  if (!response.ok || !parsed.success) throw new FaultError('relay-not-a-relay', `/v1/me: HTTP ${response.status}`);
  return parsed.data;
}

/** What the relay still allows this device. Null: it does not limit it. */
export interface Allowed {
  ms: number | null;
  usd: number | null;
}

/** Throws as `requestMe` does. */
export async function requestAllowed(relay: RelayAddress): Promise<Allowed> {
  const { limits } = await requestMe(relay);
  return allowedBy(limits, Date.now());
}

/** What is left of the limits that end a call. Minutes that are given anew before they are used up end none. Pure. */
export function allowedBy(limits: readonly MyLimit[], now: number): Allowed {
  const minutes = limits
    .filter(({ what, left, resetsAt }) => what === 'minutes' && !(resetsAt && resetsAt * 1000 <= now + left * minuteMs))
    .map(({ left }) => left * minuteMs);
  const sums = limits.filter(({ what }) => what === 'usd').map(({ left }) => left);
  return { ms: least(minutes), usd: least(sums) };
}

function least(amounts: number[]): number | null {
  return amounts.length > 0 ? Math.min(...amounts) : null;
}

/** Why the relay ended this call; null when it did not, or cannot say. */
export async function whyEnded(relay: RelayAddress, callId: string | null): Promise<Fault | null> {
  if (callId === null) return null;
  const { ended } = await requestMe(relay).catch(() => ({ ended: null }));
  if (ended?.callId !== callId) return null;
  const { code, message, limit } = ended;
  return new FaultError(code === 'moderated' ? 'relay-moderated' : 'relay-cap', message, undefined, limit).fault;
}

/** So that it costs nothing any more, even where our goodbye is lost. It goes out though the document closes. */
export function hangUp(relay: RelayAddress, callId: string | null): void {
  if (callId === null) return;
  const request = { method: 'DELETE', keepalive: true };
  // A call that the provider has already ended is no news.
  ask(relay, `/v1/realtime/calls/${encodeURIComponent(callId)}`, request).catch(() => undefined);
}

function ask(relay: RelayAddress, path: string, init: RequestInit): Promise<Response> {
  return fetch(`${relayBase(relay)}${path}`, {
    ...discreet,
    redirect: 'error',
    headers: { Authorization: `Bearer ${relay.deviceToken}` },
    ...init,
  });
}
