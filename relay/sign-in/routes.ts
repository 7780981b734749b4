/** `GET /sign-in` sends a browser to the identity provider, `GET /sign-in/done` gives who comes back a pairing code. */
import type { Context, Handler } from 'hono';
import { extensionId } from '../../lib/protocol/identity.ts';
import { limitKey } from '../address.ts';
import { arrive, type AdmitParts } from '../routes/admit.ts';
import type { RelayEnv } from '../routes/record.ts';
import { Refusal } from '../refusal.ts';
import { invite, pairLink } from '../team/pairing.ts';
import { personOf } from './account.ts';
import { beginAttempt, takeAttempt, type AttemptParts } from './attempt.ts';
import { displayName, isAllowed, vouchedAddress, type IdentityProvider } from './identity.ts';
import { donePage, refusedPage } from './page.ts';
import { SignInRefusal } from './refusal.ts';

export interface SignIn {
  provider: IdentityProvider;
  /** `OIDC_ALLOWED`. */
  allowed: readonly string[];
  /** Where browsers reach the relay, without a slash at the end. */
  publicUrl: string;
  /** Copies of the extension that may call besides Parley's own. */
  extensionIds: readonly string[];
}

export function signInRoute(parts: AdmitParts, signIn: SignIn): Handler<RelayEnv> {
  return inWords(parts, async (c) => {
    const attempt = await beginAttempt(c, await attemptParts(parts, signIn));
    return c.redirect((await signIn.provider.begin(attempt)).href);
  });
}

export function doneRoute(parts: AdmitParts, signIn: SignIn): Handler<RelayEnv> {
  const { devices, limits } = parts;
  const { provider, allowed, publicUrl } = signIn;
  return inWords(parts, async (c) => {
    const answer = new URL(c.req.url).searchParams;
    const attempt = await takeAttempt(c, answer.get('state'), await attemptParts(parts, signIn));
    if (attempt === 'none') throw new SignInRefusal('over', { reason: 'none' });
    if (attempt === 'forged') throw new SignInRefusal('over', { reason: 'forged', guess: true });
    if (!(await limits.signInOnce(attempt.state))) throw new SignInRefusal('over', { reason: 'again', guess: true });
    const identity = await provider.finish(answer, attempt);
    if (!isAllowed(allowed, identity)) {
      const who = vouchedAddress(identity);
      const reason = who === null ? 'no-vouched-address' : 'not-listed';
      throw new SignInRefusal('notAllowed', { who: who ?? displayName(identity), reason });
    }
    const person = await personOf(devices, identity);
    c.set('person', person.id);
    const code = await invite(devices, person.name);
    const links = [extensionId, ...signIn.extensionIds].map((id) => pairLink(id, publicUrl, code));
    return donePage(c, { name: person.name, relay: publicUrl, code, links });
  });
}

async function attemptParts({ devices }: AdmitParts, { publicUrl }: SignIn): Promise<AttemptParts> {
  return { salt: await devices.team.salt(), secure: publicUrl.startsWith('https:') };
}

/** What goes wrong is a page too: a person reads it. */
function inWords(parts: AdmitParts, answer: (c: Context<RelayEnv>) => Promise<Response>): Handler<RelayEnv> {
  return async (c) => {
    onlyInTab(c);
    try {
      await arrive(c, parts);
      return await answer(c);
    } catch (error) {
      const refusal = asSignIn(error);
      const { reason, guess, waitS } = refusal.extras;
      if (guess) await parts.limits.failed(limitKey(c.get('address')));
      c.set('outcome', { code: refusal.code, ...(reason === undefined ? {} : { reason }) });
      if (waitS !== undefined) c.header('Retry-After', String(waitS));
      return refusedPage(c, refusal);
    }
  };
}

/** Another site's page could otherwise use up what this address may ask, by pictures and frames that nobody sees. */
function onlyInTab(c: Context): void {
  const mode = c.req.header('sec-fetch-mode') ?? 'navigate';
  const place = c.req.header('sec-fetch-dest') ?? 'document';
  if (mode === 'navigate' && place === 'document') return;
  throw new Refusal('origin_not_allowed', 'Open this address in a tab of its own.');
}

function asSignIn(error: unknown): SignInRefusal {
  if (error instanceof SignInRefusal) return error;
  if (!(error instanceof Refusal) || error.code !== 'rate_limited') throw error;
  const { retryAfterS: waitS = 60, reason } = error.extras;
  return new SignInRefusal('busy', { waitS, ...(reason === undefined ? {} : { reason }) });
}
