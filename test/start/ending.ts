/** Everything the program started, ended in reverse order, once. */
type Close = () => Promise<unknown> | unknown;

/** A part that does not end in this time is left behind; the process ends anyway. */
const patienceMs = 8000;

export class Ending {
  readonly #closers: Close[] = [];
  #ended: Promise<void> | undefined;
  readonly #abort = new AbortController();

  /** Aborted as soon as the ending begins. */
  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  /** What comes after the ending began is closed at once. */
  add(close: Close): void {
    if (this.#ended) void Promise.resolve(close()).catch(() => undefined);
    else this.#closers.push(close);
  }

  end(): Promise<void> {
    return (this.#ended ??= this.#endAll());
  }

  async #endAll(): Promise<void> {
    this.#abort.abort();
    for (const close of this.#closers.toReversed()) {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise((resolve) => (timer = setTimeout(resolve, patienceMs)));
      await Promise.race([Promise.resolve().then(close), late]).catch((error) => console.error(String(error)));
      clearTimeout(timer);
    }
  }
}
