/**
 * What models cost here: the list that the extension shows too, what the owner has set, and the dearest for all else. What a
 * provider really bills may differ by contract; limits of money hold to these.
 */
import * as z from 'zod';
import {
  dearestTranscription,
  priceOf,
  pricedModels,
  transcriptionUsdPerMinute,
  type Rate,
} from '../../lib/protocol/prices.ts';

const rate = z.number().nonnegative().max(100_000);
/** US dollars for a million tokens: read, read again from the cache, written. */
const rates = z.strictObject({ input: rate, cached: rate, output: rate });

export const modelPrices = z.strictObject({
  text: rates,
  audio: rates,
  image: rates.omit({ output: true }),
  /** For a minute of a call that the relay does not see into: the dearest one that is likely. */
  unseenMinute: rate,
});
export type ModelPrices = z.infer<typeof modelPrices>;

/** By the names of models; a dated name counts as the one without a date. */
export type Prices = Readonly<Record<string, ModelPrices>>;

/**
 * People have reported 0.07 to 0.53 dollars for a minute of the large models, whose sound costs 32 dollars: the whole context
 * is read again at each turn.
 */
const unseenMinuteOf = (audio: Rate): number => (0.6 * audio.input) / 32;

/** The newest day on which somebody has looked at one of the list. */
export const pricesAt = pricedModels().reduce((last, model) => {
  const { seen } = priceOf(model)!;
  return seen > last ? seen : last;
}, '');

export const listPrices: Prices = Object.fromEntries(
  pricedModels().map((model) => {
    const { text, audio, image } = priceOf(model)!;
    return [model, { text, audio, image, unseenMinute: unseenMinuteOf(audio) }];
  }),
);

const free: Rate = { input: 0, cached: 0, output: 0 };
export const freePrices: ModelPrices = { text: free, audio: free, image: { input: 0, cached: 0 }, unseenMinute: 0 };

/** A model that is not in the list costs as the dearest that is: a limit must not be passed by a name. */
export function pricesOf(model: string, prices: Prices): ModelPrices {
  const found = find(model, prices);
  if (found) return found;
  const [dearest] = Object.values(prices).toSorted((a, b) => b.unseenMinute - a.unseenMinute);
  return dearest ?? freePrices;
}

/** A model as it may be written down: a socket may name anything, and what is not in the list is one thing. */
export function accountOf(model: string, prices: Prices): string {
  return find(model, prices) ? model : 'other';
}

/** Dollars for a minute; the dearest for a model that is not in the list. */
export function transcriptionPrice(model: string): number {
  return transcriptionUsdPerMinute(model) ?? dearestTranscription();
}

function find(model: string, prices: Prices): ModelPrices | undefined {
  const plain = model.replace(/-\d{4}-\d{2}-\d{2}$/, '');
  return Object.hasOwn(prices, plain) ? prices[plain] : undefined;
}
