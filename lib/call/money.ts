/** What a call has cost, beside what was spent before it. Pure. */
import type { CallPlan } from '../protocol/messages.ts';
import { priceOf, transcriptionUsdPerMinute } from '../protocol/prices.ts';
import type { Money } from '../protocol/snapshot.ts';
import type { News } from '../session/news.ts';
import { addResponse, addTranscription, capState, type CapState, type Spend } from './spend.ts';
import type { CallState } from './state.ts';

/** What the coordinator knew when this call had cost `usd`, in US dollars; `today` and `month` count that. */
export interface Booked {
  usd: number;
  today: number;
  month: number;
}

/** The answer to `spent`; null when it is none. */
export function spentOf(answer: unknown): Pick<Booked, 'today' | 'month'> | null {
  const { today, month } = { ...(answer as Partial<Booked> | null) };
  return typeof today === 'number' && typeof month === 'number' ? { today, month } : null;
}

/** The local engine costs nothing; before the line is open nobody knows who answers. */
export function isPaid({ provider }: Pick<CallState, 'provider'>): boolean {
  return provider !== null && provider !== 'local';
}

export function spendAfter(state: CallState, news: News): Spend {
  const { spend, model, provider, recogniser } = state;
  if (!isPaid(state)) return spend;
  switch (news.type) {
    case 'response-done':
      return addResponse(spend, { id: news.responseId, usage: news.usage }, priceOf(model ?? '', provider));
    case 'person-written':
      return addTranscription(spend, news.seconds, transcriptionUsdPerMinute(recogniser ?? ''));
    default:
      return spend;
  }
}

/** Null before anything was counted, and where the provider is free. */
export function moneyOf(state: CallState): Money | null {
  const { spend } = state;
  if (!isPaid(state) || (spend.usd === 0 && spend.unpriced === 0)) return null;
  const { today, month } = withEarlier(state);
  return { call: spend.usd, today, month, partial: spend.unpriced > 0, level: capOf(state).level };
}

/** How near the person's limits are. What is not known yet of the day counts as nothing. */
export function capOf(state: CallState): CapState {
  const { plan, spend } = state;
  const day = withEarlier(state).today ?? spend.usd;
  return capState({ call: spend.usd, day }, capsOf(isPaid(state) ? plan : null));
}

function capsOf(plan: CallPlan | null) {
  return { call: plan?.limits.callUsd ?? null, day: plan?.limits.dayUsd ?? null };
}

/** The last answer may be one or two responses old: what came since is added. */
function withEarlier({ spend, booked }: CallState): Pick<Money, 'today' | 'month'> {
  if (!booked) return { today: null, month: null };
  const since = spend.usd - booked.usd;
  return { today: booked.today + since, month: booked.month + since };
}
