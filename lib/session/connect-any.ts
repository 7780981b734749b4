/** Tries the grant's ways to the provider, best first, until one opens. What needs no grant is done while it comes. */
import { FaultError } from '../protocol/faults.ts';
import type { Grant, TransportOffer } from '../protocol/grant.ts';
import type { TransportReason } from '../protocol/snapshot.ts';
import type { ConnectRequest, Prepared, Transport, Way, Ways } from '../transport/transport.ts';
import { unlessAborted } from '../transport/unless-aborted.ts';

export interface AnyRequest extends Pick<ConnectRequest, 'relay' | 'events' | 'signal'> {
  grant: Promise<Grant>;
}

export interface LineWish {
  /** The one kind that the person wants; null for the best that opens. */
  only: string | null;
  /** No sound: the simplest line is the best. */
  typed: boolean;
  /** A kind that was found blocked just now. */
  blocked?: string;
}

export interface Connected {
  transport: Transport;
  kind: string;
  /** Why it is not the usual kind; null when it is. */
  reason: TransportReason | null;
  provider: string;
  model: string;
}

/** Best first. Kinds that are not named here come last, in the grant's order. */
const spoken = ['webrtc', 'websocket', 'relay'];
const typedOnly = ['websocket', 'relay', 'webrtc'];

/** This way is blocked, which is not to say that the provider refuses us: another way may be open. */
export function isBlocked(error: unknown): error is FaultError {
  const code = error instanceof FaultError ? error.fault.code : null;
  return code === 'connection-failed' || code === 'provider-unreachable';
}

/**
 * Throws the grant's fault, the fault of the last way tried, `connection-failed` when the wanted kind is not offered, and
 * `relay-not-a-relay` when the grant names no way that we know. The abort is thrown as it is.
 */
export async function connectAny(
  ways: Ways,
  { grant: grantToCome, ...request }: AnyRequest,
  { only, typed, blocked: knownBlocked }: LineWish,
  log: (line: string) => void,
): Promise<Connected> {
  const { signal } = request;
  const order = only === null ? (typed ? typedOnly : spoken) : [only];
  const first = order.find((kind) => Object.hasOwn(ways, kind)) ?? '';
  signal.throwIfAborted();
  const prepared = prepare(ways[first], log);
  try {
    const grant = await unlessAborted(grantToCome, signal);
    const offers = offersIn(grant.transports, order, ways, only).filter(({ kind }) => kind !== knownBlocked);
    const { provider, model } = grant;
    let last = only === null ? unknownWays(grant) : new FaultError('connection-failed', `${only} is not offered`);
    let failed = knownBlocked === undefined ? 0 : 1;
    for (const offer of offers) {
      const { kind } = offer;
      const reason = only === null ? reasonOf(kind, typed, failed > 0) : 'chosen';
      try {
        const own: { prepared?: Prepared } = kind === first && prepared ? { prepared } : {};
        return {
          kind,
          reason,
          provider,
          model,
          transport: await ways[kind]!.connect({ ...request, ...own, grant, offer }),
        };
      } catch (error) {
        signal.throwIfAborted();
        if (!isBlocked(error)) throw error;
        log(`${kind} did not open: ${error.message}`);
        last = error;
        failed += 1;
      }
    }
    throw last;
  } finally {
    prepared?.close();
  }
}

/** Where it cannot be prepared it cannot be opened either, and will say so. */
function prepare(way: Way | undefined, log: (line: string) => void): Prepared | undefined {
  try {
    return way?.prepare?.();
  } catch (error) {
    log(`not prepared: ${String(error)}`);
    return undefined;
  }
}

/** Those that we know, best first; a kind may be offered at several addresses. */
function offersIn(offers: TransportOffer[], order: string[], ways: Ways, only: string | null): TransportOffer[] {
  const rank = ({ kind }: TransportOffer) => (order.includes(kind) ? order.indexOf(kind) : order.length);
  return offers
    .filter(({ kind }) => Object.hasOwn(ways, kind) && (only === null || kind === only))
    .toSorted((a, b) => rank(a) - rank(b));
}

function reasonOf(kind: string, typed: boolean, otherFailed: boolean): TransportReason | null {
  if (otherFailed) return 'blocked';
  return typed && kind !== spoken[0] ? 'typed' : null;
}

function unknownWays({ transports }: Grant): FaultError {
  return new FaultError('relay-not-a-relay', `no known way in: ${transports.map(({ kind }) => kind).join(', ')}`);
}
