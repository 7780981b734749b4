/**
 * Plays a ring faster than it was recorded until it has caught up, then along with it. Plain resampling: at up to 1.25
 * times it raises a voice by less than four semitones, which recognisers take easily, and it has no seams.
 */
import type { Ring } from './ring.ts';

export class FastForward {
  readonly #ring: Ring;
  readonly #speed: number;
  #at: number;
  #live = false;

  constructor(ring: Ring, from: number, speed: number) {
    this.#ring = ring;
    this.#speed = speed;
    this.#at = Math.min(ring.position, Math.max(from, ring.oldest));
  }

  /** Fills a block after the ring got its own. True when it has caught up with this block. */
  next(block: Float32Array): boolean {
    const was = this.#live;
    for (let index = 0; index < block.length; index += 1) block[index] = this.#sample(block.length - index);
    return this.#live && !was;
  }

  #sample(left: number): number {
    const { position } = this.#ring;
    // Live, the block to fill is the one that was just recorded.
    if (!this.#live && this.#at >= position - left) {
      this.#live = true;
      this.#at = position - left;
    }
    const whole = Math.floor(this.#at);
    // No microphone, no sound.
    if (whole >= position) return 0;
    const part = this.#at - whole;
    const here = this.#ring.at(whole);
    const value = here + (this.#ring.at(Math.min(position - 1, whole + 1)) - here) * part;
    this.#at += this.#live ? 1 : this.#speed;
    return value / 0x8000;
  }
}
