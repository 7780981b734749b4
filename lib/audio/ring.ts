/** The last seconds of a sound as 16-bit samples, by position: the count of samples since the beginning. */
export class Ring {
  readonly #samples: Int16Array;
  #position = 0;

  constructor(capacity: number) {
    this.#samples = new Int16Array(capacity);
  }

  /** Of the next sample. */
  get position(): number {
    return this.#position;
  }

  /** The first that is still there. */
  get oldest(): number {
    return Math.max(0, this.#position - this.#samples.length);
  }

  write(block: Float32Array): void {
    const { length } = this.#samples;
    for (const sample of block) {
      this.#samples[this.#position % length] = Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff);
      this.#position += 1;
    }
  }

  at(position: number): number {
    return this.#samples[position % this.#samples.length] ?? 0;
  }

  /** A copy. Both ends must still be there. */
  slice(from: number, to: number): Int16Array {
    const copy = new Int16Array(to - from);
    for (let index = 0; index < copy.length; index += 1) copy[index] = this.at(from + index);
    return copy;
  }
}
