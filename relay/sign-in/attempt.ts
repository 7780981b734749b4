/**
 * A sign-in that is under way, kept by the browser that began it: sealed, so that any relay with the same file can finish
 * it and none has to remember it.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { CookieOptions } from 'hono/utils/cookie';
import * as z from 'zod/mini';
import { signInS } from '../limits.ts';
import { openText, sealText } from '../seal.ts';
import { randomWord } from '../team/secrets.ts';
import type { Attempt } from './identity.ts';

const purpose = 'sign-in';
const kept = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), endsAt: z.number() });

export interface AttemptParts {
  salt: string;
  /** The browser reaches the relay by TLS. */
  secure: boolean;
  now?: () => number;
}

export async function beginAttempt(c: Context, { salt, secure, now = Date.now }: AttemptParts): Promise<Attempt> {
  const attempt: Attempt = { state: randomWord(32), nonce: randomWord(32), verifier: randomWord(32) };
  const text = JSON.stringify({ ...attempt, endsAt: now() + signInS * 1000 });
  setCookie(c, nameOf(secure), await sealText(text, salt, purpose), { ...options(secure), maxAge: signInS });
  return attempt;
}

/** `none`: this browser has begun nothing, or too long ago; `forged`: what it shows was not begun here. */
export async function takeAttempt(
  c: Context,
  state: string | null,
  { salt, secure, now = Date.now }: AttemptParts,
): Promise<Attempt | 'none' | 'forged'> {
  const shown = getCookie(c, nameOf(secure));
  if (shown === undefined) return 'none';
  deleteCookie(c, nameOf(secure), options(secure));
  const text = await openText(shown, salt, purpose);
  if (text === null) return 'forged';
  const { endsAt, ...attempt } = kept.parse(JSON.parse(text));
  if (attempt.state !== state) return 'forged';
  return endsAt > now() ? attempt : 'none';
}

/** With this beginning no neighbour's page can plant one: a browser takes it from this very host, by TLS, only. */
function nameOf(secure: boolean): string {
  return secure ? '__Host-parley-sign-in' : 'parley-sign-in';
}

/** Lax: it must come along when the provider sends the browser back. */
function options(secure: boolean): CookieOptions {
  return { path: '/', httpOnly: true, sameSite: 'Lax', secure };
}
