/** Keeps an eye on a line, with a timer of its own. */
import { doubt, lifeFrom, look, sign, type Life, type Verdict } from './life.ts';

export interface Watched {
  /** Send something that must be answered. */
  ask(): void;
  /** Told of changes. */
  verdict(verdict: Verdict): void;
}

export class LifeWatch {
  readonly #watched: Watched;
  #life: Life = lifeFrom(performance.now());
  #verdict: Verdict = 'alive';
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #closed = new AbortController();

  constructor(watched: Watched) {
    this.#watched = watched;
  }

  /** From here on the provider answers. */
  start(): void {
    const { signal } = this.#closed;
    if (signal.aborted || this.#timer !== undefined) return;
    this.#life = lifeFrom(performance.now());
    // Another network may be there than the one that the line was made on.
    globalThis.addEventListener?.('online', () => this.#doubt(), { signal });
    this.#look();
  }

  /** Something came from the provider. */
  sign(): void {
    this.#life = sign(this.#life, performance.now());
    if (this.#verdict === 'doubtful') this.#tell('alive');
  }

  close(): void {
    this.#closed.abort();
    clearTimeout(this.#timer);
  }

  #doubt(): void {
    this.#life = doubt(this.#life);
    this.#look();
  }

  #look(): void {
    if (this.#closed.signal.aborted) return;
    clearTimeout(this.#timer);
    const { life, verdict, ask, againMs } = look(this.#life, performance.now());
    this.#life = life;
    this.#timer = setTimeout(() => this.#look(), againMs);
    this.#tell(verdict);
    if (ask && verdict === 'alive') this.#watched.ask();
  }

  #tell(verdict: Verdict): void {
    if (verdict === this.#verdict) return;
    this.#verdict = verdict;
    this.#watched.verdict(verdict);
  }
}
