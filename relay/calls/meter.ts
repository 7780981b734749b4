/** Counts one call while it runs: its time by the clock, its money by what is seen of it, or by the list price of time. */
import { reached, usedUp, type Caps, type Used } from '../caps/caps.ts';
import type { Who } from '../caps/who.ts';
import { Refusal } from '../refusal.ts';
import { microUsdOf } from '../usage/cost.ts';
import type { ModelPrices } from '../usage/prices.ts';
import { readUsage } from '../usage/read-usage.ts';
import type { UsageBook } from '../usage/usage-book.ts';

export interface MeterParts {
  caps: Caps;
  usage: UsageBook;
  now: () => number;
  /** Whether this device may still call: its token may be revoked in the middle. */
  mayCall(device: string): Promise<boolean>;
  /** Something could not be counted. */
  onFail(error: unknown): void;
}

export interface MeterOptions extends MeterParts {
  place: string;
  who: Who;
  model: string;
  prices: ModelPrices;
  /** Writes down what the person says; null for none. */
  transcriptionModel: string | null;
  startedAt: number;
  /** Of a call that another relay counted: until when, and how much. */
  countedUntil?: number;
  microUsd?: number;
  /** The call must end, and why, for the person. Again at every look while it has not. */
  onOver(why: Refusal): void;
}

/** An answer comes faster than it is spoken: what was cut after a second may have been a long one. */
const shortestCutMs = 60_000;

export class Meter {
  readonly #options: MeterOptions;
  #countedUntil: number;
  #microUsd: number;
  #work: Promise<void> = Promise.resolve();
  #closed = false;
  /** When an answer began whose end has not been heard; null while there is none. */
  #answeringSince: number | null = null;
  /** False: nothing is seen of what the call costs, and its time is counted at the list price. */
  seen = true;

  constructor(options: MeterOptions) {
    this.#options = options;
    this.#countedUntil = options.countedUntil ?? options.startedAt;
    this.#microUsd = options.microUsd ?? 0;
  }

  get used(): Used {
    return { ms: this.#countedUntil - this.#options.startedAt, microUsd: this.#microUsd };
  }

  get countedUntil(): number {
    return this.#countedUntil;
  }

  /** A text that the provider sent in this call. */
  heard(text: Parameters<typeof readUsage>[0]): void {
    if (this.#closed) return;
    const usage = readUsage(text);
    if (usage === null) return;
    if (usage.kind === 'begun') this.#answeringSince ??= this.#options.now();
    if (usage.kind === 'answer') this.#answeringSince = null;
    const cost = microUsdOf(usage, this.#options.prices, this.#options.transcriptionModel);
    if (cost === 0 || !this.seen) return;
    const counted = this.#next(async () => {
      await this.#count(0, cost, 0);
      await this.#look();
    });
    counted.catch(this.#options.onFail);
  }

  /** Counts the time since the last look, keeps the place, and looks whether the call may go on. */
  look(): Promise<void> {
    return this.#next(async () => {
      const { caps, place, who } = this.#options;
      await this.#countTime();
      await caps.keep(place, who);
      await this.#look();
    });
  }

  /** Counts what is left and gives the place back. Harmless when repeated. */
  close(): Promise<void> {
    if (this.#closed) return this.#work;
    this.#closed = true;
    return this.#next(async () => {
      await this.#countTime();
      await this.#countCutAnswer();
      await this.#options.caps.leave(this.#options.place, this.#options.who);
    });
  }

  async #countTime(): Promise<void> {
    const { now, prices } = this.#options;
    const until = Math.max(now(), this.#countedUntil);
    const ms = until - this.#countedUntil;
    this.#countedUntil = until;
    const bound = this.seen ? 0 : Math.round((ms / 60_000) * prices.unseenMinute * 1e6);
    await this.#count(ms, bound, bound);
  }

  /** Whoever leaves in the middle of an answer is billed for it; that nobody may talk for free by leaving, it counts. */
  async #countCutAnswer(): Promise<void> {
    const { now, prices } = this.#options;
    if (this.#answeringSince === null || !this.seen) return;
    const ms = Math.max(shortestCutMs, now() - this.#answeringSince);
    const bound = Math.round((ms / 60_000) * prices.unseenMinute * 1e6);
    await this.#count(0, bound, bound);
  }

  async #count(ms: number, microUsd: number, unseenMicroUsd: number): Promise<void> {
    const { caps, usage, who, model } = this.#options;
    this.#microUsd += microUsd;
    await usage.record({ who, model, ms, microUsd, unseenMicroUsd });
    await caps.count(who, { ms, microUsd });
  }

  async #look(): Promise<void> {
    if (this.#closed) return;
    const why = await this.#whyNot();
    if (why !== null && !this.#closed) this.#options.onOver(why);
  }

  async #whyNot(): Promise<Refusal | null> {
    const { caps, who, mayCall } = this.#options;
    const over = caps.overCall(this.used) ?? (await caps.over(who));
    if (over !== null) return new Refusal('limit_reached', usedUp(over), { limit: reached(over) });
    if (await mayCall(who.device)) return null;
    return new Refusal(
      'device_token_invalid',
      'The relay’s owner has revoked this device. Ask for another pairing code.',
    );
  }

  /** One after the other, whatever becomes of the one before. */
  #next(work: () => Promise<void>): Promise<void> {
    const next = this.#work.then(work);
    this.#work = next.catch(() => undefined);
    return next;
  }
}
