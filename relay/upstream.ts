/**
 * Asks the provider for a short-lived secret with the whole session attached:
 * `POST {base}/realtime/client_secrets` (realtime-protocol, 1.1). OpenAI, a compatible provider and the local engine
 * are the same to it.
 */
import * as z from 'zod';
import { PostError, type Post, type PostAnswer } from './post.ts';
import { Refusal } from './refusal.ts';
import type { SessionConfig } from './session-config.ts';
import { refusalFromAnswer } from './upstream-refusal.ts';

export interface UpstreamAddress {
  /** Without a slash at the end, e.g. `https://api.openai.com/v1`. */
  baseUrl: string;
  key: string;
  /** `openai`, `local`, or the host name of a compatible provider. */
  provider: string;
}

export interface Minted {
  value: string;
  /** Unix seconds. */
  expiresAt: number;
  /** What the provider says it will really use, when it says. */
  model: string | undefined;
  voice: string | undefined;
}

export interface MintOptions {
  /** Stands for the person at the provider; at most 64 characters. */
  safetyIdentifier: string;
  /** Fires when the client has gone. */
  signal?: AbortSignal;
}

export interface Upstream {
  mint(session: SessionConfig, options: MintOptions): Promise<Minted>;
}

export interface UpstreamOptions extends UpstreamAddress {
  tokenTtlS: number;
  post: Post;
  connectTimeoutMs?: number;
  totalTimeoutMs?: number;
  /** The pause before the one retry. */
  retryDelayMs?: () => number;
}

const maxAnswerBytes = 64 * 1024;

/** Only these fields pass back; whatever else a provider sends stays here. The secret must fit in a header. */
const secretAnswer = z.object({
  value: z.string().regex(/^[\x21-\x7e]{1,8192}$/),
  expires_at: z.number().int().positive(),
  session: z
    .object({
      model: z.string().min(1).max(128).optional().catch(undefined),
      audio: z
        .object({ output: z.object({ voice: z.string().min(1).max(128).optional().catch(undefined) }) })
        .optional()
        .catch(undefined),
    })
    .optional()
    .catch(undefined),
});

export function createUpstream(options: UpstreamOptions): Upstream {
  const { baseUrl, key, tokenTtlS, post, connectTimeoutMs = 3000, totalTimeoutMs = 10_000 } = options;
  const retryDelayMs = options.retryDelayMs ?? (() => 250 + Math.random() * 500);

  return {
    async mint(session, { safetyIdentifier, signal }) {
      const deadline = AbortSignal.timeout(totalTimeoutMs);
      const ends = signal === undefined ? deadline : AbortSignal.any([deadline, signal]);
      const request = {
        url: `${baseUrl}/realtime/client_secrets`,
        headers: {
          authorization: `Bearer ${key}`,
          'content-type': 'application/json',
          accept: 'application/json',
          'openai-safety-identifier': safetyIdentifier,
        },
        body: JSON.stringify({ expires_after: { anchor: 'created_at', seconds: tokenTtlS }, session }),
        connectTimeoutMs,
        maxAnswerBytes,
        signal: ends,
      };
      try {
        let answer = await post(request).catch(onlyIfUnseen);
        if (answer === null || answer.status === 502 || answer.status === 503) {
          await pause(retryDelayMs(), ends);
          answer = await post(request);
        }
        return readAnswer(answer);
      } catch (error) {
        if (error instanceof Refusal) throw error;
        throw refusalFromError(error, deadline.aborted);
      }
    },
  };
}

/** Null, to be tried again, when the provider saw nothing of the request. */
function onlyIfUnseen(error: unknown): null {
  if (error instanceof PostError && (error.fault === 'connect' || error.fault === 'connect-timeout')) return null;
  throw error;
}

function readAnswer(answer: PostAnswer): Minted {
  if (answer.status < 200 || answer.status > 299) throw refusalFromAnswer(answer);
  const parsed = secretAnswer.safeParse(parseJson(answer.body));
  if (!parsed.success) {
    throw new Refusal(
      'upstream_error',
      'The provider answered with something that is not a Realtime secret. Check REALTIME_BASE_URL.',
      {
        upstreamStatus: answer.status,
      },
    );
  }
  const { value, expires_at: expiresAt, session } = parsed.data;
  return { value, expiresAt, model: session?.model, voice: session?.audio?.output.voice };
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
        'The provider answered with far more than a Realtime secret. Check REALTIME_BASE_URL.',
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

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
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
