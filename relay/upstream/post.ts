/** What it takes to ask a provider: one POST, with a limit on everything. The edge brings it (Node: node-post.ts). */

export interface PostRequest {
  url: string;
  headers: Record<string, string>;
  body: string;
  connectTimeoutMs: number;
  maxAnswerBytes: number;
  signal: AbortSignal;
}

export interface PostAnswer {
  status: number;
  retryAfter: string | undefined;
  location: string | undefined;
  body: string;
}

/** Rejects with a `PostError`, or with the signal's reason when that ended it. */
export type Post = (request: PostRequest) => Promise<PostAnswer>;

/**
 * `connect`, `connect-timeout`: the provider saw nothing. `stale`: a kept connection broke when it was used again; most
 * likely it was just being closed, and the provider saw nothing. `broken`: the line broke later. `too-large`: the answer is.
 */
export type PostFault = 'connect' | 'connect-timeout' | 'stale' | 'broken' | 'too-large';

export class PostError extends Error {
  readonly fault: PostFault;
  /** The system's code, such as `ENOTFOUND` or `CERT_HAS_EXPIRED`. */
  readonly systemCode: string;
  constructor(fault: PostFault, systemCode: string) {
    super(`${fault}: ${systemCode}`);
    this.name = 'PostError';
    this.fault = fault;
    this.systemCode = systemCode;
  }
}
