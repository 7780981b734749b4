import { transcriptionPrice, type ModelPrices } from './prices.ts';
import type { Usage } from './read-usage.ts';

const kinds = ['text', 'audio', 'image'] as const;

/** Millionths of a dollar, whole (realtime-protocol, section 6): dollars for a million tokens are millionths for one. */
export function costOf(usage: Usage, prices: ModelPrices, transcriptionModel: string | null): number {
  if (usage.kind === 'begun') return 0;
  if (usage.kind === 'transcription') {
    return transcriptionModel === null
      ? 0
      : Math.round((usage.seconds / 60) * transcriptionPrice(transcriptionModel) * 1e6);
  }
  const cost = kinds.reduce((sum, kind) => {
    const cached = Math.min(usage.cached[kind], usage.read[kind]);
    const { in: fresh, cached: again, out } = prices[kind];
    return sum + (usage.read[kind] - cached) * fresh + cached * again + usage.written[kind] * out;
  }, 0);
  return Math.round(cost);
}
