/** The session object: its defaults, its updates, and the full echo with nulls (realtime-protocol 2). */
import type * as z from 'zod';
import { ProtocolError, parseOrRefuse } from './errors.ts';
import {
  sessionPatch,
  turnDetection,
  type audioFormat,
  type noiseReduction,
  type reasoning,
  type SessionPatch,
  type transcription,
  type TurnDetection,
  type voice,
} from './session-schema.ts';

type Filled<T> = { [K in keyof T]-?: Exclude<T[K], undefined> };

/** The whole session as the API echoes it. Lengths in ms, `expires_at` in unix seconds (0 while nothing runs). */
export interface SessionConfig extends Filled<
  Omit<SessionPatch, 'audio' | 'parallel_tool_calls' | 'reasoning' | 'include' | 'prompt' | 'tracing'>
> {
  object: 'realtime.session';
  id: string;
  expires_at: number;
  parallel_tool_calls?: boolean;
  reasoning?: z.infer<typeof reasoning>;
  include: NonNullable<SessionPatch['include']> | null;
  prompt: NonNullable<SessionPatch['prompt']> | null;
  tracing: NonNullable<SessionPatch['tracing']> | null;
  audio: {
    input: {
      format: z.infer<typeof audioFormat>;
      transcription: z.infer<typeof transcription> | null;
      noise_reduction: z.infer<typeof noiseReduction> | null;
      turn_detection: TurnDetection | null;
    };
    output: { format: z.infer<typeof audioFormat>; voice: z.infer<typeof voice>; speed: number };
  };
}

/** The gpt-realtime-2 family, and not `gpt-realtime-2025-08-28`. */
const REASONING_MODEL = /^gpt-realtime-2(?!0\d\d-)/;

const PERSONA =
  'You are Parley’s local engine, which answers without a key. You answer questions about the page the person is on, ' +
  'by calling the tools you are given and quoting what they return. What you cannot do, you say.';

export function defaultConfig(id: string): SessionConfig {
  return {
    type: 'realtime',
    object: 'realtime.session',
    id,
    model: 'gpt-realtime-2.1',
    output_modalities: ['audio'],
    instructions: PERSONA,
    tools: [],
    tool_choice: 'auto',
    max_output_tokens: 'inf',
    tracing: null,
    truncation: 'auto',
    prompt: null,
    expires_at: 0,
    audio: {
      input: {
        format: { type: 'audio/pcm', rate: 24000 },
        transcription: null,
        noise_reduction: null,
        turn_detection: turnDetection.parse({ type: 'server_vad' }),
      },
      output: { format: { type: 'audio/pcm', rate: 24000 }, voice: 'alloy', speed: 1 },
    },
    include: null,
  };
}

/** Where an update happens: what a running session no longer lets change. */
export interface UpdateLimits {
  /** True once the assistant has been heard; the voice is locked then. */
  voiceLocked: boolean;
  /** True in a running session: the model stays, and tracing once on stays. */
  running: boolean;
}

const NO_LIMITS: UpdateLimits = { voiceLocked: false, running: false };

/**
 * The session after an update: only the keys present change. Throws {@link ProtocolError} and changes nothing when any
 * part of it is wrong.
 */
export function updatedConfig(
  current: SessionConfig,
  update: unknown,
  limits: UpdateLimits = NO_LIMITS,
): SessionConfig {
  const { audio, model, ...rest } = parseOrRefuse(sessionPatch, update, 'session');
  const next: SessionConfig = {
    ...current,
    ...defined(rest),
    // OpenAI's own clients repeat a model in every update; a running session keeps its own.
    model: limits.running ? current.model : (model ?? current.model),
    audio: {
      input: { ...current.audio.input, ...defined(audio?.input ?? {}) },
      output: { ...current.audio.output, ...defined(audio?.output ?? {}) },
    },
  };
  if (rest.reasoning && !REASONING_MODEL.test(next.model)) {
    throw new ProtocolError(
      'unsupported_parameter',
      `'session.reasoning' is not supported with ${next.model}.`,
      'session.reasoning',
    );
  }
  if (limits.voiceLocked && JSON.stringify(next.audio.output.voice) !== JSON.stringify(current.audio.output.voice)) {
    throw new ProtocolError(
      'cannot_update_voice',
      "Cannot update a conversation's voice if assistant audio is present.",
      'session.audio.output.voice',
    );
  }
  if (
    limits.running &&
    current.tracing !== null &&
    rest.tracing !== undefined &&
    JSON.stringify(rest.tracing) !== JSON.stringify(current.tracing)
  ) {
    throw new ProtocolError('cannot_update_tracing', 'Tracing cannot be changed once it is on.', 'session.tracing');
  }
  return next;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

function defined<T extends object>(value: T): Defined<T> {
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries) as Defined<T>;
}
