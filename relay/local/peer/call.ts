import type { OpusDecoder, OpusEncoder } from '../audio/opus.ts';
import { gated, type Gate } from '../line/gate.ts';
import { pacedOutput } from '../output/paced-output.ts';
import { Session, type SessionOptions } from '../session/session.ts';
import type { CreatePeer, Peer } from './peer.ts';
import { Receiver } from './receiver.ts';

/** An answer nobody connects to is thrown away after this. */
const CONNECT_LIMIT_MS = 30_000;
/** What a companion may say before the browser is there. */
const MAX_EARLY = 64;
/** Sound comes a round trip or more before the data channel opens; so many packets of it are kept, 10 s. */
const MAX_EARLY_SOUND = 500;

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

/** Somebody beside the browser who sees the same events and may send their own. */
export interface Listener {
  onText(text: string): void;
  /** The call is over. */
  onClose(): void;
}

/** A listener's way into the call. */
export interface Companion {
  receive(text: string): void;
  receiveBinary(): void;
  /** The call goes on without them. Harmless when repeated. */
  leave(): void;
}

/** One WebRTC call: a peer, its codecs, and the session that begins when the data channel opens. */
export class Call {
  readonly #options: CallOptions;
  readonly #peer: Peer;
  readonly #encoder: OpusEncoder;
  readonly #receiver: Receiver;
  readonly #connectTimer: NodeJS.Timeout;
  readonly #listeners = new Set<Listener>();
  #early: string[] = [];
  #earlySound: Float32Array[] = [];
  #session: Session | undefined;
  #closed = false;

  constructor(options: CallOptions) {
    this.#options = options;
    this.#encoder = options.opus.createEncoder();
    this.#receiver = new Receiver(
      options.opus.createDecoder(),
      (samples) => this.#hear(samples),
      (ms) => this.#session?.trackStalled(ms),
    );
    this.#peer = options.createPeer(
      {
        onOpen: () => this.#begin(),
        onText: (text) => this.#receive(text),
        onBinary: () => this.#session?.receiveBinary(),
        onFrame: (packet, sequence) =>
          options.gate.soundIn({ packet, sequence }, (passed) => this.#receiver.push(passed.packet, passed.sequence)),
        onClose: () => this.close(),
      },
      { log: options.log, ...(options.channelId === undefined ? {} : { channelId: options.channelId }) },
    );
    this.#connectTimer = setTimeout(() => this.close(), CONNECT_LIMIT_MS);
    options.gate.attach?.({
      send: (message) => (typeof message === 'string' ? this.#tell(message) : this.#peer.sendText(message)),
      receive: (text) => this.#session?.receive(text),
      end: ({ how }) => {
        if (how === 'channel') this.#peer.closeChannel();
        if (how === 'peer') this.close();
      },
    });
  }

  /** Rejects with `InvalidOffer`; the call is over then. */
  async accept(offer: string): Promise<string> {
    try {
      const { gate } = this.#options;
      const answer = await this.#peer.accept(gate.offer?.(offer) ?? offer);
      return (await gate.answer?.(answer)) ?? answer;
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get companions(): number {
    return this.#listeners.size;
  }

  /** Lets somebody in, who first learns of the session as it is. What they say before it begins is kept until then. */
  join(listener: Listener): Companion {
    this.#listeners.add(listener);
    if (this.#session) this.#options.gate.toClient(this.#session.created(), (passed) => listener.onText(passed));
    return {
      receive: (text) => {
        if (this.#session) this.#receive(text);
        else if (this.#early.length < MAX_EARLY) this.#early.push(text);
      },
      receiveBinary: () => this.#session?.receiveBinary(),
      leave: () => this.#listeners.delete(listener),
    };
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
    for (const listener of this.#listeners) listener.onClose();
    this.#options.onClosed();
  }

  #receive(text: string): void {
    this.#options.gate.toSession(text, (passed) => this.#session?.receive(passed));
  }

  #hear(samples: Float32Array): void {
    if (this.#session) this.#session.hear(samples);
    else if (this.#earlySound.push(samples) > MAX_EARLY_SOUND) this.#earlySound.shift();
  }

  #tell(text: string): void {
    this.#peer.sendText(text);
    for (const listener of this.#listeners) listener.onText(text);
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
      log,
      ...gated(gate, mind),
      ...(clock ? { clock } : {}),
      ...(ids ? { ids } : {}),
      createOutput: pacedOutput(
        (frame, slot, first) =>
          gate.soundOut({ packet: this.#encoder.encode(frame), slot, first }, (passed) => this.#send(passed)),
        clock,
      ),
      send: (text) => gate.toClient(text, (passed) => this.#tell(passed)),
      onExpired: () => this.close(),
    });
    for (const samples of this.#earlySound.splice(0)) this.#session.hear(samples);
    for (const text of this.#early.splice(0)) this.#receive(text);
  }
}
