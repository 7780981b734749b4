/** Plausible token counts, so that a cost meter has something true to its kind to add up (realtime-protocol 3.12, 6). */
import type { EventOf, WireUsage } from './events.ts';
import type { Entry, Item } from './items.ts';
import type { Tool } from './session-schema.ts';

const USER_MS_PER_TOKEN = 100;
const ASSISTANT_MS_PER_TOKEN = 50;
const CACHE_STEP = 64;

export interface Tokens {
  text: number;
  audio: number;
  image: number;
}

export const NO_TOKENS: Tokens = { text: 0, audio: 0, image: 0 };

/** A stretch of what a response reads. Stretches with the same key read the same. */
export interface Piece {
  key: string;
  tokens: Tokens;
}

export function textTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

/** Sound the assistant made, in tokens. */
export function spokenTokens(ms: number): number {
  return Math.ceil(ms / ASSISTANT_MS_PER_TOKEN);
}

/** What every response reads first. */
export function fixedPiece({ instructions, tools }: { instructions: string; tools: readonly Tool[] }): Piece {
  const text = instructions + (tools.length > 0 ? JSON.stringify(tools) : '');
  return { key: text, tokens: { ...NO_TOKENS, text: textTokens(text) } };
}

/** An item as it is read. Shortened by a truncation it is another piece. */
export function pieceOf(entry: Entry): Piece {
  const tokens = { text: textTokens(wordsOf(entry.item)), audio: soundTokens(entry), image: entry.imageTokens ?? 0 };
  return { key: `${entry.item.id} ${tokens.text} ${tokens.audio} ${tokens.image}`, tokens };
}

export function sum(pieces: readonly Piece[]): Tokens {
  return pieces.reduce(
    (all, { tokens }) => ({
      text: all.text + tokens.text,
      audio: all.audio + tokens.audio,
      image: all.image + tokens.image,
    }),
    NO_TOKENS,
  );
}

export function count({ text, audio, image }: Tokens): number {
  return text + audio + image;
}

/** The prefix that the previous response read or made too, in steps of 64. Anything changed in it ends it there. */
export function cachedTokens(read: readonly Piece[], previous: readonly Piece[]): Tokens {
  const differs = read.findIndex(({ key }, index) => key !== previous[index]?.key);
  const prefix = sum(differs < 0 ? read : read.slice(0, differs));
  return { text: step(prefix.text), audio: step(prefix.audio), image: step(prefix.image) };
}

/** The `usage` of `response.done`. */
export function usage(input: Tokens, cached: Tokens, output: Tokens): WireUsage {
  return {
    total_tokens: count(input) + count(output),
    input_tokens: count(input),
    output_tokens: count(output),
    input_token_details: {
      text_tokens: input.text,
      audio_tokens: input.audio,
      image_tokens: input.image,
      cached_tokens: count(cached),
      cached_tokens_details: { text_tokens: cached.text, audio_tokens: cached.audio, image_tokens: cached.image },
    },
    output_token_details: { text_tokens: output.text, audio_tokens: output.audio },
  };
}

type TranscriptionUsage = EventOf<'conversation.item.input_audio_transcription.completed'>['usage'];

/** What writing down the person's words costs beside it all: by tokens with the gpt-4o models, by time with the others. */
export function transcriptionUsage(model: string, audioMs: number, text: string): TranscriptionUsage {
  if (!model.startsWith('gpt-4o')) return { type: 'duration', seconds: Math.round(audioMs / 100) / 10 };
  const heard = Math.ceil(audioMs / USER_MS_PER_TOKEN);
  const written = textTokens(text);
  return {
    type: 'tokens',
    total_tokens: heard + written,
    input_tokens: heard,
    input_token_details: { text_tokens: 0, audio_tokens: heard },
    output_tokens: written,
  };
}

function step(tokens: number): number {
  return Math.floor(tokens / CACHE_STEP) * CACHE_STEP;
}

function soundTokens({ item, audioMs }: Entry): number {
  const perToken = item.type === 'message' && item.role === 'assistant' ? ASSISTANT_MS_PER_TOKEN : USER_MS_PER_TOKEN;
  return Math.ceil(audioMs / perToken);
}

/** Text parts only: the words of sound are billed as sound. */
function wordsOf(item: Item): string {
  if (item.type === 'function_call') return `${item.name}${item.arguments}`;
  if (item.type === 'function_call_output') return item.output;
  return item.content.map((part) => ('text' in part ? part.text : '')).join('');
}
