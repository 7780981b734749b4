/** Plausible token counts, so that a cost meter has something true to its kind to add up (realtime-protocol 3.12, 6). */
import type { SessionConfig } from './config.ts';
import type { Entry, Item } from './items.ts';

const USER_MS_PER_TOKEN = 100;
const ASSISTANT_MS_PER_TOKEN = 50;
const CACHE_STEP = 64;

export interface Tokens {
  text: number;
  audio: number;
}

export function textTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Sound the assistant made, in tokens. */
export function spokenTokens(ms: number): number {
  return Math.ceil(ms / ASSISTANT_MS_PER_TOKEN);
}

/** All that a response reads: instructions, tools and every item of the conversation, each time again. */
export function contextTokens(
  config: Pick<SessionConfig, 'instructions' | 'tools'>,
  entries: readonly Entry[],
): Tokens {
  const fixed =
    textTokens(config.instructions) + (config.tools.length > 0 ? textTokens(JSON.stringify(config.tools)) : 0);
  return entries.reduce<Tokens>(
    (sum, entry) => ({ text: sum.text + textTokens(wordsOf(entry.item)), audio: sum.audio + heardTokens(entry) }),
    { text: fixed, audio: 0 },
  );
}

export interface Usage {
  total_tokens: number;
  input_tokens: number;
  output_tokens: number;
  input_token_details: {
    text_tokens: number;
    audio_tokens: number;
    image_tokens: number;
    cached_tokens: number;
    cached_tokens_details: { text_tokens: number; audio_tokens: number; image_tokens: number };
  };
  output_token_details: { text_tokens: number; audio_tokens: number };
}

/** `previous` is what the last response read: that prefix is cached, in steps of 64. */
export function usage(input: Tokens, output: Tokens, previous: Tokens): Usage {
  const cachedText = step(Math.min(input.text, previous.text));
  const cachedAudio = step(Math.min(input.audio, previous.audio));
  const inputTotal = input.text + input.audio;
  const outputTotal = output.text + output.audio;
  return {
    total_tokens: inputTotal + outputTotal,
    input_tokens: inputTotal,
    output_tokens: outputTotal,
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: 0,
      cached_tokens: cachedText + cachedAudio,
      cached_tokens_details: { text_tokens: cachedText, audio_tokens: cachedAudio, image_tokens: 0 },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  };
}

function step(tokens: number): number {
  return Math.floor(tokens / CACHE_STEP) * CACHE_STEP;
}

function heardTokens({ item, audioMs }: Entry): number {
  const perToken = item.type === 'message' && item.role === 'assistant' ? ASSISTANT_MS_PER_TOKEN : USER_MS_PER_TOKEN;
  return Math.ceil(audioMs / perToken);
}

/** Text parts only: the words of sound are billed as sound. */
function wordsOf(item: Item): string {
  if (item.type === 'function_call') return `${item.name}${item.arguments}`;
  if (item.type === 'function_call_output') return item.output;
  return item.content.map((part) => ('text' in part ? part.text : '')).join('');
}
