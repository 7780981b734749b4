/** Holds calls to what their owner allows: how many, at once, in time and in money, for a device, a person, an address and all. */
import type { ReachedLimit } from '../../lib/protocol/reached.ts';
import { Refusal } from '../refusal.ts';
import type { Ledger, Pot } from './ledger.ts';
import { scopes, type Rule, type Rules, type Scope } from './rules.ts';
import { spanEnd, spanName, type CalendarSpan } from './spans.ts';
import { forWhom, idOf, type Who } from './who.ts';

/** What a call used. */
export interface Used {
  ms: number;
  /** Millionths of a dollar, whole. */
  microUsd: number;
}

/** One limit and how much of it is used. `resetsAt` is null for what is not counted by the calendar. */
export interface Left extends ReachedLimit {
  used: number;
}

/** How long a place is taken without a sign of its call, ms. */
export const placeMs = 60_000;

type SpanRule = Rule & { measure: Exclude<Rule['measure'], 'calls'>; per: CalendarSpan };

export class Caps {
  readonly rules: Rules;
  readonly #ledger: Ledger;
  readonly #now: () => number;

  constructor(rules: Rules, ledger: Ledger, now: () => number = Date.now) {
    this.rules = rules;
    this.#ledger = ledger;
    this.#now = now;
  }

