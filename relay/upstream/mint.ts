/** A short-lived secret with the whole session attached: `POST {base}/realtime/client_secrets` (realtime-protocol, 1.1). */
import * as z from 'zod';
import { parseJson } from '../parse-json.ts';
import type { PostAnswer } from './post.ts';
import { Refusal } from '../refusal.ts';
import type { SessionConfig } from '../session/session-config.ts';
import type { Question } from './ask.ts';
import { refusalFromAnswer } from './refusal.ts';

export interface Minted {
  value: string;
  /** Unix seconds. */
  expiresAt: number;
  /** What the provider says it will really use, when it says. */
  model: string | undefined;
  voice: string | undefined;
}

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

/** A secret that nobody got costs nothing: it may be asked for again whenever that can help. */
export function mintQuestion(session: SessionConfig, tokenTtlS: number): Question {
  return {
    path: '/realtime/client_secrets',
    contentType: 'application/json',
    accept: 'application/json',
    body: JSON.stringify({ expires_after: { anchor: 'created_at', seconds: tokenTtlS }, session }),
    again: ['connect', 'connect-timeout', 'stale'],
    againAt: [502, 503],
  };
}

/** Throws a `Refusal`. */
export function readMinted(answer: PostAnswer): Minted {
  if (answer.status < 200 || answer.status > 299) throw refusalFromAnswer(answer);
  const parsed = secretAnswer.safeParse(parseJson(answer.body));
  if (!parsed.success) {
    throw new Refusal(
      'upstream_error',
      'The provider answered with something that is not a Realtime secret. Check REALTIME_BASE_URL.',
      { upstreamStatus: answer.status },
    );
  }
  const { value, expires_at: expiresAt, session } = parsed.data;
  return { value, expiresAt, model: session?.model, voice: session?.audio?.output.voice };
}
