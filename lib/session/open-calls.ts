/** Which outputs the model still waits for, and whether it has to be asked to go on when they are there. */
import { Seen } from './seen.ts';

/**
 * `answer`: the model goes on with it. `quiet`: only where it has said nothing in the response that made the call.
 * `last`: not at all.
 */
export type Answering = 'answer' | 'quiet' | 'last';

/** In one response. A model that makes more is out of its mind, and each would be a row and an event of its own. */
const mostCalls = 32;

export class OpenCalls {
  #count = 0;
  readonly #open = new Set<string>();
  readonly #seen = new Seen();
  /** Outputs that no response has seen yet. */
  #unseen = false;
  #unseenQuiet = false;
  #spoke = false;

  /** False: one too many, or one that was made before, which nobody looks at. */
  made(callId: string): boolean {
    if (!this.#seen.isNew(callId)) return false;
    this.#count += 1;
    if (this.#count > mostCalls) return false;
    this.#open.add(callId);
    return true;
  }

  /** The response that made the calls has words too. */
  spoke(): void {
    this.#spoke = true;
  }

  /** False when nobody waits for this output. */
  answered(callId: string, answering: Answering): boolean {
    if (!this.#open.delete(callId)) return false;
    if (answering === 'answer') this.#unseen = true;
    if (answering === 'quiet') this.#unseenQuiet = true;
    return true;
  }

  responseStarted(): void {
    this.#count = 0;
    this.#spoke = false;
    if (this.#open.size === 0) this.asked();
  }

  /** A response was asked for: it will see all that is there. */
  asked(): void {
    this.#unseen = false;
    this.#unseenQuiet = false;
  }

  /** All outputs of a response are there, and the model would go on with them. */
  get due(): boolean {
    return this.#open.size === 0 && (this.#unseen || (this.#unseenQuiet && !this.#spoke));
  }
}