  /** Throws `limit_reached` when time or money is used up for somebody, with the seconds until there is some again. */
  async check(who: Who): Promise<void> {
    const over = await this.over(who);
    if (over === null) return;
    const retryAfterS = Math.max(1, (over.resetsAt ?? 0) - Math.floor(this.#now() / 1000));
    throw new Refusal('limit_reached', `${usedUp(over)} Try again in ${waitWords(retryAfterS)}.`, {
      retryAfterS,
      reason: `${over.of}-${over.what}-${over.per}`,
      limit: reached(over),
    });
  }

  /** Counts one call more. Throws `rate_limited` when there are none left for somebody, with the seconds until there are. */
  async spend(who: Who): Promise<void> {
    const counted = this.#spanRules(who).filter(({ rule }) => rule.measure === 'requests');
    if (counted.length === 0) return;
    const now = this.#now();
    const budgets = counted.map(({ key, rule }) => ({ key, most: rule.most, until: spanEnd(rule.per, now) }));
    const full = await this.#ledger.spend(budgets);
    if (full === null) return;
    const { scope, rule } = counted.find(({ key }) => key === full)!;
    const resetsAt = Math.ceil(spanEnd(rule.per, now) / 1000);
    const retryAfterS = Math.max(1, Math.ceil(resetsAt - now / 1000));
    const words = `The ${rule.most} calls for this ${rule.per} ${forWhom[scope]} are used up.`;
    throw new Refusal('rate_limited', `${words} Try again in ${waitWords(retryAfterS)}.`, {
      retryAfterS,
      reason: `${scope}-requests-${rule.per}`,
      limit: { of: scope, what: 'requests', per: rule.per, most: rule.most, resetsAt },
    });
  }

  /** Takes a place for a call, `placeMs` at a time. Throws `rate_limited` where there are as many as may be at once. */
  async take(place: string, who: Who): Promise<void> {
    const pots = this.#pots(who);
    if (pots.length === 0) return;
    const full = await this.#ledger.take(place, pots, placeMs);
    if (full === null) return;
    const { most, scope } = pots.find(({ key }) => key === full)!;
    const words = `There are ${most} calls at once already ${forWhom[scope]}. End one, or try again in 5 s.`;
    const limit = { of: scope, what: 'calls', per: null, most, resetsAt: null } as const;
    throw new Refusal('rate_limited', words, { retryAfterS: 5, reason: `${scope}-calls`, limit });
  }

  async keep(place: string, who: Who): Promise<void> {
    const keys = this.#pots(who).map(({ key }) => key);
    if (keys.length > 0) await this.#ledger.keep(place, keys, placeMs);
  }

  async leave(place: string, who: Who): Promise<void> {
    const keys = this.#pots(who).map(({ key }) => key);
    if (keys.length > 0) await this.#ledger.leave(place, keys);
  }

  async count(who: Who, { ms, microUsd }: Used): Promise<void> {
    const now = this.#now();
    const additions = this.#spanRules(who).map(({ key, rule }) => ({
      key,
      amount: rule.measure === 'requests' ? 0 : Math.round(rule.measure === 'minutes' ? ms : microUsd),
      until: spanEnd(rule.per, now),
    }));
    const some = additions.filter(({ amount }) => amount > 0);
    if (some.length > 0) await this.#ledger.count(some);
  }

  /** The limit of time or money that is reached, or null. Of several the one that lasts longest: till then no call begins. */
  async over(who: Who): Promise<Left | null> {
    const left = await this.left(who);
    return left.findLast(({ what, used, most }) => what !== 'requests' && used >= most) ?? null;
  }

  /** The limit of one call that it has reached by itself, or null. */
  overCall({ ms, microUsd }: Used): Left | null {
    for (const scope of scopes) {
      for (const { measure, per, most } of this.rules[scope]) {
        if (per !== 'call') continue;
        const used = measure === 'minutes' ? ms / 60_000 : microUsd / 1e6;
        if (used >= most) return { of: scope, what: measure, per, most, used, resetsAt: null };
      }
    }
    return null;
  }

  /** All limits that are counted by the calendar for somebody, those that end soonest first. */
  async left(who: Who): Promise<Left[]> {
    return (await this.#spanLeft(who)).toSorted((a, b) => (a.resetsAt ?? 0) - (b.resetsAt ?? 0));
  }

  async #spanLeft(who: Who): Promise<Left[]> {
    const counted = this.#spanRules(who);
    if (counted.length === 0) return [];
    const totals = await this.#ledger.totals(counted.map(({ key }) => key));
    return counted.map(({ scope, rule: { measure, per, most } }, index) => ({
      of: scope,
      what: measure,
      per,
      most,
      used: (totals[index] ?? 0) / unitOf[measure],
      resetsAt: Math.ceil(spanEnd(per, this.#now()) / 1000),
    }));
  }

  #spanRules(who: Who): { key: string; scope: Scope; rule: SpanRule }[] {
    const now = this.#now();
    return scopes.flatMap((scope) =>
      this.rules[scope]
        .filter((rule): rule is SpanRule => isCounted(rule))
        .map((rule) => ({
          key: `${rule.measure}:${rule.per}:${spanName(rule.per, now)}:${scope}:${idOf(scope, who)}`,
          scope,
          rule,
        })),
    );
  }

  #pots(who: Who): (Pot & { scope: Scope })[] {
    return scopes.flatMap((scope) =>
      this.rules[scope]
        .filter(({ measure }) => measure === 'calls')
        .map(({ most }) => ({ key: `calls:${scope}:${idOf(scope, who)}`, most, scope })),
    );
  }
}

/** As data, for whoever is refused. */
export function reached({ of, what, per, most, resetsAt }: Left): ReachedLimit {
  return { of, what, per, most, resetsAt };
}

/** For a person: what is used up, and who can change it. */
export function usedUp({ of, what, per, most }: Left): string {
  const amount = what === 'usd' ? `$${most}` : `${most} minutes`;
  const span = per === 'call' ? 'for one call' : `for this ${per}`;
  return `The ${amount} ${span} ${forWhom[of]} are used up; the relay's owner can raise LIMIT_${of.toUpperCase()}.`;
}

/** What is counted is whole: milliseconds, and millionths of a dollar. */
const unitOf: Readonly<Record<SpanRule['measure'], number>> = { requests: 1, minutes: 60_000, usd: 1e6 };

function isCounted({ measure, per }: Rule): boolean {
  return measure !== 'calls' && per !== null && per !== 'call';
}

function waitWords(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} minutes` : `${Math.ceil(seconds / 3600)} hours`;
}
