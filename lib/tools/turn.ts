/** What may be read for one thing that the person said. */

/** A model that calls more often goes round in circles. */
const mostCalls = 16;
const mostReads = 4;
/** 96 KB, in UTF-8, with room for the refusals of that many calls. */
const mostBytes = 90_000;

export class Turn {
  #calls = 0;
  #reads = 0;
  #bytes = 0;
  #origin: string | null = null;

  /** False: once too often. */
  call(): boolean {
    this.#calls += 1;
    return this.#calls <= mostCalls;
  }

  get mayRead(): boolean {
    return this.#reads < mostReads;
  }

  read(): void {
    this.#reads += 1;
  }

  /** The first site that is read binds the turn: what stands on one page must not lead to another. */
  allows(origin: string): boolean {
    this.#origin ??= origin;
    return this.#origin === origin;
  }

  get bytesLeft(): number {
    return Math.max(0, mostBytes - this.#bytes);
  }

  send(bytes: number): void {
    this.#bytes += bytes;
  }
}
