/**
 * The Realtime API's events, as far as Parley uses them. Objects are loose: the service adds fields at any time.
 * Shapes follow the `openai` package's types; a type test holds the two together.
 */
import * as z from 'zod/mini';
import { limitBesideWords } from './reached.ts';
import type { TurnTaking } from './turn-taking.ts';

/** Things are kept by their ids in plain objects, where every object has some names already. */
const id = z.string().check(
  z.maxLength(512),
  z.refine((name) => !(name in {})),
);

const item = z.looseObject({
  id: z.optional(id),
  type: z.string(),
  role: z.optional(z.string()),
  status: z.optional(z.string()),
  /** Only on `function_call`. */
  name: z.optional(z.string()),
  call_id: z.optional(id),
  arguments: z.optional(z.string()),
});
export type RealtimeItem = z.infer<typeof item>;

const serverError = z.looseObject({
  message: z.string(),
  type: z.optional(z.string()),
  code: z.optional(z.nullable(z.string())),
  event_id: z.optional(z.nullable(z.string())),
  /** Where it is the relay that says so. */
  limit: limitBesideWords,
});

const response = z.looseObject({
  id: z.optional(id),
  status: z.optional(z.string()),
  status_details: z.optional(
    z.nullable(
      z.looseObject({
        reason: z.optional(z.string()),
        error: z.optional(
          z.nullable(z.looseObject({ type: z.optional(z.string()), code: z.optional(z.nullable(z.string())) })),
        ),
      }),
    ),
  ),
  /** Read where it is counted: a response is over whatever it says of its tokens. */
  usage: z.optional(z.unknown()),
});

const previous = z.optional(z.nullable(id));
const piece = { response_id: id, item_id: id, output_index: z.number(), content_index: z.number() };

/** Every server event that Parley acts on. Others pass by. */
export const serverEvents = {
  'session.created': z.looseObject({
    type: z.literal('session.created'),
    session: z.looseObject({ id: z.optional(id), expires_at: z.optional(z.number()) }),
  }),
  error: z.looseObject({ type: z.literal('error'), error: serverError }),
  'input_audio_buffer.speech_started': z.looseObject({
    type: z.literal('input_audio_buffer.speech_started'),
    item_id: id,
    audio_start_ms: z.number(),
  }),
  'input_audio_buffer.speech_stopped': z.looseObject({
    type: z.literal('input_audio_buffer.speech_stopped'),
    item_id: id,
    audio_end_ms: z.number(),
  }),
  'input_audio_buffer.committed': z.looseObject({
    type: z.literal('input_audio_buffer.committed'),
    item_id: id,
    previous_item_id: previous,
  }),
  'conversation.item.added': z.looseObject({
    type: z.literal('conversation.item.added'),
    item,
    previous_item_id: previous,
  }),
  'conversation.item.truncated': z.looseObject({
    type: z.literal('conversation.item.truncated'),
    item_id: id,
    audio_end_ms: z.number(),
  }),
  'conversation.item.input_audio_transcription.delta': z.looseObject({
    type: z.literal('conversation.item.input_audio_transcription.delta'),
    item_id: id,
    delta: z.optional(z.string()),
  }),
  'conversation.item.input_audio_transcription.completed': z.looseObject({
    type: z.literal('conversation.item.input_audio_transcription.completed'),
    item_id: id,
    transcript: z.string(),
  }),
  'conversation.item.input_audio_transcription.failed': z.looseObject({
    type: z.literal('conversation.item.input_audio_transcription.failed'),
    item_id: id,
  }),
  'response.created': z.looseObject({ type: z.literal('response.created'), response }),
  'response.done': z.looseObject({ type: z.literal('response.done'), response }),
  'response.output_item.done': z.looseObject({
    type: z.literal('response.output_item.done'),
    response_id: id,
    item,
  }),
  'response.output_audio_transcript.delta': z.looseObject({
    type: z.literal('response.output_audio_transcript.delta'),
    ...piece,
    delta: z.string(),
  }),
  'response.output_audio_transcript.done': z.looseObject({
    type: z.literal('response.output_audio_transcript.done'),
    ...piece,
    transcript: z.string(),
  }),
  'response.output_text.delta': z.looseObject({
    type: z.literal('response.output_text.delta'),
    ...piece,
    delta: z.string(),
  }),
  'response.output_text.done': z.looseObject({
    type: z.literal('response.output_text.done'),
    ...piece,
    text: z.string(),
  }),
  'output_audio_buffer.started': z.looseObject({ type: z.literal('output_audio_buffer.started'), response_id: id }),
  'output_audio_buffer.stopped': z.looseObject({ type: z.literal('output_audio_buffer.stopped'), response_id: id }),
  'output_audio_buffer.cleared': z.looseObject({ type: z.literal('output_audio_buffer.cleared'), response_id: id }),
} as const;

