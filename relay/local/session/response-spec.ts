/** What one response is asked to be: the session's settings, with the overrides of `response.create` (3.1). */
import * as z from 'zod';
import type { SessionConfig } from './config.ts';
import {
  audioFormat,
  instructions,
  maxOutputTokens,
  outputModalities,
  prompt,
  reasoning,
  tools,
  toolChoice,
  voice,
  type Tool,
  type ToolChoice,
} from './session-schema.ts';
import type { SessionContext } from './context.ts';
import { ProtocolError } from './errors.ts';
import { toEntry } from './entry.ts';
import { newItem } from './item-schema.ts';
import type { Entry } from './items.ts';

const MOST_METADATA = 16;

const reference = z.strictObject({ type: z.literal('item_reference'), id: z.string().check(z.maxLength(64)) });

export const responseOverrides = z.strictObject({
  instructions: z.optional(instructions),
  tools: z.optional(tools),
  tool_choice: z.optional(toolChoice),
  parallel_tool_calls: z.optional(z.boolean()),
  reasoning: z.optional(reasoning),
  output_modalities: z.optional(outputModalities),
  audio: z.optional(
    z.strictObject({
      output: z.optional(z.strictObject({ voice: z.optional(voice), format: z.optional(audioFormat) })),
    }),
  ),
  max_output_tokens: z.optional(maxOutputTokens),
  conversation: z.optional(z.enum(['auto', 'none'])),
  input: z.optional(z.array(z.discriminatedUnion('type', [reference, newItem])).check(z.maxLength(512))),
  prompt: z.optional(z.nullable(prompt)),
  metadata: z.optional(
    z.nullable(
      z
        .record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(512)))
        .refine((pairs) => Object.keys(pairs).length <= MOST_METADATA, {
          error: `Expected at most ${MOST_METADATA} pairs.`,
        }),
    ),
  ),
});
export type ResponseOverrides = z.infer<typeof responseOverrides>;

export interface ResponseSpec {
  instructions: string;
  tools: readonly Tool[];
  toolChoice: ToolChoice;
  parallelToolCalls: boolean;
  modality: 'audio' | 'text';
  voice: string;
  format: SessionConfig['audio']['output']['format'];
  maxOutputTokens: number | 'inf';
  /** Not part of the conversation: reads it, but leaves nothing in it. */
  outOfBand: boolean;
  /** Replaces the conversation as what is read; null to read it. */
  input: readonly Entry[] | null;
  metadata: Record<string, string> | null;
}

/** Throws when an `item_reference` names nothing. */
export function responseSpec(context: SessionContext, overrides: ResponseOverrides): ResponseSpec {
  const { config } = context;
  const chosenVoice = overrides.audio?.output?.voice ?? config.audio.output.voice;
  return {
    instructions: overrides.instructions ?? config.instructions,
    tools: overrides.tools ?? config.tools,
    toolChoice: overrides.tool_choice ?? config.tool_choice,
    parallelToolCalls: overrides.parallel_tool_calls ?? config.parallel_tool_calls ?? true,
    modality: (overrides.output_modalities ?? config.output_modalities)[0] ?? 'audio',
    voice: typeof chosenVoice === 'string' ? chosenVoice : chosenVoice.id,
    format: overrides.audio?.output?.format ?? config.audio.output.format,
    maxOutputTokens: overrides.max_output_tokens ?? config.max_output_tokens,
    outOfBand: overrides.conversation === 'none',
    input: overrides.input?.map((item) => resolve(item, context)) ?? null,
    metadata: overrides.metadata ?? null,
  };
}

function resolve(item: NonNullable<ResponseOverrides['input']>[number], context: SessionContext): Entry {
  if (item.type !== 'item_reference') return toEntry(item, context, false);
  const entry = context.conversation.find(item.id);
  if (entry) return entry;
  throw new ProtocolError('invalid_value', `Item with id '${item.id}' not found in conversation.`, 'response.input');
}

/** The function a response has to call, when its `tool_choice` says so. */
export function mustCall(spec: ResponseSpec): string | null {
  if (typeof spec.toolChoice === 'object') return spec.toolChoice.name;
  return spec.toolChoice === 'required' ? (spec.tools[0]?.name ?? null) : null;
}
