/**
 * Texts that come before their reader is there. Whoever asked for a line gets it in the microtasks after it opened, so what
 * it said by then comes one task later.
 */
export class Inbox {
  #waiting: string[] | null = [];
  #take: (text: string) => void = () => undefined;

  put(text: string): void {
    if (this.#waiting) this.#waiting.push(text);
    else this.#take(text);
  }

  /** What has come so far, in order, and from then on what comes. */
  open(take: (text: string) => void): void {
    this.#take = take;
    setTimeout(() => {
      const waiting = this.#waiting ?? [];
      this.#waiting = null;
      for (const text of waiting) take(text);
    });
  }
}