export type ServerEventType = keyof typeof serverEvents;
export type ServerEventOf<T extends ServerEventType> = z.infer<(typeof serverEvents)[T]>;
export type ServerEvent = { [T in ServerEventType]: ServerEventOf<T> }[ServerEventType];

export type ParsedServerEvent =
  | { kind: 'event'; event: ServerEvent }
  /** Well-formed, but not one that Parley acts on. */
  | { kind: 'other'; type: string }
  | { kind: 'malformed'; reason: string };

/** Characters: as much as a relay passes on in one message. */
const longestEvent = 4 * 1024 * 1024;

/** Reads one message from the provider. Never throws. */
export function parseServerEvent(text: string): ParsedServerEvent {
  if (text.length > longestEvent) return { kind: 'malformed', reason: 'too long' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: 'malformed', reason: 'not JSON' };
  }
  const type = (value as { type?: unknown } | null)?.type;
  if (typeof type !== 'string') return { kind: 'malformed', reason: 'no type' };
  if (!Object.hasOwn(serverEvents, type)) return { kind: 'other', type };
  const parsed = serverEvents[type as ServerEventType].safeParse(value);
  if (parsed.success) return { kind: 'event', event: parsed.data as ServerEvent };
  const where = parsed.error.issues[0]?.path.join('.') ?? '';
  return { kind: 'malformed', reason: `${type}: ${where}` };
}

/** What Parley sends. Plain types: they are built here and checked by the compiler. */
export type ClientEvent = { event_id?: string } & (
  | { type: 'session.update'; session: SessionChange }
  | {
      type: 'conversation.item.create';
      item:
        | { id?: string; type: 'message'; role: 'user'; content: UserContent[] }
        /** What was said in an earlier session: the voice itself cannot be put into its mouth. */
        | { id: string; type: 'message'; role: 'assistant'; content: [{ type: 'output_text'; text: string }] }
        /** Only ever our own words: what a page says goes into outputs. */
        | { type: 'message'; role: 'system'; content: [{ type: 'input_text'; text: string }] }
        | { id: string; type: 'function_call'; call_id: string; name: string; arguments: string }
        | { type: 'function_call_output'; call_id: string; output: string };
    }
  | { type: 'response.create' }
  | { type: 'response.cancel' }
  | { type: 'output_audio_buffer.clear' }
  /** Base64 of 24 kHz PCM16. */
  | { type: 'input_audio_buffer.append'; audio: string }
  | { type: 'input_audio_buffer.commit' }
  | { type: 'input_audio_buffer.clear' }
);

export type UserContent =
  | { type: 'input_text'; text: string }
  | { type: 'input_audio'; audio: string }
  /** A `data:` URL of a PNG or JPEG. */
  | { type: 'input_image'; image_url: string };

/** What a running session may change. Only the keys that are there change. */
export interface SessionChange {
  type: 'realtime';
  output_modalities?: ['audio'] | ['text'];
  audio?: {
    input: { turn_detection?: TurnTaking; noise_reduction?: { type: 'near_field' | 'far_field' } | null };
  };
}
