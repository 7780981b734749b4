import { costOf } from '../../lib/protocol/usage.ts';
import { transcriptionPrice, type ModelPrices } from './prices.ts';
import type { Usage } from './read-usage.ts';

/** Millionths of a dollar, whole. */
export function microUsdOf(usage: Usage, prices: ModelPrices, transcriptionModel: string | null): number {
  return Math.round(usdOf(usage, prices, transcriptionModel) * 1e6);
}

function usdOf(usage: Usage, prices: ModelPrices, transcriptionModel: string | null): number {
  if (usage.kind === 'begun') return 0;
  if (usage.kind === 'answer') return costOf(usage.use, prices);
  return transcriptionModel === null ? 0 : (usage.seconds / 60) * transcriptionPrice(transcriptionModel);
}
