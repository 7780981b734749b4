/** Every refusal of the relay: one of our codes with its HTTP status, sent in OpenAI's error envelope. */
import type { ErrorEnvelope, RelayErrorCode } from '../lib/protocol/grant.ts';
import type { ReachedLimit } from '../lib/protocol/reached.ts';

const statuses = {
  invalid_request: 400,
  device_token_invalid: 401,
  origin_not_allowed: 403,
  moderated: 403,
  not_found: 404,
  method_not_allowed: 405,
  body_too_large: 413,
  rate_limited: 429,
  limit_reached: 429,
  upstream_refused: 502,
  upstream_error: 502,
  upstream_unreachable: 502,
  upstream_busy: 503,
  upstream_quota: 503,
  upstream_timeout: 504,
} as const satisfies Record<RelayErrorCode, number>;

export type RefusalStatus = (typeof statuses)[RelayErrorCode] | 426;

export interface RefusalExtras {
  /** The field of the request that is wrong, e.g. `voice`. */
  param?: string;
  /** Where the code's own status says less: 426 for a socket's address without a socket. */
  status?: 426;
  /** Whole seconds for `Retry-After`. */
  retryAfterS?: number;
  /** The limit that is reached, for clients that say it in their own words. */
  limit?: ReachedLimit;
  /** What the provider answered: for the log only. */
  upstreamStatus?: number;
  /** The provider's error code, the system's (`ENOTFOUND`) or ours: for the log only. */
  reason?: string;
}

/** Thrown anywhere while a request is answered. `message` goes to the client: a cause and a next step, never a secret. */
export class Refusal extends Error {
  readonly code: RelayErrorCode;
  readonly status: RefusalStatus;
  readonly extras: RefusalExtras;

  constructor(code: RelayErrorCode, message: string, extras: RefusalExtras = {}) {
    super(message);
    this.name = 'Refusal';
    this.code = code;
    this.status = extras.status ?? statuses[code];
    this.extras = extras;
  }

  /** As OpenAI names them. */
  get type(): string {
    if (this.status === 429) return 'rate_limit_error';
    return this.status < 500 ? 'invalid_request_error' : 'server_error';
  }

  envelope(): ErrorEnvelope {
    const { type, code, message, extras } = this;
    const { param = null, limit } = extras;
    return { error: { message, type, code, param, ...(limit && { limit }) } };
  }
}
