/** One POST as all of ours are: no redirect, no cookies, no cache, no referrer, a deadline, and a bounded answer. */
import { FaultError } from '../protocol/faults.ts';

export interface Posted {
  status: number;
  text: string;
  /** From `Retry-After`, in seconds. */
  retryAfterS: number | undefined;
}

export interface PostRequest {
  url: string;
  /** Goes out as `Authorization: Bearer`; null for none, which with `text/plain` spares the browser's preflight. */
  secret: string | null;
  contentType: string;
  body: string;
  deadlineMs: number;
  signal: AbortSignal;
}

const largestAnswer = 64 * 1024;

/** Of every request. */
export const discreet = {
  credentials: 'omit',
  cache: 'no-store',
  referrerPolicy: 'no-referrer',
} as const satisfies RequestInit;

/** Throws `TimeoutError`, the caller's abort, or what fetch throws; a too long answer is a FaultError `relay-not-a-relay`. */
export async function post({ url, secret, contentType, body, deadlineMs, signal }: PostRequest): Promise<Posted> {
  const response = await fetch(url, {
    ...discreet,
    method: 'POST',
    // A redirect would carry the secret to another host.
    redirect: 'error',
    headers: { ...(secret === null ? {} : { Authorization: `Bearer ${secret}` }), 'Content-Type': contentType },
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
  });
  const text = await readBounded(response);
  return { status: response.status, text, retryAfterS: retryAfterOf(response.headers) };
}

/** A longer wait says no more than this one: come back another day. */
const longestWaitS = 86_400;

/** `Retry-After` in seconds, which may be a date (RFC 9110, 10.2.3); undefined when it is neither, or over. */
export function retryAfterOf(headers: Headers, now = Date.now()): number | undefined {
  const said = headers.get('Retry-After')?.trim() ?? '';
  const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - now) / 1000);
  return seconds > 0 ? Math.min(seconds, longestWaitS) : undefined;
}

/** The body as text. A longer one than 64 KiB is cut off at the source and thrown as `relay-not-a-relay`. */
export async function readBounded(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > largestAnswer) {
      await reader.cancel();
      throw new FaultError('relay-not-a-relay', `the answer is longer than ${largestAnswer} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}

export function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
