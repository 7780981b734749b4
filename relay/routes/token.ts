/** `POST /v1/realtime/token`: a known device's wishes become a grant. */
import type { Handler } from 'hono';
import { grant as grantSchema, type Grant, type TransportOffer } from '../../lib/protocol/grant.ts';
import { arrive, bearer, begin, identify, type AdmitParts } from './admit.ts';
import { checkWishes, readJson, type BodyRules } from './body.ts';
import type { RelayEnv } from './record.ts';
import { Refusal } from '../refusal.ts';
import { seal } from '../seal.ts';
import type { Upstream } from '../upstream/upstream.ts';
import type { UsageBook } from '../usage/usage-book.ts';

export interface TokenRouteParts extends AdmitParts {
  upstream: Pick<Upstream, 'mint'>;
  provider: string;
  /** A session of this provider that waits costs nothing. */
  freeWhileIdle: boolean;
  /** The relay opens WebRTC calls itself (calls.ts). */
  calls: boolean;
  /** A browser may call the provider by itself, where the relay sees nothing of what that costs. */
  direct: boolean;
  /** For a session with this model, best first. */
  transports(model: string): TransportOffer[];
  usage: UsageBook;
}

const rules: BodyRules = { maxBytes: 16 * 1024, contentType: 'application/json' };

export function tokenRoute(parts: TokenRouteParts): Handler<RelayEnv> {
  const { upstream, provider, freeWhileIdle, calls, direct, transports, devices, usage } = parts;
  return async (c) => {
    await arrive(c, parts);
    const device = await identify(c, parts, bearer(c));
    const wishes = checkWishes(await readJson(c.req.raw, rules));
    const { session, askFor, who } = await begin(c, parts, device, wishes);
    const minted = await upstream.mint(session, askFor);
    const model = minted.model ?? session.model;
    await usage.record({ who, model, grants: 1 });
    const ways = transports(model);
    const grant: Grant = {
      value: direct ? minted.value : await seal(minted.value, await devices.team.salt(), { device: device.id, model }),
      expiresAt: minted.expiresAt,
      issuedAt: Math.floor(Date.now() / 1000),
      freeWhileIdle,
      ...(calls ? { calls } : {}),
      model,
      voice: minted.voice ?? session.audio.output.voice,
      provider,
      transports: direct ? ways : ways.filter(({ kind }) => kind === 'relay'),
    };
    if (minted.value === '' || !grantSchema.safeParse(grant).success) {
      throw new Refusal('upstream_error', 'The provider answered with a secret that no client could use.');
    }
    return c.json(grant);
  };
}
