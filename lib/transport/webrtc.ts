/**
 * WebRTC: an audio transceiver, the `oai-events` data channel, one SDP exchange. No STUN and no wait for candidates: the
 * provider is publicly reachable and learns our address from our first packet.
 */
import { FaultError } from '../protocol/faults.ts';
import { exchangeSdp } from './sdp-exchange.ts';
import type { Connect, ConnectRequest, Transport } from './transport.ts';

/** From answer to open channel. Chrome itself would need 17 s to call a dead connection failed. */
const handshakeDeadlineMs = 10_000;
const largestMessage = 60 * 1024;

export const connectWebRtc: Connect = async ({ offer, grant, track, events, signal }: ConnectRequest) => {
  signal.throwIfAborted();
  const peer = new RTCPeerConnection({ bundlePolicy: 'max-bundle' });
  const giveUp = () => peer.close();
  signal.addEventListener('abort', giveUp, { once: true });
  try {
    // The transceiver first: a track that comes later takes its place without renegotiation.
    const { sender } = peer.addTransceiver(track ?? 'audio', { direction: 'sendrecv' });
    const channel = peer.createDataChannel('oai-events');
    channel.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') events.message(data);
    });
    peer.addEventListener('track', ({ track: voice, streams }) => events.voice(streams[0] ?? new MediaStream([voice])));

    const description = await peer.createOffer();
    await peer.setLocalDescription(description);
    const answer = await exchangeSdp(offer.url, grant.value, description.sdp ?? '', signal);
    await peer.setRemoteDescription({ type: 'answer', sdp: answer }).catch((error: unknown) => {
      signal.throwIfAborted();
      throw new FaultError('provider-error', `answer SDP: ${String(error)}`);
    });
    await channelOpen(peer, channel, signal);
    return openTransport(peer, channel, sender, events);
  } catch (error) {
    peer.close();
    throw error;
  } finally {
    signal.removeEventListener('abort', giveUp);
  }
};

function channelOpen(peer: RTCPeerConnection, channel: RTCDataChannel, signal: AbortSignal): Promise<void> {
  if (channel.readyState === 'open') return Promise.resolve();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const done = new AbortController();
  const timer = setTimeout(
    () => reject(new FaultError('connection-failed', 'no connection in 10 s')),
    handshakeDeadlineMs,
  );
  const until = { signal: done.signal };
  channel.addEventListener('open', () => resolve(), until);
  channel.addEventListener('close', () => reject(new FaultError('connection-failed', 'channel closed')), until);
  peer.addEventListener(
    'connectionstatechange',
    () => {
      if (peer.connectionState === 'failed') reject(new FaultError('connection-failed', 'no path to the provider'));
    },
    until,
  );
  signal.addEventListener('abort', () => reject(signal.reason), until);
  return promise.finally(() => {
    clearTimeout(timer);
    done.abort();
  });
}

function openTransport(
  peer: RTCPeerConnection,
  channel: RTCDataChannel,
  sender: RTCRtpSender,
  events: ConnectRequest['events'],
): Transport {
  const closed = new AbortController();
  const lose = (detail: string) => {
    if (closed.signal.aborted) return;
    close();
    events.lost({ code: 'connection-lost', detail });
  };
  const close = () => {
    closed.abort();
    channel.close();
    peer.close();
  };
  const until = { signal: closed.signal };
  channel.addEventListener('close', () => lose('channel closed'), until);
  peer.addEventListener(
    'connectionstatechange',
    () => {
      if (peer.connectionState === 'failed') lose('connection failed');
      else if (peer.connectionState === 'disconnected') events.steady(false);
      else if (peer.connectionState === 'connected') events.steady(true);
    },
    until,
  );
  return {
    send(text) {
      if (new TextEncoder().encode(text).length > largestMessage) throw new FaultError('internal', 'message too large');
      if (channel.readyState !== 'open') throw new FaultError('connection-lost', 'channel is not open');
      channel.send(text);
    },
    async setTrack(track) {
      if (!closed.signal.aborted) await sender.replaceTrack(track);
    },
    close,
  };
}
