/** What a response used, out of the `usage` of its `response.done`, and what that costs. Pure. */
import { modalities, type Modality, type Price } from './prices.ts';

export type Tokens = Record<Modality, number>;

/** `cached` is a part of `input`. */
export interface TokenUse {
  input: Tokens;
  cached: Tokens;
  output: Tokens;
}

export const noTokens: Tokens = { text: 0, audio: 0, image: 0 };
export const noUse: TokenUse = { input: noTokens, cached: noTokens, output: noTokens };

/** More than any context holds; a number beyond it is damage. */
const mostTokens = 100_000_000;

/**
 * Reads a provider's word, whatever it looks like. Null when there is none, as with some failed responses. What its
 * details leave out is counted all the same, and never as the cheaper thing: a cap must not be passed unseen.
 */
export function useOf(usage: unknown): TokenUse | null {
  const { input_tokens, output_tokens, input_token_details, output_token_details } = fields(usage);
  if (count(input_tokens) + count(output_tokens) + total(input_token_details) + total(output_token_details) === 0)
    return null;
  const input = split(input_tokens, input_token_details);
  const { cached_tokens, cached_tokens_details } = fields(input_token_details);
  return {
    input,
    cached: cachedOf(input, count(cached_tokens), tokens(cached_tokens_details)),
    output: split(output_tokens, output_token_details),
  };
}

/** What the details leave over of the whole is text, as reasoning is; without any details all may be sound, the dearest. */
function split(whole: unknown, details: unknown): Tokens {
  const known = tokens(details);
  const rest = Math.max(0, count(whole) - total(details));
  return total(details) === 0 ? { ...known, audio: rest } : { ...known, text: known.text + rest };
}

/** A cache keeps the beginning of a conversation, which is text, and text is where it saves least. */
function cachedOf(input: Tokens, whole: number, details: Tokens): Tokens {
  const told = details.text + details.audio + details.image > 0;
  let left = whole;
  const cached = { ...noTokens };
  for (const modality of modalities) {
    cached[modality] = Math.min(input[modality], told ? details[modality] : left);
    left -= cached[modality];
  }
  return cached;
}

/** US dollars. */
export function costOf({ input, cached, output }: TokenUse, price: Pick<Price, Modality>): number {
  let millionths = 0;
  for (const modality of modalities) {
    const rate = { output: 0, ...price[modality] };
    millionths += (input[modality] - cached[modality]) * rate.input;
    millionths += cached[modality] * rate.cached + output[modality] * rate.output;
  }
  return millionths / 1_000_000;
}

export function addUse(a: TokenUse, b: TokenUse): TokenUse {
  const sum = (of: keyof TokenUse): Tokens => ({
    text: a[of].text + b[of].text,
    audio: a[of].audio + b[of].audio,
    image: a[of].image + b[of].image,
  });
  return { input: sum('input'), cached: sum('cached'), output: sum('output') };
}

function tokens(details: unknown): Tokens {
  const { text_tokens, audio_tokens, image_tokens } = fields(details);
  return { text: count(text_tokens), audio: count(audio_tokens), image: count(image_tokens) };
}

function total(details: unknown): number {
  const { text, audio, image } = tokens(details);
  return text + audio + image;
}

function count(value: unknown): number {
  return typeof value === 'number' && value > 0 && value <= mostTokens ? Math.ceil(value) : 0;
}

function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
