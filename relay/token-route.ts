/** `POST /v1/realtime/token`: a known device's wishes become a grant. */
import type { Handler } from 'hono';
import { grant as grantSchema, type Grant, type TransportOffer } from '../lib/protocol/grant.ts';
import { limitKey } from './address.ts';
import { readWishes } from './body.ts';
import { authenticate } from './authenticate.ts';
import type { Devices } from './devices.ts';
import type { Limits } from './limits.ts';
import type { RelayEnv } from './record.ts';
import { Refusal } from './refusal.ts';
import { buildSession, type SessionPolicy } from './session-config.ts';
import type { Upstream } from './upstream.ts';

export interface TokenRouteParts {
  devices: Devices;
  limits: Limits;
  policy: SessionPolicy;
  upstream: Upstream;
  provider: string;
  /** A session of this provider that waits costs nothing. */
  freeWhileIdle: boolean;
  /** For a session with this model, best first. */
  transports(model: string): TransportOffer[];
}

export function tokenRoute({
  devices,
  limits,
  policy,
  upstream,
  provider,
  freeWhileIdle,
  transports,
}: TokenRouteParts): Handler<RelayEnv> {
  return async (c) => {
    const address = limitKey(c.get('address'));
    await limits.arrive(address);
    const token = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const device = await authenticate({ devices, limits }, token, address);
    c.set('device', device.id);
    const session = buildSession(await readWishes(c.req.raw), policy);
    // After the checks above: a refused wish costs the provider nothing, so it costs the person nothing.
    await limits.spend(device.id);
    const minted = await upstream.mint(session, {
      safetyIdentifier: await devices.safetyIdentifier(device),
      signal: c.req.raw.signal,
    });
    const model = minted.model ?? session.model;
    const grant: Grant = {
      value: minted.value,
      expiresAt: minted.expiresAt,
      issuedAt: Math.floor(Date.now() / 1000),
      freeWhileIdle,
      model,
      voice: minted.voice ?? session.audio.output.voice,
      provider,
      transports: transports(model),
    };
    if (!grantSchema.safeParse(grant).success) {
      throw new Refusal('upstream_error', 'The provider answered with a secret that no client could use.');
    }
    return c.json(grant);
  };
}
