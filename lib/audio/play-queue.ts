/**
 * The jitter queue of the WebSocket voice: sound arrives in bursts, faster than it is heard, and is played sample by
 * sample. Counts what was really played, because on WebSocket only we know.
 */

export interface Played {
  itemId: string;
  /** Samples of this item that went out. */
  samples: number;
}

/** What changed while a block was filled. */
export type QueueChange = 'started' | 'drained' | 'starved' | null;

/** 60 ms at 24 kHz are waited for before the first sample, and again after running dry. */
const enoughToStart = 1440;

export class PlayQueue {
  #chunks: { itemId: string; samples: Int16Array }[] = [];
  #waiting = 0;
  #offset = 0;
  #playing = false;
  #ended = false;
  #announced = false;
  #played: Played | null = null;

  add(itemId: string, samples: Int16Array): void {
    if (samples.length === 0) return;
    this.#chunks.push({ itemId, samples });
    this.#waiting += samples.length;
    this.#ended = false;
  }

  /** No more comes for this answer: what waits is played to its end, however little it is. */
  end(): void {
    this.#ended = true;
  }

  /** Drops what waits. Returns how much of the item that was being heard went out; null when nothing sounded. */
  clear(): Played | null {
    const heard = this.#announced ? this.#played : null;
    this.#chunks = [];
    this.#waiting = 0;
    this.#offset = 0;
    this.#rest();
    return heard;
  }

  /** Fills one block, with silence where there is nothing to play. */
  next(block: Float32Array): QueueChange {
    if (!this.#playing && (this.#waiting >= enoughToStart || (this.#ended && this.#waiting > 0))) this.#playing = true;
    if (!this.#playing) return this.#finish();
    const began = !this.#announced;
    this.#announced = true;
    let at = 0;
    for (let chunk = this.#chunks[0]; chunk && at < block.length; chunk = this.#chunks[0]) {
      const count = Math.min(block.length - at, chunk.samples.length - this.#offset);
      for (let index = 0; index < count; index += 1) {
        block[at + index] = (chunk.samples[this.#offset + index] ?? 0) / 0x8000;
      }
      at += count;
      this.#count(chunk.itemId, count);
      this.#offset += count;
      if (this.#offset < chunk.samples.length) break;
      this.#chunks.shift();
      this.#offset = 0;
    }
    if (began) return 'started';
    if (this.#waiting > 0 || at === block.length) return null;
    return this.#finish() ?? this.#starve();
  }

  #count(itemId: string, samples: number): void {
    this.#waiting -= samples;
    const before = this.#played?.itemId === itemId ? this.#played.samples : 0;
    this.#played = { itemId, samples: before + samples };
  }

  #finish(): QueueChange {
    if (!this.#ended || this.#waiting > 0 || !this.#announced) return null;
    this.#rest();
    return 'drained';
  }

  #starve(): QueueChange {
    this.#playing = false;
    return 'starved';
  }

  #rest(): void {
    this.#playing = false;
    this.#ended = false;
    this.#announced = false;
    this.#played = null;
  }
}
