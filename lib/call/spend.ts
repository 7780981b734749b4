/** What a call has cost so far, and when that is enough. Pure. */
import type { Price } from '../protocol/prices.ts';
import { addUse, costOf, noUse, useOf, type TokenUse } from '../protocol/usage.ts';

export interface Spend {
  /** US dollars, as far as prices are known. */
  usd: number;
  use: TokenUse;
  /** Responses whose price nobody knows: the sum is then only a part. */
  unpriced: number;
  /** The last responses that were counted: a line may deliver one twice. */
  counted: readonly string[];
}

export const noSpend: Spend = { usd: 0, use: noUse, unpriced: 0, counted: [] };

/** One may come again after a reconnection, not much later. */
const remembered = 16;

/** Adds a finished response, also a cancelled or failed one: what was generated is billed. `usage`: as it came. */
export function addResponse(spend: Spend, { id, usage }: { id: string; usage: unknown }, price: Price | null): Spend {
  const use = useOf(usage);
  if (!use || (id !== '' && spend.counted.includes(id))) return spend;
  return {
    usd: spend.usd + (price ? costOf(use, price) : 0),
    use: addUse(spend.use, use),
    unpriced: spend.unpriced + (price ? 0 : 1),
    counted: [...spend.counted, id].slice(-remembered),
  };
}

/** Adds what a recogniser took for writing down so much speech; it has its own bill. */
export function addTranscription(spend: Spend, seconds: number, usdPerMinute: number | null): Spend {
  if (!(seconds > 0) || !Number.isFinite(seconds)) return spend;
  return usdPerMinute === null
    ? { ...spend, unpriced: spend.unpriced + 1 }
    : { ...spend, usd: spend.usd + (seconds / 60) * usdPerMinute };
}

/** US dollars; null: no cap. */
export interface Caps {
  call: number | null;
  day: number | null;
}

export type CapLevel = 'below' | 'near' | 'reached';
/** `cap`: which one is nearest to its end; null without any. `share`: how much of it is used, 1 is all. */
export interface CapState {
  level: CapLevel;
  cap: keyof Caps | null;
  share: number;
}

/** From here on a person is warned. */
export const warnShare = 0.8;

/** `day` counts this call too. */
export function capState(spent: Record<keyof Caps, number>, caps: Caps): CapState {
  let state: CapState = { level: 'below', cap: null, share: 0 };
  for (const cap of ['call', 'day'] as const) {
    const limit = caps[cap];
    if (limit === null) continue;
    // A cap of nothing is reached by anything, and not before.
    const share = limit > 0 ? spent[cap] / limit : spent[cap] > 0 ? Infinity : 0;
    if (state.cap === null || share > state.share) state = { level: levelOf(share), cap, share };
  }
  return state;
}

function levelOf(share: number): CapLevel {
  if (share >= 1) return 'reached';
  return share >= warnShare ? 'near' : 'below';
}
