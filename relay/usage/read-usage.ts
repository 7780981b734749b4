/** What a provider's events say was used. Any other text is nothing. */
import * as z from 'zod';

const count = z.number().min(0).max(1e9).catch(0);
const three = z.object({ text_tokens: count, audio_tokens: count, image_tokens: count });
const none = { text_tokens: 0, audio_tokens: 0, image_tokens: 0 };

const nothing = { ...none, cached_tokens_details: none };

const begun = z.object({ type: z.literal('response.created') });

const answered = z.object({
  type: z.literal('response.done'),
  response: z.object({
    // Null where the provider failed before it began.
    usage: z
      .object({
        input_tokens: count,
        output_tokens: count,
        input_token_details: three.extend({ cached_tokens_details: three.catch(none) }).catch(nothing),
        output_token_details: three.catch(none),
      })
      .catch({ input_tokens: 0, output_tokens: 0, input_token_details: nothing, output_token_details: none }),
  }),
});

const written = z.object({
  type: z.literal('conversation.item.input_audio_transcription.completed'),
  usage: z.object({
    seconds: count,
    input_token_details: z.object({ audio_tokens: count }).catch({ audio_tokens: 0 }),
  }),
});

export type Tokens = Record<'text' | 'audio' | 'image', number>;
export type Usage =
  /** What is used from here to the end of the answer is known only then. */
  | { kind: 'begun' }
  | { kind: 'answer'; read: Tokens; cached: Tokens; written: Tokens }
  | { kind: 'transcription'; seconds: number };

/** Only texts with one of these words in them are worth parsing: sound, most of what passes, never has one. */
const marks = ['response.created', 'response.done', 'input_audio_transcription.completed'];
const audioTokensPerSecond = 10;

export function readUsage(text: { includes(mark: string): boolean; toString(): string }): Usage | null {
  if (!marks.some((mark) => text.includes(mark))) return null;
  let json: unknown;
  try {
    json = JSON.parse(text.toString());
  } catch {
    return null;
  }
  if (begun.safeParse(json).success) return { kind: 'begun' };
  const done = answered.safeParse(json);
  if (done.success) {
    const { input_tokens: all, output_tokens: allOut, ...details } = done.data.response.usage;
    const { cached_tokens_details: cached, ...read } = details.input_token_details;
    return {
      kind: 'answer',
      read: complete(tokens(read), all),
      cached: tokens(cached),
      written: complete(tokens(details.output_token_details), allOut),
    };
  }
  const transcribed = written.safeParse(json);
  if (!transcribed.success) return null;
  const { seconds, input_token_details: details } = transcribed.data.usage;
  return { kind: 'transcription', seconds: seconds || details.audio_tokens / audioTokensPerSecond };
}

function tokens(each: z.infer<typeof three>): Tokens {
  return { text: each.text_tokens, audio: each.audio_tokens, image: each.image_tokens };
}

/** Tokens of no stated kind count as sound, the dearest. */
function complete({ text, audio, image }: Tokens, all: number): Tokens {
  return { text, audio: audio + Math.max(0, all - text - audio - image), image };
}
