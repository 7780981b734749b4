/**
 * One ledger for any number of relays. What this relay counted is in its own file first and is then told to the shared
 * store, as its own total: neither the death of a relay nor that of the store loses any of it. While the store is down
 * the others' last known totals go on to count, and a tenth of the places is given.
 */
import type { Addition, Ledger, Pot } from '../caps/ledger.ts';
import type { Redis } from './connect.ts';
import { keepPlace, othersTotals, publishTotals, takePlace } from './scripts.ts';

const insuredShare = 10;
const longestSpanMs = 31 * 86_400_000;
/** So many totals of the others are remembered for the time without the store. */
const mostRemembered = 100_000;

export interface SharedLedgerOptions {
  client: Redis;
  /** This relay's own, which outlives it. */
  own: Ledger;
  /** This relay's name in the store: the same whenever it has the same `own`. */
  relay: string;
  now?: () => number;
}

export class SharedLedger implements Ledger {
  readonly #client: Redis;
  readonly #own: Ledger;
  readonly #relay: string;
  readonly #now: () => number;
  /** Keys that this relay counted in, with their ends: told again whenever the store comes back, maybe empty. */
  readonly #mine = new Map<string, number>();
  readonly #others = new Map<string, number>();
  /** Places of this relay's calls: taken again at once in a store that has forgotten them. */
  readonly #places = new Map<string, { keys: readonly string[]; ttlMs: number }>();

  constructor({ client, own, relay, now = Date.now }: SharedLedgerOptions) {
    this.#client = client;
    this.#own = own;
    this.#relay = relay;
    this.#now = now;
    client.on('ready', () => void this.#retell().catch(() => undefined));
  }

  async take(place: string, pots: readonly Pot[], ttlMs: number): Promise<string | null> {
    const keys = pots.map(({ key }) => key);
    try {
      const full = Number(
        await this.#client.eval(takePlace, {
          keys: keys.map(shared),
          arguments: [place, String(ttlMs), ...pots.map(({ most }) => String(most))],
        }),
      );
      if (full > 0) return keys[full - 1] ?? null;
      // For the time when the store is down.
      this.#places.set(place, { keys, ttlMs });
      await this.#own.keep(place, keys, ttlMs);
      return null;
    } catch {
      const fewer = pots.map(({ key, most }) => ({ key, most: Math.max(1, Math.floor(most / insuredShare)) }));
      const full = await this.#own.take(place, fewer, ttlMs);
      if (full === null) this.#places.set(place, { keys, ttlMs });
      return full;
    }
  }

  async keep(place: string, keys: readonly string[], ttlMs: number): Promise<void> {
    this.#places.set(place, { keys, ttlMs });
    await this.#own.keep(place, keys, ttlMs);
    await this.#keepShared(place, keys, ttlMs).catch(() => undefined);
  }

  async #keepShared(place: string, keys: readonly string[], ttlMs: number): Promise<void> {
    const asked = { keys: keys.map(shared), arguments: [place, String(ttlMs)] };
    await this.#client.eval(keepPlace, asked);
  }

  async leave(place: string, keys: readonly string[]): Promise<void> {
    this.#places.delete(place);
    await this.#own.leave(place, keys);
    await Promise.all(keys.map((key) => this.#client.zRem(shared(key), place))).catch(() => undefined);
  }

  async count(additions: readonly Addition[]): Promise<void> {
    await this.#own.count(additions);
    for (const { key, until } of additions) this.#mine.set(key, until);
    await this.#publish(additions.map(({ key }) => key)).catch(() => undefined);
  }

  async totals(keys: readonly string[]): Promise<number[]> {
    const own = await this.#own.totals(keys);
    // Counted before this relay started again, and maybe before the store did.
    const untold = keys.filter((key, index) => (own[index] ?? 0) > 0 && !this.#mine.has(key));
    for (const key of untold) this.#mine.set(key, this.#now() + longestSpanMs);
    if (untold.length > 0) await this.#publish(untold).catch(() => undefined);
    const others = await this.#client
      .eval(othersTotals, { keys: keys.map(shared), arguments: [this.#relay] })
      .then((sums) => (sums as unknown[]).map(Number))
      .catch(() => null);
    return keys.map((key, index) => {
      // Less than before: the store has forgotten, and the others have not told it again yet.
      const known = Math.max(others?.[index] ?? 0, this.#others.get(key) ?? 0);
      if (known > 0) this.#remember(key, known);
      return (own[index] ?? 0) + known;
    });
  }

  async ready(): Promise<void> {
    await this.#own.ready();
    await this.#client.ping();
  }

  /** The store is back, and may have forgotten everything. */
  async #retell(): Promise<void> {
    const places = [...this.#places].map(([place, { keys, ttlMs }]) => this.#keepShared(place, keys, ttlMs));
    await Promise.all([...places, this.#publish([...this.#mine.keys()])]);
  }

  #remember(key: string, known: number): void {
    // At the end of the line again: what nobody asks for is forgotten first.
    this.#others.delete(key);
    this.#others.set(key, known);
    const [oldest] = this.#others.keys();
    if (this.#others.size > mostRemembered && oldest !== undefined) this.#others.delete(oldest);
  }

  async #publish(keys: readonly string[]): Promise<void> {
    const now = this.#now();
    for (const [key, until] of this.#mine) {
      if (until > now) continue;
      this.#mine.delete(key);
      this.#others.delete(key);
    }
    const live = keys.filter((key) => this.#mine.has(key));
    if (live.length === 0) return;
    const totals = await this.#own.totals(live);
    const said = live.flatMap((key, index) => [String(totals[index] ?? 0), String(this.#mine.get(key))]);
    await this.#client.eval(publishTotals, { keys: live.map(shared), arguments: [this.#relay, ...said] });
  }
}

/** In one slot of a cluster: a script may touch several. */
function shared(key: string): string {
  return `{parley}:${key}`;
}
