/** Notices that somebody begins to speak, by energy over a floor that follows the room. */
import type { Onset } from './ear.ts';

const frame = 240;

export class OnsetDetector {
  #floor = 1e-3;
  #loud = 0;
  #quiet = 0;
  #state: 'none' | 'maybe' | 'sure' = 'none';
  #from = 0;

  push(microphone: Float32Array, _voice: Float32Array, position: number): Onset | null {
    let sum = 0;
    for (const sample of microphone) sum += sample * sample;
    const rms = Math.sqrt(sum / microphone.length);
    this.#floor = rms < this.#floor ? this.#floor * 0.8 + rms * 0.2 : this.#floor * 1.002;
    const isLoud = rms > Math.max(0.004, this.#floor * 3);
    this.#loud = isLoud ? this.#loud + 1 : Math.max(0, this.#loud - 1);
    this.#quiet = isLoud ? 0 : this.#quiet + 1;
    if (this.#state === 'none' && this.#loud >= 3) {
      this.#state = 'maybe';
      this.#from = position - 4 * frame;
      return { kind: 'maybe', from: this.#from };
    }
    if (this.#state === 'maybe' && this.#loud >= 9) {
      this.#state = 'sure';
      return { kind: 'sure', from: this.#from };
    }
    if (this.#state !== 'none' && this.#quiet >= (this.#state === 'sure' ? 30 : 8)) {
      this.#state = 'none';
      this.#loud = 0;
      return { kind: 'over', from: this.#from };
    }
    return null;
  }
}
