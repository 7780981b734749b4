/** Gives a call that has reached a limit the time to say what it has to say. */
import { isActive } from '../protocol/snapshot.ts';
import { isQuiet } from './on-limits.ts';
import type { CallState } from './state.ts';

/** The voice begins a moment after its text, and may begin after the response is done. */
const quietMs = 1_000;
/** A sentence takes five seconds, and the answer before it may be a long one; a limit is a limit all the same. */
const longestMs = 30_000;

export class LastWords {
  readonly #over: () => void;
  #latest: ReturnType<typeof setTimeout> | undefined;
  #quiet: ReturnType<typeof setTimeout> | undefined;

  /** `over`: the call may end. */
  constructor(over: () => void) {
    this.#over = over;
  }

  after(state: CallState): void {
    if (state.ending === null || !isActive(state.phase)) return this.#stop();
    this.#latest ??= setTimeout(this.#over, longestMs);
    if (isQuiet(state)) this.#quiet ??= setTimeout(this.#over, quietMs);
    else this.#goOn();
  }

  #goOn(): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
  }

  #stop(): void {
    this.#goOn();
    clearTimeout(this.#latest);
    this.#latest = undefined;
  }
}
