/**
 * What the extension asks a relay for, and what a relay answers: `POST /v1/realtime/token`.
 * The addresses travel in the grant, so another provider is a relay setting and the shipped extension is the tested one.
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
  tools: z.optional(z.array(toolDefinition).check(z.maxLength(32))),
  /** `text` for a typed conversation without sound. Default `audio`. */
  output: z.optional(z.enum(['audio', 'text'])),
});
export type Wishes = z.infer<typeof wishes>;

/** One way to reach the provider, best first in the grant's list. Unknown kinds are ignored by older extensions. */
export const transportOffer = z.looseObject({
  kind: z.string(),
  /** For `webrtc`: where the SDP offer is posted (`application/sdp`, `Authorization: Bearer <value>`). */
  url: z.string().check(z.regex(/^(https?|wss?):\/\/[^/]/), z.maxLength(2048)),
});
export type TransportOffer = z.infer<typeof transportOffer>;

export const grant = z.object({
  /** Short-lived secret for the provider. Lives in memory only. */
  value: z.string().check(z.minLength(1), z.maxLength(8192)),
  /** Unix seconds, by the provider's clock. */
  expiresAt: z.number(),
  model: z.string().check(z.maxLength(128)),
  voice: z.string().check(z.maxLength(128)),
  provider: z.string().check(z.maxLength(64)),
  transports: z.array(transportOffer).check(z.minLength(1), z.maxLength(8)),
});
export type Grant = z.infer<typeof grant>;

/** OpenAI's error envelope, which the relay speaks too. `code` is one of `relayErrorCodes` when the relay itself refuses. */
export const errorEnvelope = z.object({
  error: z.looseObject({
    message: z.string(),
    type: z.optional(z.nullable(z.string())),
    code: z.optional(z.nullable(z.string())),
    param: z.optional(z.nullable(z.string())),
  }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;

/**
 * The relay's own refusals, by HTTP status:
 * 400 `invalid_request`, 401 `device_token_invalid`, 403 `origin_not_allowed`, 404 `not_found`, 405 `method_not_allowed`,
 * 413 `body_too_large`, 429 `rate_limited` (with `Retry-After`), 502 `upstream_refused` (key wrong), 502 `upstream_error`,
 * 503 `upstream_busy`, 503 `upstream_quota`, 504 `upstream_timeout`, 502 `upstream_unreachable`.
 */
export const relayErrorCodes = [
  'invalid_request',
  'device_token_invalid',
  'origin_not_allowed',
  'not_found',
  'method_not_allowed',
  'body_too_large',
  'rate_limited',
  'upstream_refused',
  'upstream_error',
  'upstream_busy',
  'upstream_quota',
  'upstream_timeout',
  'upstream_unreachable',
] as const;
export type RelayErrorCode = (typeof relayErrorCodes)[number];

/** `GET /healthz`: how a client knows that this address is a Parley relay at all. */
export const health = z.object({
  service: z.literal('parley-relay'),
  version: z.string(),
  provider: z.string(),
});
export type Health = z.infer<typeof health>;
