/** Where the relay is. What a person typed, or what a grant names below it, never leads anywhere else. */
import { FaultError } from '../protocol/faults.ts';

export interface RelayAddress {
  relayUrl: string;
  deviceToken: string;
}

/** As `checkedBase`; without a device token nobody is asked. Throws a FaultError `relay-unset`. */
export function relayBase({ relayUrl, deviceToken }: RelayAddress): string {
  if (!deviceToken) throw new FaultError('relay-unset');
  return checkedBase(relayUrl);
}

/**
 * https anywhere, http on this machine only, no credentials in the address. Returns it without a slash at its end.
 * Throws a FaultError `relay-unset`.
 */
export function checkedBase(relayUrl: string): string {
  if (!relayUrl) throw new FaultError('relay-unset');
  const base = URL.parse(relayUrl);
  const loopback = base !== null && ['localhost', '127.0.0.1', '[::1]'].includes(base.hostname);
  const safe = base !== null && (base.protocol === 'https:' || (base.protocol === 'http:' && loopback));
  if (!safe || base.username || base.password) throw new FaultError('relay-unset', 'the relay address is not usable');
  return `${base.origin}${base.pathname.replace(/\/+$/, '')}`;
}

/**
 * The address of a WebSocket from the path that a grant names, which begins with a slash.
 * Throws a FaultError `relay-unset`, or `relay-not-a-relay` for a path that leads out of the relay.
 */
export function relaySocketUrl(relay: RelayAddress, path: string): string {
  const base = relayBase(relay).replace(/^http/, 'ws');
  const url = path.startsWith('/') ? URL.parse(`${base}${path}`) : null;
  if (!url?.href.startsWith(`${base}/`)) throw new FaultError('relay-not-a-relay', 'the path leads out of the relay');
  return url.href;
}
