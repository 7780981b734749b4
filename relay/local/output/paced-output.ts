import type { AudioOutput, CreateOutput, Cut, SoundPart } from './audio-output.ts';
import { systemClock, type Clock } from '../session/clock.ts';
import { SoundQueue } from './sound-queue.ts';

const FRAME_MS = 20;
const FRAME_SAMPLES = 480;
/** Half a second, so that the browser does not conceal (smear) the end of an utterance. */
const TAIL_FRAMES = 25;
/** Behind by more than this, the missed slots are skipped: nobody wants a burst of old sound. */
const MAX_LAG_SLOTS = 10;

export interface FrameSink {
  /** Encodes and sends 480 samples now. `slot` counts 20 ms steps since the output was made. */
  (frame: Int16Array, slot: number, first: boolean): void;
}

/** Sends sound in real time: one 20 ms frame per slot of an absolute schedule (WebRTC has no other way to wait). */
export function pacedOutput(sendFrame: FrameSink, clock: Clock = systemClock): CreateOutput {
  return (emit) => new PacedOutput(sendFrame, emit, clock);
}

class PacedOutput implements AudioOutput {
  readonly buffered = true;
  readonly #sendFrame: FrameSink;
  readonly #emit: Parameters<CreateOutput>[0];
  readonly #clock: Clock;
  readonly #origin: number;
  readonly #silence = new Int16Array(FRAME_SAMPLES);
  #queue: SoundQueue[] = [];
  /** Responses cut while still being made: what they add later is dropped until they finish. */
  readonly #dropped = new Set<string>();
  #tail = 0;
  #nextSlot = 0;
  #first = true;
  #stopTimer: (() => void) | undefined;
  #closed = false;

  constructor(sendFrame: FrameSink, emit: Parameters<CreateOutput>[0], clock: Clock) {
    this.#sendFrame = sendFrame;
    this.#emit = emit;
    this.#clock = clock;
    this.#origin = clock.now();
    // Opens the browser's jitter buffer before the first word.
    this.#rest();
  }

  write(part: SoundPart, samples: Int16Array): void {
    if (this.#closed || this.#dropped.has(part.responseId)) return;
    let queue = this.#queue.find(({ responseId }) => responseId === part.responseId);
    if (!queue) {
      queue = new SoundQueue(part.responseId);
      this.#queue.push(queue);
    }
    queue.write(part, samples);
    this.#run();
  }

  finish(responseId: string): void {
    this.#dropped.delete(responseId);
    this.#queue.find((queue) => queue.responseId === responseId)?.finish();
    this.#run();
  }

  clear(): Cut | null {
    const [head] = this.#queue;
    for (const queue of this.#queue) if (!queue.finished) this.#dropped.add(queue.responseId);
    this.#queue = [];
    if (!head) return null;
    this.#rest();
    return head.cut();
  }

  close(): void {
    this.#closed = true;
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #rest(): void {
    this.#tail = TAIL_FRAMES;
    this.#run();
  }

  #currentSlot(): number {
    return Math.floor((this.#clock.now() - this.#origin) / FRAME_MS);
  }

  #run(): void {
    if (this.#stopTimer || this.#closed) return;
    const slot = this.#currentSlot();
    if (slot > this.#nextSlot) {
      this.#nextSlot = slot;
      this.#first = true;
    }
    this.#schedule();
  }

  #schedule(): void {
    const wait = this.#origin + this.#nextSlot * FRAME_MS - this.#clock.now();
    this.#stopTimer = this.#clock.after(Math.max(0, wait), () => this.#tick());
  }

  #tick(): void {
    this.#stopTimer = undefined;
    if (this.#currentSlot() - this.#nextSlot > MAX_LAG_SLOTS) {
      this.#nextSlot = this.#currentSlot();
      this.#first = true;
    }
    while (!this.#closed && this.#nextSlot <= this.#currentSlot()) {
      if (this.#queue.length === 0 && this.#tail === 0) return;
      this.#sendFrame(this.#nextFrame(), this.#nextSlot, this.#first);
      this.#first = false;
      this.#nextSlot += 1;
    }
    if (!this.#closed) this.#schedule();
  }

  /** The next 20 ms: sound of the first response, or silence while it has none ready, or while resting. */
  #nextFrame(): Int16Array {
    const [head] = this.#queue;
    if (!head) {
      this.#tail -= 1;
      return this.#silence;
    }
    const started = head.started;
    const frame = head.take(FRAME_SAMPLES);
    if (frame && !started) this.#emit({ type: 'output_audio_buffer.started', response_id: head.responseId });
    if (head.drained) {
      this.#queue.shift();
      this.#tail = TAIL_FRAMES;
      if (head.started) this.#emit({ type: 'output_audio_buffer.stopped', response_id: head.responseId });
    }
    return frame ?? this.#silence;
  }
}
