/** The transports that Parley has, by the name a grant uses for them. */
import { FaultError } from '../protocol/faults.ts';
import type { Grant, TransportOffer } from '../protocol/grant.ts';
import type { Connect } from './transport.ts';
import { connectWebRtc } from './webrtc.ts';

const transports: Record<string, Connect> = { webrtc: connectWebRtc };

/** The first way in the grant that we know. Throws `relay-not-a-relay` when there is none. */
export function chooseTransport(grant: Grant): { offer: TransportOffer; connect: Connect } {
  for (const offer of grant.transports) {
    const connect = Object.hasOwn(transports, offer.kind) ? transports[offer.kind] : undefined;
    if (connect) return { offer, connect };
  }
  throw new FaultError('relay-not-a-relay', `unknown transports: ${grant.transports.map((t) => t.kind).join(', ')}`);
}
