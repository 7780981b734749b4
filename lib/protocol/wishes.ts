/**
 * What the extension asks a relay for: the body of `POST /v1/realtime/token`. The schemas are for the relay; the extension
 * builds wishes and takes only their types from here.
 */
import * as z from 'zod/mini';

const name = z.string().check(z.regex(/^[A-Za-z0-9._:-]{1,64}$/));

/** Turn detection as a person chooses it; the provider's own parameter names (realtime-protocol: session object). */
export const turnDetection = z.nullable(
  z.discriminatedUnion('type', [
    z.strictObject({
      type: z.literal('server_vad'),
      threshold: z.optional(z.number().check(z.gte(0), z.lte(1))),
      prefix_padding_ms: z.optional(z.int().check(z.gte(0), z.lte(5000))),
      silence_duration_ms: z.optional(z.int().check(z.gte(0), z.lte(10000))),
      idle_timeout_ms: z.optional(z.nullable(z.int().check(z.gte(5000), z.lte(30000)))),
      create_response: z.optional(z.boolean()),
      interrupt_response: z.optional(z.boolean()),
    }),
    z.strictObject({
      type: z.literal('semantic_vad'),
      eagerness: z.optional(z.enum(['low', 'medium', 'high', 'auto'])),
      create_response: z.optional(z.boolean()),
      interrupt_response: z.optional(z.boolean()),
    }),
  ]),
);
export type TurnDetection = z.infer<typeof turnDetection>;

/** A function the model may call. `parameters` is JSON Schema. */
export const toolDefinition = z.strictObject({
  type: z.literal('function'),
  name: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  description: z.string().check(z.maxLength(1024)),
  parameters: z.looseObject({}),
});
export type ToolDefinition = z.infer<typeof toolDefinition>;

/** The body of a token request, at most 16 KiB as JSON. Everything is a wish: the relay decides. */
export const wishes = z.strictObject({
  model: z.optional(name),
  voice: z.optional(name),
  /** BCP 47, e.g. `en`, `pt-BR`, `es`. */
  language: z.optional(z.string().check(z.regex(/^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/), z.maxLength(35))),
  instructions: z.optional(z.string().check(z.maxLength(8000))),
  turnDetection: z.optional(turnDetection),
  /** Default `far`: a laptop's microphone hears the room. */
  noiseReduction: z.optional(z.enum(['near', 'far', 'off'])),
  tools: z.optional(z.array(toolDefinition).check(z.maxLength(32))),
  /** `text` for a typed conversation without sound. Default `audio`. */
  output: z.optional(z.enum(['audio', 'text'])),
});
export type Wishes = z.infer<typeof wishes>;
