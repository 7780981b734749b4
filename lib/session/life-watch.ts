/** Keeps an eye on a line, with a timer of its own. */
import { doubt, heard, lifeFrom, look, said, type Life, type Verdict } from './life.ts';

export interface Watched {
  /** Send something that must be answered. */
  ask(): void;
  /** Milliseconds since the last packet came, whatever was in it; null where nobody knows. */
  heardAgoMs(): Promise<number | null>;
  /** Told of changes. */
  verdict(verdict: Verdict): void;
}

/** The browser is not asked for packets while the provider talks. */
const talksMs = 1000;
/** A look that comes so late shows that the machine slept. */
const sleptMs = 2000;

export class LifeWatch {
  readonly #watched: Watched;
  #life: Life = lifeFrom(performance.now());
  #verdict: Verdict = 'alive';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** When the timer should look, by the clock on the wall: the other one may stand still while the machine sleeps. */
  #dueAt = Infinity;
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
    globalThis.addEventListener?.('online', () => this.doubt(), { signal });
    this.#look();
  }

  /** The provider said something. `answers`: what it says when it is asked. */
  said(answers: boolean): void {
    this.#life = said(this.#life, performance.now(), answers);
    if (this.#verdict === 'doubtful' && !this.#life.doubted) this.#tell('alive');
  }

  /** There is a reason not to believe what is said to be connected, until it has answered. */
  doubt(): void {
    if (this.#timer === undefined) return;
    this.#life = doubt(this.#life);
    this.#look();
  }

  close(): void {
    this.#closed.abort();
    clearTimeout(this.#timer);
  }

  async #lookLater(): Promise<void> {
    if (Date.now() - this.#dueAt > sleptMs) this.#life = doubt(this.#life);
    if (performance.now() - this.#life.signAt >= talksMs) {
      const agoMs = await this.#watched.heardAgoMs().catch(() => null);
      if (agoMs !== null) this.#life = heard(this.#life, performance.now() - agoMs);
    }
    this.#look();
  }

  #look(): void {
    if (this.#closed.signal.aborted) return;
    clearTimeout(this.#timer);
    const { life, verdict, ask, againMs } = look(this.#life, performance.now());
    this.#life = life;
    this.#dueAt = Date.now() + againMs;
    this.#timer = setTimeout(() => void this.#lookLater(), againMs);
    this.#tell(verdict);
    if (ask) this.#watched.ask();
  }

  #tell(verdict: Verdict): void {
    if (verdict === this.#verdict) return;
    this.#verdict = verdict;
    this.#watched.verdict(verdict);
  }
}
