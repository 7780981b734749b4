/** What a provider's events say was used. Any other text is nothing. */
import * as z from 'zod';
import { readEvent, type EventText } from './event.ts';
import { noUse, useOf, type TokenUse } from '../../lib/protocol/usage.ts';

const begun = z.object({ type: z.literal('response.created') });

const answered = z.object({ type: z.literal('response.done'), response: z.object({ usage: z.unknown() }) });

const count = z.number().min(0).max(1e9).catch(0);
const written = z.object({
  type: z.literal('conversation.item.input_audio_transcription.completed'),
  usage: z.object({
    seconds: count,
    input_token_details: z.object({ audio_tokens: count }).catch({ audio_tokens: 0 }),
  }),
});

export type Usage =
  /** What is used from here to the end of the answer is known only then. */
  { kind: 'begun' } | { kind: 'answer'; use: TokenUse } | { kind: 'transcription'; seconds: number };

const marks = ['response.created', 'response.done', 'input_audio_transcription.completed'];
const audioTokensPerSecond = 10;

export function readUsage(text: EventText): Usage | null {
  const json = readEvent(text, marks);
  if (json === null) return null;
  if (begun.safeParse(json).success) return { kind: 'begun' };
  const done = answered.safeParse(json);
  // The provider may have failed before it began.
  if (done.success) return { kind: 'answer', use: useOf(done.data.response.usage) ?? noUse };
  const transcribed = written.safeParse(json);
  if (!transcribed.success) return null;
  const { seconds, input_token_details: details } = transcribed.data.usage;
  return { kind: 'transcription', seconds: seconds || details.audio_tokens / audioTokensPerSecond };
}
