/** `POST /v1/realtime/token`: a known device's wishes become a grant. */
import type { Handler } from 'hono';
import { grant as grantSchema, type Grant, type TransportOffer } from '../lib/protocol/grant.ts';
import { limitKey } from './address.ts';
import { readWishes } from './body.ts';
import type { Device, Devices } from './devices.ts';
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
  /** For a session with this model, best first. */
  transports(model: string): TransportOffer[];
}

export function tokenRoute({
  devices,
  limits,
  policy,
  upstream,
  provider,
  transports,
}: TokenRouteParts): Handler<RelayEnv> {
  const authenticate = async (authorization: string | undefined, address: string): Promise<Device> => {
    const token = /^Bearer +([\x21-\x7e]{1,256})$/i.exec(authorization ?? '')?.[1];
    const device = token === undefined ? null : await devices.find(token);
    if (device !== null) return device;
    await limits.failed(address);
    throw new Refusal(
      'device_token_invalid',
      'The device token is missing, wrong or revoked. Paste the one that the relay printed, or make another with: npm run relay -- --new-token',
    );
  };

  return async (c) => {
    const address = limitKey(c.get('address'));
    await limits.arrive(address);
    const device = await authenticate(c.req.header('authorization'), address);
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
