/**
 * The browser's side of a Realtime call, in Node: a WebRTC peer with a voice, ears and an event log. It speaks recorded
 * sound in real time and keeps what it hears.
 */
import * as rtc from 'node-datachannel';
import { loadOpus, type OpusDecoder, type OpusEncoder } from '../../relay/local/audio/opus.ts';
import { buildRtp, parseRtp } from '../../relay/local/peer/rtp.ts';
import { judge } from './event-judge.ts';
import { Waiting, type WaitOptions } from './waiting.ts';

export interface ServerEvent {
  type: string;
  [field: string]: any;
}

export interface RealtimePeerOptions {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string;
  /** An ephemeral key. */
  key: string;
  /** A data channel that both sides make by themselves, with this id (`?dcid=`). */
  channelId?: number;
  /** Called with every event, as text. Default: `judge`; a test that has events garbled brings another. */
  onText?: (text: string) => void;
  /** Sends no sound at all before it says something: a transceiver whose track comes later. */
  trackless?: boolean;
  /** What it takes in one message; 256 KiB, as a browser, unless said otherwise. */
  maxMessageSize?: number;
}

const FRAME = 480;
const FRAME_MS = 20;
const PIECE = 4800;

export class RealtimePeer {
  /** Every event of the server in order, with the time it came (performance.now). */
  readonly events: (ServerEvent & { receivedAt: number })[] = [];
  /** Loudness (0..1) of each frame heard, with the time it came and RTP's own numbers (16 bits; 48 kHz, 32 bits). */
  readonly heard: { at: number; level: number; samples: Float32Array; sequence: number; timestamp: number }[] = [];
  callUrl = '';
  /** From the POST of the offer to the open data channel, ms. */
  connectMs = 0;
  closed = false;
  readonly #connection: rtc.PeerConnection;
  readonly #track: rtc.Track;
  readonly #channel: rtc.DataChannel;
  readonly #encoder: OpusEncoder;
  readonly #decoder: OpusDecoder;
  readonly #waiting = new Waiting();
  readonly #timer: NodeJS.Timeout;
  readonly #origin = performance.now();
  #frames: Int16Array[] = [];
  #sounding: boolean;
  #slot = 0;
  #quiet: (() => void)[] = [];

