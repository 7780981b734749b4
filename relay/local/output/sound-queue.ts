import type { Cut, SoundPart } from './audio-output.ts';

const SAMPLES_PER_MS = 24;

interface Part {
  part: SoundPart;
  chunks: Int16Array[];
  waiting: number;
  sent: number;
}

/** The sound of one response that has not left yet, item by item, and how much of each has. */
export class SoundQueue {
  readonly responseId: string;
  #parts: Part[] = [];
  #started = false;
  #finished = false;

  constructor(responseId: string) {
    this.responseId = responseId;
  }

  get started(): boolean {
    return this.#started;
  }

  get finished(): boolean {
    return this.#finished;
  }

  get drained(): boolean {
    return this.#finished && this.#parts.every(({ waiting }) => waiting === 0);
  }

  write(part: SoundPart, samples: Int16Array): void {
    let last = this.#parts.at(-1);
    if (last?.part.itemId !== part.itemId) {
      last = { part, chunks: [], waiting: 0, sent: 0 };
      this.#parts.push(last);
    }
    if (samples.length === 0) return;
    last.chunks.push(samples);
    last.waiting += samples.length;
  }

  finish(): void {
    this.#finished = true;
  }

  /**
   * The next frame, or null when not enough sound is there yet. The last frame of an item is filled up with silence;
   * while more of the same item can come, a rest shorter than a frame waits for it.
   */
  take(length: number): Int16Array | null {
    const index = this.#parts.findIndex(({ waiting }) => waiting > 0);
    const from = this.#parts[index];
    if (!from) return null;
    const complete = this.#finished || index < this.#parts.length - 1;
    if (from.waiting < length && !complete) return null;

    const frame = new Int16Array(length);
    let at = 0;
    for (let chunk = from.chunks[0]; chunk && at < length; chunk = from.chunks[0]) {
      const taken = chunk.subarray(0, length - at);
      frame.set(taken, at);
      at += taken.length;
      if (taken.length === chunk.length) from.chunks.shift();
      else from.chunks[0] = chunk.subarray(taken.length);
    }
    from.waiting -= at;
    from.sent += length;
    this.#started = true;
    return frame;
  }

  /** What is lost when this queue is thrown away now. */
  cut(): Cut {
    const unheard = this.#parts.filter(({ waiting }) => waiting > 0);
    // Still being made, with all of it played so far: the item that was being spoken is the one that is cut.
    const last = this.#parts.at(-1);
    if (unheard.length === 0 && !this.#finished && last) unheard.push(last);
    return {
      responseId: this.responseId,
      started: this.#started,
      items: unheard.map(({ part, sent }) => ({
        itemId: part.itemId,
        contentIndex: part.contentIndex,
        audioEndMs: Math.round(sent / SAMPLES_PER_MS),
      })),
    };
  }
}
