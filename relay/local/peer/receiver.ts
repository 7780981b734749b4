import type { OpusDecoder } from '../audio/opus.ts';

/** More lost in a row than this is a gap, not loss: nothing is made up for it. */
const MAX_CONCEALED = 5;
/** No packet for this long: there is no track, or it has stopped. */
const STALL_MS = 250;
const STALL_CHECK_MS = 100;

/** Turns the browser's Opus packets into one unbroken stream of 16 kHz sound. */
export class Receiver {
  readonly #decoder: OpusDecoder;
  readonly #deliver: (samples: Float32Array) => void;
  readonly #stallTimer: NodeJS.Timeout;
  #expected: number | undefined;
  #lastPacketAt = performance.now();

  /** `stalled` is told again and again while no packet comes, each time for how many ms. */
  constructor(decoder: OpusDecoder, deliver: (samples: Float32Array) => void, stalled: (ms: number) => void) {
    this.#decoder = decoder;
    this.#deliver = deliver;
    this.#stallTimer = setInterval(() => {
      if (performance.now() - this.#lastPacketAt >= STALL_MS) stalled(STALL_CHECK_MS);
    }, STALL_CHECK_MS);
  }

  /** `sequence` is RTP's, 16 bits. A packet that comes late or twice is dropped: its time has been filled already. */
  push(packet: Uint8Array, sequence: number): void {
    this.#lastPacketAt = performance.now();
    const ahead = this.#expected === undefined ? 0 : (sequence - this.#expected) & 0xffff;
    if (ahead >= 0x8000) return;
    if (ahead <= MAX_CONCEALED) {
      for (let lost = 0; lost < ahead; lost += 1) this.#deliver(this.#decoder.conceal());
    }
    this.#expected = (sequence + 1) & 0xffff;
    const samples = this.#decoder.decode(packet);
    if (samples) this.#deliver(samples);
  }

  close(): void {
    clearInterval(this.#stallTimer);
    this.#decoder.free();
  }
}
