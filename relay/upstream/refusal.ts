/**
 * A provider's refusal as one of ours. Its message stays here (it may quote part of the key); its `code` and `param`
 * are names and may pass.
 */
import { errorEnvelope } from '../../lib/protocol/grant.ts';
import type { PostAnswer } from './post.ts';
import { Refusal } from '../refusal.ts';

const longestWaitS = 120;

export function refusalFromAnswer(answer: Omit<PostAnswer, 'location'>): Refusal {
  const { code, param } = names(answer.body);
  const extras = { upstreamStatus: answer.status, ...(code === undefined ? {} : { reason: code }) };
  if (answer.status === 401 || answer.status === 403) {
    return new Refusal(
      'upstream_refused',
      "The provider refused the relay's key. Its owner must check OPENAI_API_KEY and what the key may use.",
      extras,
    );
  }
  if (answer.status === 429 && code === 'insufficient_quota') {
    return new Refusal(
      'upstream_quota',
      "The relay's account at the provider has no credit left. Its owner must check the billing page.",
      extras,
    );
  }
  if (answer.status === 429) {
    const retryAfterS = waitSeconds(answer.retryAfter) ?? 5;
    return new Refusal('upstream_busy', `The provider is busy. Try again in ${retryAfterS} s.`, {
      ...extras,
      retryAfterS,
    });
  }
  if (answer.status >= 500) {
    return new Refusal('upstream_error', `The provider failed (${answer.status}). Try again in a moment.`, extras);
  }
  const named = [code, param].filter((part) => part !== undefined).join(', ');
  return new Refusal(
    'upstream_error',
    `The provider did not accept the session (${answer.status}${named === '' ? '' : `: ${named}`}). Check REALTIME_MODEL and REALTIME_BASE_URL.`,
    extras,
  );
}

/** Seconds or an HTTP date; undefined when it is neither. */
export function waitSeconds(retryAfter: string | undefined, now = Date.now()): number | undefined {
  if (retryAfter === undefined) return undefined;
  const seconds = /^\d{1,9}$/.test(retryAfter.trim()) ? Number(retryAfter) : (Date.parse(retryAfter) - now) / 1000;
  return Number.isFinite(seconds) ? Math.min(longestWaitS, Math.max(1, Math.ceil(seconds))) : undefined;
}

function names(body: string): { code: string | undefined; param: string | undefined } {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    json = null;
  }
  const parsed = errorEnvelope.safeParse(json);
  if (!parsed.success) return { code: undefined, param: undefined };
  const { code, type, param } = parsed.data.error;
  return { code: plainName(code) ?? plainName(type), param: plainName(param) };
}

/** Lower-case words such as `insufficient_quota` or `session.audio.output`: what a key never looks like. */
function plainName(text: string | null | undefined): string | undefined {
  return text != null && /^[a-z_.[\]0-9]{1,64}$/.test(text) && !/\d{4}/.test(text) ? text : undefined;
}
