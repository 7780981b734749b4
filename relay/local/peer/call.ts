import type { OpusDecoder, OpusEncoder } from '../audio/opus.ts';
import type { Gate } from '../line/gate.ts';
import { pacedOutput } from '../output/paced-output.ts';
import { Session, type SessionOptions } from '../session/session.ts';
import type { CreatePeer, Peer } from './peer.ts';
import { Receiver } from './receiver.ts';

/** An answer nobody connects to is thrown away after this. */
const CONNECT_LIMIT_MS = 30_000;

export interface CallOptions extends Pick<
  SessionOptions,
  'config' | 'hearing' | 'speaking' | 'mind' | 'log' | 'clock' | 'ids'
> {
  createPeer: CreatePeer;
  opus: { createEncoder(): OpusEncoder; createDecoder(): OpusDecoder };
  /** From `?dcid=`: both sides make the data channel with this id. */
  channelId?: number;
  /** What stands between session and client. */
  gate: Gate;
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
        onText: (text) => options.gate.toSession(text, (passed) => this.#session?.receive(passed)),
        onBinary: () => this.#session?.receiveBinary(),
        onFrame: (packet, sequence) =>
          options.gate.soundIn({ packet, sequence }, (passed) => this.#receiver.push(passed.packet, passed.sequence)),
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
    this.#options.gate.close();
    this.#receiver.close();
    this.#peer.close();
    this.#encoder.free();
    this.#options.onClosed();
  }

  /** A gate may hold sound until after the end. */
  #send({ packet, slot, first }: { packet: Uint8Array; slot: number; first: boolean }): void {
    if (!this.#closed) this.#peer.sendFrame(packet, slot, first);
  }

  #begin(): void {
    if (this.#closed || this.#session) return;
    clearTimeout(this.#connectTimer);
    const { config, hearing, speaking, mind, log, gate, clock, ids } = this.#options;
    this.#session = new Session({
      ...(config ? { config } : {}),
      hearing,
      speaking,
      mind,
      log,
      ...(clock ? { clock } : {}),
      ...(ids ? { ids } : {}),
      createOutput: pacedOutput(
        (frame, slot, first) =>
          gate.soundOut({ packet: this.#encoder.encode(frame), slot, first }, (passed) => this.#send(passed)),
        clock,
      ),
      send: (text) => gate.toClient(text, (passed) => this.#peer.sendText(passed)),
      onExpired: () => this.close(),
    });
  }
}
