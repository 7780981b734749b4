import { randomInt } from 'node:crypto';
import * as rtc from 'node-datachannel';
import { InvalidOffer, readOffer, type Offer, type OfferDirection } from './offer.ts';
import type { CreatePeer, Peer, PeerHandlers, PeerOptions } from './peer.ts';
import { buildRtp, parseRtp } from './rtp.ts';

const RTP_TICKS_PER_FRAME = 960; // 20 ms on Opus' RTP clock of 48 kHz
const GATHERING_LIMIT_MS = 1000;
/** What OpenAI's answer says (realtime-protocol 4.2). */
const MAX_MESSAGE_BYTES = 1_073_741_823;

const ANSWER_DIRECTION: Record<OfferDirection, rtc.Direction> = {
  sendrecv: 'SendRecv',
  sendonly: 'RecvOnly',
  recvonly: 'SendOnly',
  inactive: 'Inactive',
};

rtc.initLogger('Fatal', () => {});

/**
 * A peer on node-datachannel (libdatachannel), bound to 127.0.0.1. With `PARLEY_ENGINE_ADDRESSES=all` in the environment
 * it is bound to every interface and offers their addresses too, for systems where a browser may not send from its own
 * address to the loopback one. The open port belongs to one call and asks for its ICE password and DTLS fingerprint.
 */
export const createNativePeer: CreatePeer = (handlers, options) => new NativePeer(handlers, options);

class NativePeer implements Peer {
  readonly #handlers: PeerHandlers;
  readonly #options: PeerOptions;
  readonly #connection: rtc.PeerConnection;
  readonly #ssrc = randomInt(1, 2 ** 31);
  readonly #timestampBase = randomInt(2 ** 31);
  #sequence = randomInt(2 ** 15);
  #payloadType = 111;
  #track: rtc.Track | undefined;
  #rtpConfig: rtc.RtpPacketizationConfig | undefined;
  #channel: rtc.DataChannel | undefined;
  #withoutChannel = false;
  #closed = false;

