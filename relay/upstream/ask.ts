/** One request to the provider: the key, the limits, when it may be repeated, and what its failures are called here. */
import { PostError, type Post, type PostAnswer, type PostFault } from './post.ts';
import { Refusal } from '../refusal.ts';

export interface UpstreamAddress {
  /** Without a slash at the end, e.g. `https://api.openai.com/v1`. */
  baseUrl: string;
  key: string;
  /** Where the provider looks for it. Default: `authorization`, as a bearer. */
  keyHeader?: KeyHeader;
  /** `openai`, `azure`, `local`, or the host name of a compatible provider. */
  provider: string;
}

export type KeyHeader = 'authorization' | 'api-key';

export function keyHeaders({ key, keyHeader }: Pick<UpstreamAddress, 'key' | 'keyHeader'>): Record<string, string> {
  return keyHeader === 'api-key' ? { 'api-key': key } : { authorization: `Bearer ${key}` };
}

/** For whom the provider is asked. */
export interface AskFor {
  /** Stands for the person at the provider; at most 64 characters. */
  safetyIdentifier: string;
  /** Fires when the client has gone. */
  signal?: AbortSignal;
}

export interface AskOptions extends UpstreamAddress {
  post: Post;
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
  /** The pause before the one retry. */
  retryDelayMs?: () => number;
}

export interface Question {
  /** Below the base address, with its query. */
  path: string;
  contentType: string;
  accept: string;
  body: string;
  /** Faults after which it is asked once more, */
  again: readonly PostFault[];
  /** and statuses. */
  againAt: readonly number[];
}

/** Resolves with any answer that came whole, a refusal too. Throws a `Refusal`. */
export type Ask = (question: Question, askFor: AskFor) => Promise<PostAnswer>;

export const maxAnswerBytes = 64 * 1024;

export function createAsk(options: AskOptions): Ask {
  const { baseUrl, post, connectTimeoutMs = 3000, totalTimeoutMs = 10_000 } = options;
  const retryDelayMs = options.retryDelayMs ?? (() => 250 + Math.random() * 500);

  return async ({ path, contentType, accept, body, again, againAt }, { safetyIdentifier, signal }) => {
    // By hand: AbortSignal.timeout and any would each keep a request's things for the whole time, thousands at once.
    const over = new AbortController();
    let timedOut = false;
    const deadline = setTimeout(() => {
      timedOut = true;
      over.abort();
    }, totalTimeoutMs);
    const leave = (): void => over.abort(signal?.reason);
    if (signal?.aborted) leave();
    signal?.addEventListener('abort', leave, { once: true });
    const ends = over.signal;
    const request = {
      url: `${baseUrl}${path}`,
      headers: {
        ...keyHeaders(options),
        'content-type': contentType,
        accept,
        'openai-safety-identifier': safetyIdentifier,
      },
      body,
      connectTimeoutMs,
      maxAnswerBytes,
      signal: ends,
    };
    try {
      const answer = await post(request).catch((error: unknown) => {
        if (error instanceof PostError && again.includes(error.fault)) return null;
        throw error;
      });
      if (answer !== null && !againAt.includes(answer.status)) return answer;
      await pause(retryDelayMs(), ends);
      return await post(request);
    } catch (error) {
      throw refusalFromError(error, timedOut);
    } finally {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', leave);
    }
  };
}

function refusalFromError(error: unknown, timedOut: boolean): Refusal {
  if (timedOut) return new Refusal('upstream_timeout', 'The provider did not answer in time. Try again in a moment.');
  if (!(error instanceof PostError)) return new Refusal('upstream_error', 'The request to the provider was given up.');
  const extras = { reason: error.systemCode };
  switch (error.fault) {
    case 'connect-timeout':
      return new Refusal(
        'upstream_timeout',
        'The provider could not be reached in time. Try again in a moment.',
        extras,
      );
    case 'too-large':
      return new Refusal(
        'upstream_error',
        'The provider answered with far more than it was asked for. Check REALTIME_BASE_URL.',
        extras,
      );
    default:
      return new Refusal(
        'upstream_unreachable',
        "The relay cannot reach the provider. Check the relay's internet connection and REALTIME_BASE_URL.",
        extras,
      );
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
  });
}
