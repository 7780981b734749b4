/** What a client may set of a session (realtime-protocol 2). Each part fills in the defaults that the API echoes. */
import * as z from 'zod';

const VOICES = ['alloy', 'ash', 'ballad', 'coral', 'echo', 'sage', 'shimmer', 'verse', 'marin', 'cedar'] as const;

const label = z.string().check(z.minLength(1), z.maxLength(128));
const functionName = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/));
const languageTag = z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.maxLength(35));

export const audioFormat = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('audio/pcm'),
    // Bounds and no literal: too low a rate is told as such.
    rate: z
      .int()
      .check(z.gte(24000), z.lte(24000))
      .transform((): 24000 => 24000)
      .default(24000),
  }),
  z.strictObject({ type: z.literal('audio/pcmu') }),
  z.strictObject({ type: z.literal('audio/pcma') }),
]);

export const turnDetection = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('server_vad'),
    threshold: z.number().check(z.gte(0), z.lte(1)).default(0.5),
    prefix_padding_ms: z.int().check(z.gte(0), z.lte(5000)).default(300),
    silence_duration_ms: z.int().check(z.gte(0), z.lte(10_000)).default(200),
    idle_timeout_ms: z.nullable(z.int().check(z.gte(5000), z.lte(30_000))).default(null),
    create_response: z.boolean().default(true),
    interrupt_response: z.boolean().default(true),
  }),
  z.strictObject({
    type: z.literal('semantic_vad'),
    eagerness: z.enum(['low', 'medium', 'high', 'auto']).default('auto'),
    create_response: z.boolean().default(true),
    interrupt_response: z.boolean().default(true),
  }),
]);
export type TurnDetection = z.infer<typeof turnDetection>;

export const transcription = z.strictObject({
  model: label.default('gpt-4o-mini-transcribe'),
  language: z.nullable(languageTag).default(null),
  prompt: z.nullable(z.string().check(z.maxLength(4096))).default(null),
  languages: z.optional(z.array(languageTag).check(z.maxLength(16))),
  keywords: z.optional(z.array(z.string().check(z.maxLength(128))).check(z.maxLength(256))),
  delay: z.optional(z.enum(['minimal', 'low', 'medium', 'high', 'xhigh'])),
});

export const noiseReduction = z.strictObject({
  type: z.enum(['near_field', 'far_field']),
  strength: z.optional(z.number().check(z.gte(0), z.lte(1))),
});

/** A function the model may call. MCP tools run on OpenAI's side, which is not here. */
export const tool = z.strictObject({
  type: z.literal('function'),
  name: functionName,
  description: z.nullable(z.string().check(z.maxLength(4096))).default(null),
  parameters: z.record(z.string(), z.unknown()).default({}),
});
export type Tool = z.infer<typeof tool>;

export const toolChoice = z.union([
  z.enum(['none', 'auto', 'required']),
  z.strictObject({ type: z.literal('function'), name: functionName }),
]);
export type ToolChoice = z.infer<typeof toolChoice>;

export const maxOutputTokens = z.union([z.literal('inf'), z.int().check(z.gte(1), z.lte(4096))]);
export const outputModalities = z.array(z.enum(['audio', 'text'])).check(z.minLength(1), z.maxLength(1));
export const voice = z.union([z.enum(VOICES), z.strictObject({ id: label })]);
export const instructions = z.string().check(z.maxLength(100_000));
export const tools = z.array(tool).check(z.maxLength(128));
export const reasoning = z.strictObject({ effort: z.enum(['minimal', 'low', 'medium', 'high', 'xhigh']) });
/** A stored prompt; taken and told again, but nothing is stored here. Variables that are files make no sense in speech. */
export const prompt = z.strictObject({
  id: label,
  version: z.optional(z.nullable(z.string())),
  variables: z.optional(z.nullable(z.record(z.string(), z.string()))),
});

export const sessionPatch = z.strictObject({
  type: z.literal('realtime'),
  model: z.optional(label),
  output_modalities: z.optional(outputModalities),
  instructions: z.optional(instructions),
  tools: z.optional(tools),
  tool_choice: z.optional(toolChoice),
  parallel_tool_calls: z.optional(z.boolean()),
  reasoning: z.optional(reasoning),
  max_output_tokens: z.optional(maxOutputTokens),
  truncation: z.optional(
    z.union([
      z.enum(['auto', 'disabled']),
      z.strictObject({
        type: z.literal('retention_ratio'),
        retention_ratio: z.number().check(z.gte(0), z.lte(1)),
        token_limits: z.optional(z.strictObject({ post_instructions: z.optional(z.int().check(z.gte(0))) })),
      }),
    ]),
  ),
  tracing: z.optional(
    z.nullable(
      z.union([
        z.literal('auto'),
        z.strictObject({
          workflow_name: z.optional(z.string()),
          group_id: z.optional(z.string()),
          metadata: z.optional(z.record(z.string(), z.unknown())),
        }),
      ]),
    ),
  ),
  include: z.optional(z.nullable(z.array(z.literal('item.input_audio_transcription.logprobs')))),
  prompt: z.optional(z.nullable(prompt)),
  audio: z.optional(
    z.strictObject({
      input: z.optional(
        z.strictObject({
          format: z.optional(audioFormat),
          transcription: z.optional(z.nullable(transcription)),
          noise_reduction: z.optional(z.nullable(noiseReduction)),
          turn_detection: z.optional(z.nullable(turnDetection)),
        }),
      ),
      output: z.optional(
        z.strictObject({
          format: z.optional(audioFormat),
          voice: z.optional(voice),
          speed: z.optional(z.number().check(z.gte(0.25), z.lte(1.5))),
        }),
      ),
    }),
  ),
});
export type SessionPatch = z.infer<typeof sessionPatch>;
