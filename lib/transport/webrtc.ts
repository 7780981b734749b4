/**
 * WebRTC: an audio transceiver, the events' data channel, one SDP exchange. No STUN and no wait for candidates: the
 * provider is publicly reachable and learns our address from our first packet.
 */
import { FaultError } from '../protocol/faults.ts';
import type { TransportOffer } from '../protocol/grant.ts';
import { findEventChannel, type EventChannel } from './event-channel.ts';
import { hearing, roundTripOf } from './far-end.ts';
import { createMemory } from './memory.ts';
import { channelId, PreparedPeer } from './peer.ts';
import { exchangeSdp } from './sdp-exchange.ts';
import { requireSendable } from './sendable.ts';
import type { ConnectRequest, Exchange, Transport, TransportEvents, Way } from './transport.ts';
import { unlessAborted } from './unless-aborted.ts';

/**
 * Providers that did not know the negotiated channel although their grant said so: a proxy may have taken `?dcid=` off the
 * address. They are asked for the ordinary one at once.
 */
const inBandOnly = createMemory('knows-no-negotiated-channel');

export const webRtc: Way = { prepare: () => new PreparedPeer(), connect };

async function connect(request: ConnectRequest): Promise<Transport> {
  const { events, signal, prepared } = request;
  signal.throwIfAborted();
  const peer = prepared instanceof PreparedPeer && prepared.take() ? prepared : newPeer();
  const { connection } = peer;
  const giveUp = () => connection.close();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    connection.addEventListener('track', ({ track, streams }) => events.voice(streams[0] ?? new MediaStream([track])));
    const { origin, negotiated } = addressOf(request.offer);
    const exchange = request.exchange ?? postTo(request);
    const answer = await exchange(await unlessAborted(peer.offer, signal), negotiated ? channelId : null, signal);
    const found = findEventChannel({
      connection,
      negotiated: negotiated ? peer.negotiated : null,
      inBandOnly: () => inBandOnly.add(origin),
      signal,
    });
    // It may fail while the answer is still being taken.
    found.catch(() => undefined);
    const taken = connection.setRemoteDescription({ type: 'answer', sdp: answer }).catch((error: unknown) => {
      throw new FaultError('provider-error', `answer SDP: ${String(error)}`);
    });
    await unlessAborted(taken, signal);
    return openTransport(peer, await found, events);
  } catch (error) {
    connection.close();
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
}

function newPeer(): PreparedPeer {
  try {
    const peer = new PreparedPeer();
    peer.take();
    return peer;
  } catch (error) {
    // An administrator may have turned it off; there are other ways.
    throw new FaultError('connection-failed', `no WebRTC here: ${String(error)}`);
  }
}

function addressOf(offer: TransportOffer): { url: URL; origin: string; negotiated: boolean } {
  const url = URL.parse(offer.url);
  if (!url) throw new FaultError('provider-error', 'the address for WebRTC is none');
  const { origin } = url;
  return { url, origin, negotiated: offer.negotiated === true && !inBandOnly.has(origin) };
}

/** The ordinary exchange: with the grant, at the provider. */
function postTo({ offer, grant }: ConnectRequest): Exchange {
  return (sdp, dcid, signal) => {
    const { url } = addressOf(offer);
    if (dcid !== null) url.searchParams.set('dcid', String(dcid));
    return exchangeSdp(url.href, grant.value, sdp, signal);
  };
}

function openTransport(
  { connection, sender }: PreparedPeer,
  { channel, inbox }: EventChannel,
  events: TransportEvents,
): Transport {
  const closed = new AbortController();
  const close = () => {
    closed.abort();
    channel.close();
    connection.close();
  };
  const lose = (detail: string) => {
    if (closed.signal.aborted) return;
    close();
    events.lost({ code: 'connection-lost', detail });
  };
  const until = { signal: closed.signal };
  inbox.open((text) => {
    if (!closed.signal.aborted) events.message(text);
  });
  channel.addEventListener('close', () => lose('channel closed'), until);
  connection.addEventListener(
    'connectionstatechange',
    () => {
      const { connectionState } = connection;
      if (connectionState === 'failed') lose('connection failed');
      else if (connectionState === 'disconnected') events.steady(false);
      else if (connectionState === 'connected') events.steady(true);
    },
    until,
  );
  return {
    carriesTrack: true,
    get backlog() {
      return channel.bufferedAmount;
    },
    send(text) {
      if (channel.readyState !== 'open') throw new FaultError('connection-lost', 'channel is not open');
      requireSendable(text, channel.bufferedAmount);
      channel.send(text);
    },
    roundTripMs: () => roundTripOf(connection),
    heardAgoMs: hearing(connection),
    async setTrack(track) {
      if (!closed.signal.aborted) await sender.replaceTrack(track);
    },
    close,
  };
}