  constructor(handlers: PeerHandlers, options: PeerOptions) {
    this.#handlers = handlers;
    this.#options = options;
    this.#connection = new rtc.PeerConnection('engine', {
      iceServers: [],
      disableAutoNegotiation: true,
      forceMediaTransport: true,
      maxMessageSize: MAX_MESSAGE_BYTES,
      ...(allAddresses() ? {} : { bindAddress: '127.0.0.1' }),
    });
    this.#connection.onStateChange(
      this.#guard((state: string) => {
        if (state === 'failed' || state === 'closed') this.close();
      }),
    );
    this.#connection.onDataChannel(this.#guard((channel: rtc.DataChannel) => this.#adopt(channel)));
  }

  async accept(offer: string): Promise<string> {
    const read = readOffer(offer);
    this.#addAudio(read);
    if (this.#options.channelId !== undefined) {
      this.#adopt(this.#connection.createDataChannel('oai-events', { negotiated: true, id: this.#options.channelId }));
    }
    try {
      this.#connection.setRemoteDescription(withoutCandidates(offer), 'offer');
      this.#connection.setLocalDescription('answer');
    } catch (error) {
      throw new InvalidOffer(error instanceof Error ? error.message : 'it was not understood');
    }
    await this.#gathered();
    const answer = this.#connection.localDescription();
    if (answer?.type !== 'answer') throw new InvalidOffer('no answer could be made');
    return allAddresses() ? withLoopback(answer.sdp) : answer.sdp;
  }

  sendFrame(packet: Uint8Array, slot: number, first: boolean): void {
    if (this.#closed || !this.#track?.isOpen()) return;
    const timestamp = (this.#timestampBase + slot * RTP_TICKS_PER_FRAME) >>> 0;
    // The sender reports take their RTP time from here.
    if (this.#rtpConfig) this.#rtpConfig.timestamp = timestamp;
    const header = {
      payloadType: this.#payloadType,
      sequence: this.#sequence++,
      timestamp,
      ssrc: this.#ssrc,
      marker: first,
    };
    quietly(() => this.#track?.sendMessageBinary(buildRtp(header, packet)));
  }

  sendText(message: string | Uint8Array): void {
    const channel = this.#channel;
    if (this.#closed || !channel?.isOpen()) return;
    quietly(() =>
      typeof message === 'string' ? channel.sendMessage(message) : channel.sendMessageBinary(Buffer.from(message)),
    );
  }

  closeChannel(): void {
    this.#withoutChannel = true;
    quietly(() => this.#channel?.close());
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    quietly(() => this.#channel?.close());
    quietly(() => this.#connection.close());
    this.#guard(() => this.#handlers.onClose())();
  }

  #addAudio(offer: Offer): void {
    this.#payloadType = offer.opusPayloadType;
    const media = new rtc.Audio(offer.audioMid, ANSWER_DIRECTION[offer.direction]);
    media.addOpusCodec(offer.opusPayloadType, 'minptime=10;useinbandfec=1');
    // Without SSRC and stream id in the answer the browser's `track` event has no stream, and clients stay silent.
    media.addSSRC(this.#ssrc, 'realtimeapi', 'realtimeapi', 'audio');
    this.#track = this.#connection.addTrack(media);
    this.#rtpConfig = new rtc.RtpPacketizationConfig(this.#ssrc, 'realtimeapi', offer.opusPayloadType, 48000);
    const reports = new rtc.RtcpSrReporter(this.#rtpConfig);
    reports.addToChain(new rtc.RtcpReceivingSession());
    this.#track.setMediaHandler(reports);
    this.#track.onMessage(
      this.#guard((message: Buffer) => {
        const packet = parseRtp(message);
        if (packet?.payloadType === this.#payloadType) this.#handlers.onFrame(packet.payload, packet.sequence);
      }),
    );
  }

  #adopt(channel: rtc.DataChannel): void {
    if (this.#channel) return;
    this.#channel = channel;
    let opened = false;
    const open = this.#guard(() => {
      if (opened) return;
      opened = true;
      this.#handlers.onOpen();
    });
    channel.onOpen(open);
    channel.onClosed(
      this.#guard(() => {
        if (!this.#withoutChannel) this.close();
      }),
    );
    channel.onMessage(
      this.#guard((message: string | Buffer | ArrayBuffer) => {
        if (typeof message === 'string') this.#handlers.onText(message);
        else this.#handlers.onBinary();
      }),
    );
    // A channel made by the browser can be open before the callback is set.
    if (channel.isOpen()) open();
  }

  #gathered(): Promise<void> {
    if (this.#connection.gatheringState() === 'complete') return Promise.resolve();
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, GATHERING_LIMIT_MS);
      this.#connection.onGatheringStateChange(
        this.#guard((state: string) => {
          if (state !== 'complete') return;
          clearTimeout(limit);
          resolve();
        }),
      );
    });
  }

  /** The library swallows what its callbacks throw. */
  #guard<Values extends unknown[]>(callback: (...values: Values) => void): (...values: Values) => void {
    return (...values) => {
      try {
        callback(...values);
      } catch (error) {
        this.#options.log(`A WebRTC callback failed: ${error instanceof Error ? error.message : 'unknown'}`);
      }
    };
  }
}

/**
 * Leaves it to the browser to send first, as a server with ICE lite does. Where the offer has candidates the library would
 * check them while the browser still waits for the answer, take the pair for connected, and begin DTLS with a browser that
 * cannot take it yet: the first flight is lost and sent again 100 ms later. And a stranger's offer could name any address.
 */
function withoutCandidates(sdp: string): string {
  return sdp.replaceAll(/^a=(?:candidate:.*|end-of-candidates)\r?\n/gm, '');
}

function allAddresses(): boolean {
  return process.env['PARLEY_ENGINE_ADDRESSES'] === 'all';
}

/** The library leaves the loopback address out when it is bound to all; the socket answers there all the same. */
function withLoopback(answer: string): string {
  return answer.replace(
    /^a=candidate:\S+ 1 UDP \d+ \S+ (\d+) typ host/m,
    (first, port: string) => `a=candidate:127 1 UDP 2130706431 127.0.0.1 ${port} typ host\r\n${first}`,
  );
}

/** Sending and closing throw when the other side has just gone; that it has is told by a callback of its own. */
function quietly(action: () => unknown): void {
  try {
    action();
  } catch {
    // Nobody is there to receive it.
  }
}
