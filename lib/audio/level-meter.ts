/** Of 16 bits the smallest is 3e-5: what is so far below it is the last ringing of a filter behind a dead device. */
const nothing = 1e-9;

/** Loudness since it was last asked for. */
export class LevelMeter {
  #sum = 0;
  #count = 0;
  #zero = true;

  get frames(): number {
    return this.#count;
  }

  /** There were samples, and all of them were 0, but for a filter's ringing. */
  get zero(): boolean {
    return this.#count > 0 && this.#zero;
  }

  add(samples: Float32Array): void {
    for (const sample of samples) {
      this.#sum += sample * sample;
      if (Math.abs(sample) > nothing) this.#zero = false;
    }
    this.#count += samples.length;
  }

  /** RMS, 0 to 1. Begins anew. */
  take(): number {
    const rms = this.#count === 0 ? 0 : Math.sqrt(this.#sum / this.#count);
    this.#sum = 0;
    this.#count = 0;
    this.#zero = true;
    return Math.min(1, rms);
  }
}