  private constructor(
    encoder: OpusEncoder,
    decoder: OpusDecoder,
    { channelId, onText = judge, maxMessageSize, trackless = false }: RealtimePeerOptions,
  ) {
    this.#sounding = !trackless;
    this.#encoder = encoder;
    this.#decoder = decoder;
    this.#connection = new rtc.PeerConnection('browser', {
      iceServers: [],
      disableAutoNegotiation: true,
      forceMediaTransport: true,
      ...(maxMessageSize === undefined ? {} : { maxMessageSize }),
    });
    const media = new rtc.Audio('0', 'SendRecv');
    media.addOpusCodec(111, 'minptime=10;useinbandfec=1');
    media.addSSRC(4711, 'browser', 'browser', 'microphone');
    this.#track = this.#connection.addTrack(media);
    this.#track.setMediaHandler(new rtc.RtcpReceivingSession());
    this.#track.onMessage((message) => this.#hear(message));
    this.#channel = this.#connection.createDataChannel(
      'oai-events',
      channelId === undefined ? {} : { negotiated: true, id: channelId },
    );
    this.#channel.onMessage((message) => {
      onText(String(message));
      const event = parsed(String(message));
      if (event) this.events.push({ ...event, receivedAt: performance.now() });
      this.#waiting.wake();
    });
    this.#channel.onOpen(() => this.#waiting.wake());
    this.#channel.onClosed(() => {
      this.closed = true;
      this.#waiting.wake();
    });
    this.#timer = setInterval(() => this.#send(), 5);
  }

  static async connect(options: RealtimePeerOptions): Promise<RealtimePeer> {
    const { baseUrl, key, channelId } = options;
    const opus = await loadOpus();
    const peer = new RealtimePeer(opus.createEncoder(), opus.createDecoder(), options);
    peer.#connection.setLocalDescription('offer');
    const offer = peer.#connection.localDescription()?.sdp ?? '';
    const began = performance.now();
    const query = channelId === undefined ? '' : `?dcid=${channelId}`;
    const response = await fetch(`${baseUrl}/realtime/calls${query}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
      body: offer,
    });
    const answer = await response.text();
    if (response.status !== 201) throw new Error(`${response.status}: ${answer}`);
    peer.callUrl = new URL(response.headers.get('location') ?? '', baseUrl).href;
    peer.#connection.setRemoteDescription(answer, 'answer');
    await peer.until(() => peer.#channel.isOpen(), 'the data channel to open');
    peer.connectMs = performance.now() - began;
    return peer;
  }

  send(event: ServerEvent): void {
    this.#channel.sendMessage(JSON.stringify(event));
  }

  /** 24 kHz, in pieces of 200 ms as fast as the channel takes them. */
  append(samples: Int16Array): void {
    for (let at = 0; at < samples.length; at += PIECE) {
      const { buffer } = samples.slice(at, at + PIECE);
      this.send({ type: 'input_audio_buffer.append', audio: Buffer.from(buffer).toString('base64') });
    }
  }

  sendBinary(bytes: Uint8Array): void {
    this.#channel.sendMessageBinary(bytes);
  }

  /** Speaks (24 kHz) in real time; resolves when the last frame has left. Silence is sent the rest of the time. */
  say(samples: Int16Array): Promise<void> {
    this.#sounding = true;
    for (let at = 0; at < samples.length; at += FRAME) {
      const frame = new Int16Array(FRAME);
      frame.set(samples.subarray(at, at + FRAME));
      this.#frames.push(frame);
    }
    return new Promise((resolve) => this.#quiet.push(resolve));
  }

  /** Resolves with the first event from index `from` on that fits; fails after `timeoutMs` with what came instead. */
  event(type: string, options: WaitOptions<ServerEvent & { receivedAt: number }> = {}) {
    return this.#waiting.event(this.events, type, options);
  }

  until(condition: () => boolean, what: string | (() => string), timeoutMs?: number): Promise<void> {
    return this.#waiting.until(condition, what, timeoutMs);
  }

  /** Of the peer connection. */
  get state(): string {
    return this.#connection.state();
  }

  types(from = 0): string[] {
    return this.events.slice(from).map(({ type }) => type);
  }

  /** All that was heard since a time, 16 kHz. */
  heardSince(time: number): Float32Array {
    const frames = this.heard.filter(({ at }) => at >= time).map(({ samples }) => samples);
    const all = new Float32Array(frames.reduce((sum, frame) => sum + frame.length, 0));
    let at = 0;
    for (const frame of frames) {
      all.set(frame, at);
      at += frame.length;
    }
    return all;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#connection.close();
  }

  #send(): void {
    while (this.#slot * FRAME_MS <= performance.now() - this.#origin) {
      const frame = this.#frames.shift() ?? new Int16Array(FRAME);
      if (this.#frames.length === 0) for (const resolve of this.#quiet.splice(0)) resolve();
      const header = { payloadType: 111, sequence: this.#slot, timestamp: this.#slot * 960, ssrc: 4711, marker: false };
      if (this.#sounding && this.#track.isOpen())
        this.#track.sendMessageBinary(buildRtp(header, this.#encoder.encode(frame)));
      this.#slot += 1;
    }
  }

  #hear(message: Buffer): void {
    const at = performance.now();
    const packet = parseRtp(message);
    const samples = packet?.payloadType === 111 ? this.#decoder.decode(packet.payload) : null;
    if (!packet || !samples) return;
    const level = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
    this.heard.push({ at, level, samples, sequence: packet.sequence, timestamp: message.readUInt32BE(4) });
    this.#waiting.wake();
  }
}

/** Null for what is no event. What a callback of the library throws would end the process. */
function parsed(text: string): ServerEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'type' in value ? (value as ServerEvent) : null;
  } catch {
    return null;
  }
}

/** Mints an ephemeral key with a session. */
export async function mint(
  engine: { baseUrl: string; key: string },
  session: Record<string, unknown> = {},
): Promise<string> {
  const response = await fetch(`${engine.baseUrl}/realtime/client_secrets`, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ session: { type: 'realtime', ...session } }),
  });
  const body = (await response.json()) as { value?: string; error?: { message: string } };
  if (!body.value) throw new Error(body.error?.message ?? `status ${response.status}`);
  return body.value;
}
