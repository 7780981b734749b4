/**
 * WebRTC with the offer going through the relay, which adds the session and its key: grant and answer in one round trip.
 * For relays of which we know that they do it.
 */
import type { CallAnswer } from '../protocol/grant.ts';
import type { Wishes } from '../protocol/wishes.ts';
import { relayBase } from '../transport/relay-address.ts';
import type { ConnectRequest, Ways } from '../transport/transport.ts';
import type { Connected } from './connect-any.ts';
import { hangUp, whyEnded } from './relay-call.ts';
import { requestCall } from './relay-client.ts';

export interface ByRelay {
  wishes: Wishes;
  /** Its provider takes a data channel that both sides know beforehand. */
  negotiated: boolean;
}

/** Throws a FaultError; `relay-not-a-relay` when this one does not, or no longer. */
export async function connectByRelay(
  ways: Ways,
  request: Pick<ConnectRequest, 'relay' | 'events' | 'signal'> & ByRelay,
): Promise<Connected> {
  const { relay, wishes, negotiated, events, signal } = request;
  const way = ways['webrtc'];
  if (!way) throw new Error('there is no WebRTC to connect with');
  let answer: CallAnswer | null = null;
  const connecting = way.connect({
    relay,
    events: {
      ...events,
      // The relay may have ended it, at a limit: then another line would only be ended too.
      lost: (fault) => void whyEnded(relay, answer?.callId ?? null).then((why) => events.lost(why ?? fault)),
    },
    signal,
    grant: { value: '' },
    // Its origin is where it is remembered whether a negotiated channel is understood.
    offer: { kind: 'webrtc', url: relayBase(relay), negotiated },
    async exchange(sdp, dcid, until) {
      answer = await requestCall(relay, { sdp, dcid }, wishes, until);
      return answer.sdp;
    },
  });
  const transport = await connecting.catch((error: unknown) => {
    // The provider has taken the offer, and would wait for us.
    hangUp(relay, answer?.callId ?? null);
    throw error;
  });
  const { provider, model, callId } = answer as unknown as CallAnswer;
  const { close } = transport;
  transport.close = () => {
    close();
    hangUp(relay, callId);
  };
  return { transport, kind: 'webrtc', reason: null, provider, model };
}
