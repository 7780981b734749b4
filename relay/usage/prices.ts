/**
 * List prices in US dollars, as they were on `pricesAt` (realtime-protocol, section 6 and 2.3). What a provider really bills
 * may differ by contract; limits of money hold to these.
 */
import * as z from 'zod';

export const pricesAt = '2026-11-20';

const rate = z.number().nonnegative().max(100_000);
/** For a million tokens: read, read again from the cache, written. */
const rates = z.strictObject({ in: rate, cached: rate, out: rate });

export const modelPrices = z.strictObject({
  text: rates,
  audio: rates,
  image: rates,
  /** For a minute of a call that the relay does not see into: the dearest one that is likely. */
  unseenMinute: rate,
});
export type ModelPrices = z.infer<typeof modelPrices>;

/** By the names of models; a dated name counts as the one without a date. */
export type Prices = Readonly<Record<string, ModelPrices>>;

/** People have reported 0.07 to 0.53 dollars for a minute of the large models, the whole context read again each turn. */
const unseenLarge = 0.6;
const large = {
  text: { in: 4, cached: 0.4, out: 24 },
  audio: { in: 32, cached: 0.4, out: 64 },
  image: { in: 5, cached: 0.5, out: 0 },
  unseenMinute: unseenLarge,
};
const large1 = { ...large, text: { in: 4, cached: 0.4, out: 16 } };
/** Sound costs 10/32 of the large models'. */
const mini = {
  text: { in: 0.6, cached: 0.06, out: 2.4 },
  audio: { in: 10, cached: 0.3, out: 20 },
  image: { in: 0.8, cached: 0.08, out: 0 },
  unseenMinute: (unseenLarge * 10) / 32,
};

export const listPrices: Prices = {
  'gpt-realtime-2.1': large,
  'gpt-realtime-2.1-mini': mini,
  'gpt-realtime-2': large,
  'gpt-realtime-1.5': large1,
  'gpt-realtime': large1,
  'gpt-realtime-mini': mini,
};

export const freePrices: ModelPrices = {
  text: { in: 0, cached: 0, out: 0 },
  audio: { in: 0, cached: 0, out: 0 },
  image: { in: 0, cached: 0, out: 0 },
  unseenMinute: 0,
};

/** For a minute of what a person said, written down. */
const transcriptionMinute: Readonly<Record<string, number>> = {
  'gpt-realtime-whisper': 0.017,
  'gpt-live-transcribe': 0.017,
  'gpt-transcribe': 0.0045,
  'gpt-4o-transcribe': 0.006,
  'gpt-4o-mini-transcribe': 0.003,
  'whisper-1': 0.006,
};

/** A model that is not in the list costs as the dearest that is: a limit must not be passed by a name. */
export function pricesOf(model: string, prices: Prices): ModelPrices {
  const found = find(model, prices);
  if (found) return found;
  const dearest = Object.values(prices).toSorted((a, b) => b.unseenMinute - a.unseenMinute)[0];
  return dearest ?? large;
}

/** A model as it may be written down: a socket may name anything, and what is not in the list is one thing. */
export function accountOf(model: string, prices: Prices): string {
  return find(model, prices) ? model : 'other';
}

/** Dollars for a minute; the dearest for a model that is not in the list. */
export function transcriptionPrice(model: string): number {
  return find(model, transcriptionMinute) ?? Math.max(...Object.values(transcriptionMinute));
}

function find<T>(model: string, table: Readonly<Record<string, T>>): T | undefined {
  const plain = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.hasOwn(table, plain) ? table[plain] : undefined;
}
