/** Hands out a ring from a position on: every sample once, in order, first what waits, then what comes. */
import type { Ring } from './ring.ts';

/** 200 ms at 24 kHz: 12.8 KB of base64, well below what any line takes. */
const mostSamples = 4800;
/** 40 ms. Shorter costs more messages, longer delays every word. */
const liveSamples = 960;

export class HandOut {
  readonly #ring: Ring;
  readonly #give: (frame: Int16Array) => void;
  #at: number;

  constructor(ring: Ring, from: number, give: (frame: Int16Array) => void) {
    this.#ring = ring;
    this.#give = give;
    this.#at = Math.min(ring.position, Math.max(from, ring.oldest));
    this.#upTo(ring.position);
  }

  /** After the last sample that was given. */
  get position(): number {
    return this.#at;
  }

  /** New sound has come. */
  advance(): void {
    while (this.#ring.position - this.#at >= liveSamples) this.#upTo(this.#at + liveSamples);
  }

  /** Gives what is left. */
  finish(): void {
    this.#upTo(this.#ring.position);
  }

  #upTo(end: number): void {
    while (this.#at < end) {
      const next = Math.min(end, this.#at + mostSamples);
      this.#give(this.#ring.slice(this.#at, next));
      this.#at = next;
    }
  }
}
