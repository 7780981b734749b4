/** Tries the grant's ways to the provider, best first, until one opens. */
import { FaultError } from '../protocol/faults.ts';
import type { Transports } from '../transport/list.ts';
import type { ConnectRequest, Transport } from '../transport/transport.ts';

export interface Connected {
  transport: Transport;
  kind: string;
}

/** These say that this way is blocked, not that the provider refuses us: another way may be open. */
const blocked = new Set(['connection-failed', 'provider-unreachable']);

/**
 * `only`: the one kind that the person wants. Throws the fault of the last way tried; `relay-not-a-relay` when the grant
 * names no way that we know.
 */
export async function connectAny(
  transports: Transports,
  request: Omit<ConnectRequest, 'offer'>,
  only: string | null,
  log: (line: string) => void,
): Promise<Connected> {
  const { grant, signal } = request;
  const known = grant.transports.filter(({ kind }) => Object.hasOwn(transports, kind));
  const ways = only === null ? known : known.filter(({ kind }) => kind === only);
  let last = new FaultError('relay-not-a-relay', `no known way in: ${grant.transports.map((t) => t.kind).join(', ')}`);
  for (const offer of ways) {
    try {
      return {
        kind: offer.kind,
        transport: await (transports[offer.kind] as Transports[string])({ ...request, offer }),
      };
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof FaultError) || !blocked.has(error.fault.code)) throw error;
      log(`${offer.kind} did not open: ${error.message}`);
      last = error;
    }
  }
  throw last;
}
