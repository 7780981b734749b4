/**
 * What a relay answers: `POST /v1/realtime/token`, `POST /v1/realtime/calls`. What it is asked is in `wishes.ts`.
 * The addresses travel in the grant, so another provider is a relay setting and the shipped extension is the tested one.
 */
import * as z from 'zod/mini';
import { limitBesideWords } from './reached.ts';

/** One way to reach the provider, best first in the grant's list. Unknown kinds are ignored by older extensions. */
export const transportOffer = z.looseObject({
  kind: z.string(),
  /**
   * For `webrtc`: where the SDP offer is posted (`application/sdp`, `Authorization: Bearer <value>`). For `relay`: a path
   * below the relay's own address, which only the client knows.
   */
  url: z.string().check(z.regex(/^((https?|wss?):\/\/[^/]|\/[^/])/), z.maxLength(2048)),
  /** `webrtc`: the provider takes `?dcid=`, a data channel that both sides know beforehand. */
  negotiated: z.optional(z.boolean()),
});
export type TransportOffer = z.infer<typeof transportOffer>;

export const grant = z.object({
  /** Short-lived secret for the provider. Lives in memory only. */
  value: z.string().check(z.minLength(1), z.maxLength(8192)),
  /** Unix seconds, by the provider's clock. */
  expiresAt: z.number(),
  /** Unix seconds, by the relay's clock, when it was made: with `expiresAt` a lifetime, whatever our own clock says. */
  issuedAt: z.optional(z.number()),
  /** A session that waits costs nothing, so it may be opened before it is needed. */
  freeWhileIdle: z.optional(z.boolean()),
  /** The relay opens WebRTC calls itself, in one round trip: `POST /v1/realtime/calls`. */
  calls: z.optional(z.boolean()),
  model: z.string().check(z.maxLength(128)),
  voice: z.string().check(z.maxLength(128)),
  provider: z.string().check(z.maxLength(64)),
  transports: z.array(transportOffer).check(z.minLength(1), z.maxLength(8)),
});
export type Grant = z.infer<typeof grant>;

/** 201 of `POST /v1/realtime/calls`: a call that the relay opened with the provider. Nothing in it is secret. */
export const callAnswer = z.object({
  /** The provider's answer to the offer, untouched. */
  sdp: z.string().check(z.startsWith('v=0'), z.maxLength(65_536)),
  /** `rtc_…`; null when the provider did not say. */
  callId: z.nullable(z.string().check(z.maxLength(128))),
  /** What was asked for, after the relay's policy. */
  model: z.string().check(z.maxLength(128)),
  voice: z.string().check(z.maxLength(128)),
  provider: z.string().check(z.maxLength(64)),
  /** Unix seconds, by the relay's clock. */
  issuedAt: z.number(),
});
export type CallAnswer = z.infer<typeof callAnswer>;

/** OpenAI's error envelope, which the relay speaks too. `code` is one of `relayErrorCodes` when the relay itself refuses. */
export const errorEnvelope = z.object({
  error: z.looseObject({
    message: z.string(),
    type: z.optional(z.nullable(z.string())),
    code: z.optional(z.nullable(z.string())),
    param: z.optional(z.nullable(z.string())),
    /** Of `limit_reached`, and of `rate_limited` where its owner set the limit. */
    limit: limitBesideWords,
  }),
});
export type ErrorEnvelope = z.infer<typeof errorEnvelope>;

/**
 * The relay's own refusals, by HTTP status:
 * 400 `invalid_request`, 401 `device_token_invalid`, 403 `origin_not_allowed` and `moderated` (a call was stopped for what was said), 404 `not_found`, 405 `method_not_allowed`,
 * 413 `body_too_large`, 429 `rate_limited` and `limit_reached` (with `Retry-After`; the second: time or money is used up), 502 `upstream_refused` (key wrong), 502 `upstream_error`,
 * 503 `upstream_busy`, 503 `upstream_quota`, 504 `upstream_timeout`, 502 `upstream_unreachable`.
 */
export const relayErrorCodes = [
  'invalid_request',
  'device_token_invalid',
  'origin_not_allowed',
  'moderated',
  'not_found',
  'method_not_allowed',
  'body_too_large',
  'rate_limited',
  'limit_reached',
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
