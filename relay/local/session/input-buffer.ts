const RATE = 16; // samples per ms

/** The sound heard and not yet committed, 16 kHz. Remembers a bounded past; positions are ms since the call began. */
export class InputBuffer {
  #chunks: Float32Array[] = [];
  #length = 0;
  #total = 0;

  /** Everything heard since the call began, in ms. */
  get nowMs(): number {
    return Math.round(this.#total / RATE);
  }

  /** What can still be committed, in ms. */
  get heldMs(): number {
    return this.#length / RATE;
  }

  /** Adds sound and forgets what is older than `keepMs`. */
  push(samples: Float32Array, keepMs: number): void {
    this.#chunks.push(samples);
    this.#length += samples.length;
    this.#total += samples.length;
    for (
      let oldest = this.#chunks[0];
      oldest && this.#length - oldest.length >= keepMs * RATE;
      oldest = this.#chunks[0]
    ) {
      this.#chunks.shift();
      this.#length -= oldest.length;
    }
  }

  /** The sound since a position, or all that is held. */
  since(fromMs?: number): Float32Array {
    const all = new Float32Array(this.#length);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    const start = fromMs === undefined ? 0 : Math.round(fromMs * RATE) - (this.#total - this.#length);
    return all.subarray(Math.max(0, Math.min(start, all.length)));
  }

  clear(): void {
    this.#chunks = [];
    this.#length = 0;
  }
}
