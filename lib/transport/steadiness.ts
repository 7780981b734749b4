/** Does the network take what is sent? Told only of changes; looked at with every message, and while it does not. */

/** About four seconds of microphone. */
const tooMuch = 256 * 1024;
/** A backlog that was sent at once is no sign; one that is still there is. */
const tolerableMs = 1_000;
const lookAgainMs = 250;

export class Steadiness {
  readonly #backlog: () => number;
  readonly #changed: (steady: boolean) => void;
  #fullSince: number | null = null;
  #steady = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(backlog: () => number, changed: (steady: boolean) => void) {
    this.#backlog = backlog;
    this.#changed = changed;
  }

  look(nowMs = performance.now()): void {
    const full = this.#backlog() > tooMuch;
    this.#fullSince = full ? (this.#fullSince ?? nowMs) : null;
    clearTimeout(this.#timer);
    if (full) this.#timer = setTimeout(() => this.look(), lookAgainMs);
    const steady = this.#fullSince === null || nowMs - this.#fullSince < tolerableMs;
    if (steady !== this.#steady) this.#changed((this.#steady = steady));
  }

  close(): void {
    clearTimeout(this.#timer);
  }
}
