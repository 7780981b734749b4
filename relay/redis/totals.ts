/** What calls used and how many were begun, counted by any number of relays, each of which tells its own total. */
import type { Addition, Budget, Ledger } from '../caps/ledger.ts';
import type { Redis } from './connect.ts';
import { Remembered } from '../remembered.ts';
import { shareOf } from './insurance.ts';
import { mostKeys, shared, type StoreLine } from './line.ts';
import { othersTotals, publishTotals, spendOne } from './scripts.ts';

const longestSpanMs = 31 * 86_400_000;

export interface SharedTotalsOptions {
  client: Redis;
  line: StoreLine;
  /** This relay's own, which outlives it. */
  own: Ledger;
  /** This relay's name in the store. */
  relay: string;
  now: () => number;
}

export class SharedTotals {
  readonly #client: Redis;
  readonly #line: StoreLine;
  readonly #own: Ledger;
  readonly #relay: string;
  readonly #now: () => number;
  /** Keys that this relay counted in, with their ends: told again whenever the store comes back, maybe empty. */
  readonly #mine = new Map<string, number>();
  /** What all others had counted in a key. */
  readonly #others = new Remembered<number>(mostKeys);
  /** What may still be spent without the store, which had given so many answers before. */
  #alone = { answers: 0, left: new Map<string, number>() };

  constructor({ client, line, own, relay, now }: SharedTotalsOptions) {
    this.#client = client;
    this.#line = line;
    this.#own = own;
    this.#relay = relay;
    this.#now = now;
  }

  async count(additions: readonly Addition[]): Promise<void> {
    await this.#countOwn(additions);
    await this.#publish(additions.map(({ key }) => key)).catch(() => undefined);
  }

  async #countOwn(additions: readonly Addition[]): Promise<void> {
    await this.#own.count(additions);
    for (const { key, until } of additions) this.#mine.set(key, until);
  }

  async spend(budgets: readonly Budget[]): Promise<string | null> {
    const keys = budgets.map(({ key }) => key);
    const own = await this.#own.totals(keys);
    const known = keys.map((key) => this.#others.get(key) ?? 0);
    const said = budgets.flatMap(({ most, until }, index) => [own[index]!, known[index]!, most, until].map(String));
    const answer = await this.#line.ask(spendOne, keys, [this.#relay, ...said]);
    let full: string | undefined;
    if (answer) {
      const [at = 0, ...theirs] = answer;
      keys.forEach((key, index) => this.#hear(key, theirs[index]!));
      full = keys[at - 1];
    } else {
      const lefts = budgets.map(({ most }, index) => most - own[index]! - known[index]!);
      full = this.#spendAlone(keys, lefts);
    }
    if (full !== undefined) return full;
    await this.#countOwn(budgets.map(({ key, until }) => ({ key, amount: 1, until })));
    return null;
  }

  #spendAlone(keys: readonly string[], lefts: readonly number[]): string | undefined {
    const { answers, relays } = this.#line;
    if (this.#alone.answers !== answers) this.#alone = { answers, left: new Map() };
    const { left } = this.#alone;
    const shares = keys.map((key, index) => left.get(key) ?? shareOf(lefts[index]!, relays));
    const full = keys.find((_key, index) => shares[index]! < 1);
    if (full === undefined) keys.forEach((key, index) => left.set(key, shares[index]! - 1));
    return full;
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
    return keys.map((key, index) => (own[index] ?? 0) + this.#hear(key, others?.[index] ?? 0));
  }

  /** Less than before: the store has forgotten, and the others have not told it again yet. */
  #hear(key: string, others: number): number {
    const known = Math.max(others, this.#others.get(key) ?? 0);
    if (known > 0) this.#others.set(key, known);
    return known;
  }

  tellAll(): Promise<void> {
    return this.#publish([...this.#mine.keys()]);
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
