/** What a model costs in figures that a person can reckon with. Pure. */
import { pricedModels, priceOf, transcriptionUsdPerMinute } from '../../protocol/prices.ts';

/**
 * The minute of talk that is reckoned with: each side speaks for half of it (10 tokens a second are heard, 20 spoken), in
 * four answers. For each the provider reads again, cheaply, what it was told: rules, tools and passages, and some minutes
 * of talk. The person's words are written down by the recogniser that relays use unless told otherwise.
 */
const minute = { heard: 300, spoken: 600, answers: 4, textAgain: 3000, audioAgain: 2000 };
const recogniser = 'gpt-realtime-whisper';

const million = 1_000_000;

/** US dollars for a minute of talk; null for a model of which no price is known. */
export function usdPerMinute(model: string): number | null {
  const price = priceOf(model);
  if (!price) return null;
  const { text, audio } = price;
  const again = minute.answers * (minute.textAgain * text.cached + minute.audioAgain * audio.cached);
  const talk = minute.heard * audio.input + minute.spoken * audio.output;
  return (talk + again) / million + (transcriptionUsdPerMinute(recogniser) ?? 0) / 2;
}

/** The day on which the prices were looked up, the oldest if they differ, as `language` writes it. */
export function pricesDay(language: string): string {
  const [oldest = ''] = pricedModels()
    .map((model) => priceOf(model)?.seen ?? '')
    .sort();
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(oldest));
}
