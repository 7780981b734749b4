import type { Hearing, VadStream } from '../hearing/hearing.ts';

const VAD_SAMPLES = 512;
/** Sound may come faster than it is spoken, four minutes in one append; with more waiting, the oldest goes. */
const MAX_BACKLOG = 8192;

/** Cuts what is heard into frames and has each judged by the VAD, one after the other, so that they stay in order. */
export class VadFrames {
  readonly #hearing: Hearing;
  readonly #judged: () => boolean;
  readonly #deliver: (frame: Float32Array, probability: number) => void;
  #vad: VadStream | undefined;
  #rest: Float32Array = new Float32Array(0);
  #backlog: Float32Array[] = [];
  /** The frame that the VAD is looking at. */
  #judging: Float32Array | null = null;
  #pumping = false;
  #closed = false;

  /** `judged` says whether frames are wanted with a probability; without, they come at once, with 0. */
  constructor(hearing: Hearing, judged: () => boolean, deliver: (frame: Float32Array, probability: number) => void) {
    this.#hearing = hearing;
    this.#judged = judged;
    this.#deliver = deliver;
  }

  /** 16 kHz mono, any length. */
  push(samples: Float32Array): void {
    if (this.#closed) return;
    const all = new Float32Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    let at = 0;
    for (; at + VAD_SAMPLES <= all.length; at += VAD_SAMPLES) this.#backlog.push(all.slice(at, at + VAD_SAMPLES));
    this.#rest = all.slice(at);
    while (this.#backlog.length > MAX_BACKLOG) this.#backlog.shift();
    void this.#pump();
  }

  /** What was heard and not delivered yet. */
  get waiting(): Float32Array[] {
    return [...(this.#judging ? [this.#judging] : []), ...this.#backlog, this.#rest];
  }

  forgetWaiting(): void {
    this.#judging = null;
    this.#backlog = [];
    this.#rest = new Float32Array(0);
  }

  /** What comes next has nothing to do with what came before. */
  reset(): void {
    this.#vad?.reset();
  }

  close(): void {
    this.#closed = true;
    this.#backlog = [];
    this.#vad?.close();
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let frame = this.#backlog.shift(); frame && !this.#closed; frame = this.#backlog.shift()) {
      if (!this.#judged()) {
        this.#deliver(frame, 0);
        continue;
      }
      this.#vad ??= this.#hearing.openVad();
      this.#judging = frame;
      const probability = await this.#vad.push(frame).catch(() => 0);
      if (!this.#closed && this.#judging === frame) this.#deliver(frame, probability);
    }
    this.#judging = null;
    this.#pumping = false;
  }
}
