/** Places for calls at once, of any number of relays. */
import type { Ledger, Pot } from '../caps/ledger.ts';
import type { Redis } from './connect.ts';
import { Remembered } from '../remembered.ts';
import { shareOf } from './insurance.ts';
import { mostKeys, shared, type StoreLine } from './line.ts';
import { keepPlace, takePlace } from './scripts.ts';

export interface SharedPlacesOptions {
  client: Redis;
  line: StoreLine;
  /** This relay's own, which outlives it. */
  own: Ledger;
  now: () => number;
}

interface Place {
  keys: readonly string[];
  ttlMs: number;
  /** Given by ourselves, after so many answers of the store. */
  alone?: number;
}

export class SharedPlaces {
  readonly #client: Redis;
  readonly #line: StoreLine;
  readonly #own: Ledger;
  readonly #now: () => number;
  /** This relay's: taken again at once in a store that has forgotten them. */
  readonly #mine = new Map<string, Place>();
  /** How many others had taken in a pot, and until when that is worth something. */
  readonly #others = new Remembered<{ places: number; until: number }>(mostKeys);

  constructor({ client, line, own, now }: SharedPlacesOptions) {
    this.#client = client;
    this.#line = line;
    this.#own = own;
    this.#now = now;
  }

  async take(place: string, pots: readonly Pot[], ttlMs: number): Promise<string | null> {
    const keys = pots.map(({ key }) => key);
    const most = pots.map((pot) => String(pot.most));
    const answer = await this.#line.ask(takePlace, keys, [place, String(ttlMs), ...most]);
    if (answer === null) return this.#takeAlone(place, pots, ttlMs);
    const [full = 0, ...taken] = answer;
    keys.forEach((key, index) => {
      const places = Math.max(0, taken[index]! - this.#countIn(key));
      this.#others.set(key, { places, until: this.#now() + ttlMs });
    });
    if (full > 0) return keys[full - 1]!;
    this.#mine.set(place, { keys, ttlMs });
    // For the time when the store is down.
    await this.#own.keep(place, keys, ttlMs);
    return null;
  }

  async #takeAlone(place: string, pots: readonly Pot[], ttlMs: number): Promise<string | null> {
    const full = pots.find((pot) => !this.#mayGive(pot));
    if (full) return full.key;
    // At once: others ask meanwhile.
    this.#mine.set(place, { keys: pots.map(({ key }) => key), ttlMs, alone: this.#line.answers });
    const ownFull = await this.#own.take(place, pots, ttlMs);
    if (ownFull !== null) this.#mine.delete(place);
    return ownFull;
  }

  #mayGive({ key, most }: Pot): boolean {
    const others = this.#others.get(key);
    const theirs = others !== undefined && others.until > this.#now() ? others.places : 0;
    const given = this.#countIn(key, this.#line.answers);
    return given < shareOf(most - theirs - (this.#countIn(key) - given), this.#line.relays);
  }

  #countIn(key: string, alone?: number): number {
    let count = 0;
    for (const place of this.#mine.values()) {
      if (place.keys.includes(key) && (alone === undefined || place.alone === alone)) count += 1;
    }
    return count;
  }

  async keep(place: string, keys: readonly string[], ttlMs: number): Promise<void> {
    this.#mine.set(place, { ...this.#mine.get(place), keys, ttlMs });
    await this.#own.keep(place, keys, ttlMs);
    await this.#tell(place, keys, ttlMs).catch(() => undefined);
  }

  async leave(place: string, keys: readonly string[]): Promise<void> {
    this.#mine.delete(place);
    await this.#own.leave(place, keys);
    await Promise.all(keys.map((key) => this.#client.zRem(shared(key), place))).catch(() => undefined);
  }

  async tellAll(): Promise<void> {
    await Promise.all([...this.#mine].map(([place, { keys, ttlMs }]) => this.#tell(place, keys, ttlMs)));
  }

  async #tell(place: string, keys: readonly string[], ttlMs: number): Promise<void> {
    await this.#client.eval(keepPlace, { keys: keys.map(shared), arguments: [place, String(ttlMs)] });
  }
}
