/**
 * Time and chance for a walk: timers, both clocks and `Math.random` of this process, until `restore`. An hour passes in
 * milliseconds, and the same walk is always the same.
 */
import { createRandom } from '../../../relay/local/faults/random.ts';

interface Timer {
  at: number;
  everyMs: number | null;
  run: () => void;
}

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  dateNow: Date.now,
  random: Math.random,
  now: performance.now.bind(performance),
};

/** Of timers that fall due; a busy minute has some thousand. */
const mostInOnePass = 20_000;

export class WalkClock {
  /** Milliseconds since the walk began; nobody sets it. */
  #now = 0;
  /** The clock on the wall goes wrong by this. */
  wallOffMs = 0;
  #asleepMs = 0;
  #timers = new Map<number, Timer>();
  #lastId = 0;

  constructor(seed: number) {
    Math.random = createRandom(seed);
    Date.now = () => this.wall();
    performance.now = () => this.#now;
    // The world's own `after` goes by the same list, so that all happens in one order.
    const set = (run: () => void, ms = 0, everyMs: number | null = null) => this.#set(run, ms, everyMs);
    Object.assign(globalThis, {
      setTimeout: (run: () => void, ms?: number) => set(run, ms),
      setInterval: (run: () => void, ms = 1) => set(run, ms, ms),
      clearTimeout: (id: number) => void this.#timers.delete(id),
      clearInterval: (id: number) => void this.#timers.delete(id),
    });
  }

  now(): number {
    return this.#now;
  }

  /** As `now`, without what was slept. */
  awake(): number {
    return this.#now - this.#asleepMs;
  }

  /** Unix milliseconds, as far as anybody can tell. */
  wall(): number {
    return Date.UTC(2026, 0, 1) + this.#now + this.wallOffMs;
  }

  /** Of everybody. */
  get timers(): number {
    return this.#timers.size;
  }

  /** What falls due happens in its order, and what each thing sets off before the next. */
  async pass(ms: number): Promise<void> {
    const end = this.#now + ms;
    await settled();
    let count = 0;
    for (let due = this.#due(end); due !== null; due = this.#due(end)) {
      const [id, timer] = due;
      if ((count += 1) > mostInOnePass) throw new Error('something goes round and round');
      this.#now = Math.max(this.#now, timer.at);
      if (timer.everyMs === null) this.#timers.delete(id);
      else timer.at = this.#now + timer.everyMs;
      timer.run();
      await settled();
    }
    this.#now = end;
  }

  /** The machine sleeps: what should have happened meanwhile happens when it wakes. */
  sleep(ms: number): void {
    this.#now += ms;
    this.#asleepMs += ms;
  }

  restore(): void {
    const { dateNow, random, now, ...timers } = real;
    Object.assign(globalThis, timers);
    Date.now = dateNow;
    Math.random = random;
    performance.now = now;
  }

  #set(run: () => void, ms: number, everyMs: number | null): number {
    const id = (this.#lastId += 1);
    // As in any browser: no timer is shorter.
    this.#timers.set(id, { at: this.#now + Math.max(1, ms), everyMs, run });
    return id;
  }

  #due(end: number): [number, Timer] | null {
    let first: [number, Timer] | null = null;
    for (const entry of this.#timers) if (entry[1].at <= end && (!first || entry[1].at < first[1].at)) first = entry;
    return first;
  }
}

/** Promises that need nothing but each other are done after this. */
export function settled(): Promise<void> {
  return new Promise((resolve) => real.setImmediate(resolve));
}
