/**
 * What a provider asks for its tokens, as its public pages said on the day that is noted beside each row. An estimate: the
 * provider's bill is what counts. Plain types, because views read it.
 */

/** US dollars for a million tokens. */
export interface Rate {
  input: number;
  /** Input that the provider has read before; a part of the input, not beside it. */
  cached: number;
  output: number;
}

export interface Price {
  text: Rate;
  audio: Rate;
  /** Never put out. */
  image: Omit<Rate, 'output'>;
  /** The day on which somebody last looked, ISO 8601. */
  seen: string;
  source: string;
}

export const modalities = ['text', 'audio', 'image'] as const;
export type Modality = (typeof modalities)[number];

const pages = 'https://developers.openai.com/api/docs/models/';

const large: Omit<Price, 'seen' | 'source'> = {
  text: { input: 4, cached: 0.4, output: 24 },
  audio: { input: 32, cached: 0.4, output: 64 },
  image: { input: 5, cached: 0.5 },
};
const largeBefore: typeof large = { ...large, text: { ...large.text, output: 16 } };
const small: typeof large = {
  text: { input: 0.6, cached: 0.06, output: 2.4 },
  audio: { input: 10, cached: 0.3, output: 20 },
  image: { input: 0.8, cached: 0.08 },
};

const seen = '2026-11-20';
const row = (model: string, price: typeof large): [string, Price] => [
  model,
  { ...price, seen, source: `${pages}${model}` },
];

const prices = new Map<string, Price>([
  row('gpt-realtime-2.1', large),
  row('gpt-realtime-2.1-mini', small),
  row('gpt-realtime-2', large),
  row('gpt-realtime-1.5', largeBefore),
  row('gpt-realtime', largeBefore),
  // Its page gives the text's input; the rest is taken to be as its successor's.
  row('gpt-realtime-mini', small),
]);

const free: Rate = { input: 0, cached: 0, output: 0 };
const nothing: Price = { text: free, audio: free, image: free, seen, source: 'relay/local' };

/** `gpt-realtime-2025-08-28` is a day's state of `gpt-realtime`, at its price. */
const datedName = /-\d{4}-\d{2}-\d{2}$/;

/** Null for a model nobody has written down: then there are tokens to show and no money. `provider`: as in a grant. */
export function priceOf(model: string, provider: string | null = null): Price | null {
  if (provider === 'local') return nothing;
  return prices.get(model) ?? prices.get(model.replace(datedName, '')) ?? null;
}

/** All rows, for the options page. */
export function pricedModels(): string[] {
  return [...prices.keys()];
}

/** US dollars a minute of speech that is written down, by the recogniser beside the model. Same pages, same day. */
const perMinute: Record<string, number> = {
  'gpt-realtime-whisper': 0.017,
  'gpt-live-transcribe': 0.017,
  'gpt-transcribe': 0.0045,
  'gpt-4o-transcribe': 0.006,
  'gpt-4o-mini-transcribe': 0.003,
  'whisper-1': 0.006,
};

/** Of a recogniser that nobody has written down, where too much is better than too little. */
export function dearestTranscription(): number {
  return Math.max(...Object.values(perMinute));
}

export function transcriptionUsdPerMinute(model: string): number | null {
  const name = model.replace(datedName, '');
  return Object.hasOwn(perMinute, name) ? perMinute[name]! : null;
}
