import type { OpusDecoder, OpusEncoder } from '../audio/opus.ts';
import { pacedOutput } from '../output/paced-output.ts';
import { Session, type SessionOptions } from '../session/session.ts';
import type { CreatePeer, Peer } from './peer.ts';
import { Receiver } from './receiver.ts';

/** An answer nobody connects to is thrown away after this. */
const CONNECT_LIMIT_MS = 30_000;

export interface CallOptions extends Pick<SessionOptions, 'config' | 'hearing' | 'speaking' | 'mind' | 'log'> {
  createPeer: CreatePeer;
  opus: { createEncoder(): OpusEncoder; createDecoder(): OpusDecoder };
  /** From `?dcid=`: both sides make the data channel with this id. */
  channelId?: number;
  /** Once, when the call is over, whoever ended it. */
  onClosed(): void;
}

/** One WebRTC call: a peer, its codecs, and the session that begins when the data channel opens. */
export class Call {
  readonly #options: CallOptions;
  readonly #peer: Peer;
  readonly #encoder: OpusEncoder;
  readonly #receiver: Receiver;
  readonly #connectTimer: NodeJS.Timeout;
  #session: Session | undefined;
  #closed = false;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#encoder = options.opus.createEncoder();
    this.#receiver = new Receiver(
      options.opus.createDecoder(),
      (samples) => this.#session?.hear(samples),
      () => this.#session?.personSpeaking ?? false,
    );
    this.#peer = options.createPeer(
      {
        onOpen: () => this.#begin(),
        onText: (text) => this.#session?.receive(text),
        onBinary: () => this.#session?.receiveBinary(),
        onFrame: (packet, sequence) => this.#receiver.push(packet, sequence),
        onClose: () => this.close(),
      },
      { log: options.log, ...(options.channelId === undefined ? {} : { channelId: options.channelId }) },
    );
    this.#connectTimer = setTimeout(() => this.close(), CONNECT_LIMIT_MS);
  }

  /** Rejects with `InvalidOffer`; the call is over then. */
  async accept(offer: string): Promise<string> {
    try {
      return await this.#peer.accept(offer);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    clearTimeout(this.#connectTimer);
    this.#session?.close();
    this.#receiver.close();
    this.#peer.close();
    this.#encoder.free();
    this.#options.onClosed();
  }

  #begin(): void {
    if (this.#closed || this.#session) return;
    clearTimeout(this.#connectTimer);
    const { config, hearing, speaking, mind, log } = this.#options;
    this.#session = new Session({
      ...(config ? { config } : {}),
      hearing,
      speaking,
      mind,
      log,
      createOutput: pacedOutput((frame, slot, first) => this.#peer.sendFrame(this.#encoder.encode(frame), slot, first)),
      send: (text) => this.#peer.sendText(text),
      onExpired: () => this.close(),
    });
  }
}
