import type { Clock } from './clock.ts';

/** The silence after an answer has been heard, and its limit (`idle_timeout_ms`, realtime-protocol 2.4). */
export class IdleTimeout {
  readonly #clock: Clock;
  readonly #position: () => number;
  readonly #expired: (startMs: number) => void;
  #call: (() => void) | undefined;
  #startMs: number | null = null;

  /** `position` says where the heard sound is, in ms; `expired` is given where the silence began. */
  constructor(clock: Clock, position: () => number, expired: (startMs: number) => void) {
    this.#clock = clock;
    this.#position = position;
    this.#expired = expired;
  }

  /** Where the silence being measured began, in ms; null when none is. */
  get startMs(): number | null {
    return this.#startMs;
  }

  /** The answer will have been heard in `inMs`; `limitMs` later the silence was too long. */
  begin(inMs: number, limitMs: number): void {
    this.stop();
    if (inMs > 0) {
      this.#call = this.#clock.after(inMs, () => this.begin(0, limitMs));
      return;
    }
    const startMs = this.#position();
    this.#startMs = startMs;
    this.#call = this.#clock.after(limitMs, () => {
      this.stop();
      this.#expired(startMs);
    });
  }

  stop(): void {
    this.#call?.();
    this.#call = undefined;
    this.#startMs = null;
  }
}
