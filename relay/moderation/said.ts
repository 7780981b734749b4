/** What was said in a call, as the provider's events have it in words. Any other text is nothing. */
import * as z from 'zod';
import { readEvent, type EventText } from '../usage/event.ts';

/** Whoever said it: `person`, or the `model`. */
export interface Said {
  by: 'person' | 'model';
  text: string;
}

const heard = z.object({
  type: z.literal('conversation.item.input_audio_transcription.completed'),
  transcript: z.string(),
});
const spoken = z.object({ type: z.literal('response.output_audio_transcript.done'), transcript: z.string() });
const written = z.object({ type: z.literal('response.output_text.done'), text: z.string() });
/** What a client typed: the provider tells it again, on every connection to the call, so no client can leave it out. */
const typed = z.object({
  type: z.enum(['conversation.item.added', 'conversation.item.created']),
  item: z.object({
    role: z.literal('user'),
    content: z.array(z.object({ text: z.string().catch('') }).catch({ text: '' })),
  }),
});

const marks = [
  'input_audio_transcription.completed',
  'output_audio_transcript.done',
  'output_text.done',
  'conversation.item.added',
  'conversation.item.created',
];

const silenced = z.object({
  type: z.literal('session.updated'),
  session: z.object({ audio: z.object({ input: z.object({ transcription: z.null() }) }) }),
});

/** The client has had what its person says no longer written down. */
export function isSilenced(text: EventText): boolean {
  return silenced.safeParse(readEvent(text, ['session.updated'])).success;
}

/** `text`: an event of the provider as it came. What tools and system messages bring in is not said by anybody. */
export function readSaid(text: EventText): Said | null {
  const json = readEvent(text, marks);
  if (json === null) return null;
  const byPerson = heard.safeParse(json).data?.transcript ?? wordsOf(typed.safeParse(json).data?.item.content);
  if (byPerson !== undefined) return { by: 'person', text: byPerson };
  const byModel = spoken.safeParse(json).data?.transcript ?? written.safeParse(json).data?.text;
  return byModel === undefined ? null : { by: 'model', text: byModel };
}

function wordsOf(content: readonly { text: string }[] | undefined): string | undefined {
  return content?.map(({ text }) => text).join('\n');
}
