/**
 * One response at a time: a `response.create` while another is running is refused by the provider, so it waits here.
 * A response that the provider starts by itself (turn detection) answers whatever was wanted before it, and counts.
 */
/** One that the provider speaks of, and whose beginning we were not told. */
const unknown = 'unknown';

export class ResponseGate {
  #active: string | null = null;
  #requested = false;
  #wanted = false;
  /** What was asked for is asked for once more: refused, it is there already. */
  #again = false;
  readonly #create: () => void;

  constructor(create: () => void) {
    this.#create = create;
  }

  get active(): boolean {
    return this.#active !== null || this.#requested;
  }

  /** One has begun, and is not over. */
  get running(): boolean {
    return this.#active !== null;
  }

  /** Asks for a response now, or as soon as the running one is done. Several wishes become one response. */
  want(): void {
    this.#wanted = true;
    this.#next();
  }

  started(responseId: string): void {
    this.#active = responseId;
    // What is wanted since we asked came behind our request, and this response does not know it.
    if (!this.#requested) this.#wanted = false;
    this.#requested = false;
  }

  done(responseId: string): void {
    // A late `done` of an older response must not open the gate for the running one.
    if (this.#active !== null && this.#active !== unknown && this.#active !== responseId) return;
    this.#active = null;
    this.#requested = false;
    this.#again = false;
    this.#next();
  }

  /** Asks once more, whatever became of the first time. */
  again(): void {
    this.#active = null;
    this.#wanted = false;
    this.#requested = true;
    this.#again = true;
    this.#create();
  }

  /** Nobody waits for a response any more. */
  forget(): void {
    this.#active = null;
    this.#requested = false;
    this.#wanted = false;
    this.#again = false;
  }

  /** The provider refused our request because one was running: its `done` will let the wish through. */
  refused(): void {
    this.#requested = false;
    this.#wanted = !this.#again;
    this.#again = false;
    this.#active ??= unknown;
  }

  #next(): void {
    if (!this.#wanted || this.active) return;
    this.#wanted = false;
    this.#requested = true;
    this.#create();
  }
}
