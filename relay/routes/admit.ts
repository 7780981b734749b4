/** What every route that starts a call asks of its client: `arrive`, `identify`, `begin`, in this order. */
import type { Context } from 'hono';
import type { Wishes } from '../../lib/protocol/wishes.ts';
import { limitKey } from '../address.ts';
import { authenticate } from './authenticate.ts';
import type { Caps } from '../caps/caps.ts';
import { whoIs, type Who } from '../caps/who.ts';
import type { Device, Devices } from '../devices.ts';
import type { Limits } from '../limits.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { RelayEnv } from './record.ts';
import { buildSession, type SessionConfig, type SessionPolicy } from '../session/session-config.ts';
import type { AskFor } from '../upstream/ask.ts';

export interface AdmitParts {
  devices: Devices;
  limits: Limits;
  caps: Caps;
  policy: SessionPolicy;
  /** Null: nobody looks at what people say and wish. */
  moderation: Moderation | null;
}

/** Before anything of the request is looked at. Throws `rate_limited`. */
export async function arrive(c: Context<RelayEnv>, { limits }: AdmitParts): Promise<void> {
  await limits.arrive(limitKey(c.get('address')));
}

/** Throws `device_token_invalid`, and counts it. */
export async function identify(
  c: Context<RelayEnv>,
  parts: AdmitParts,
  deviceToken: string | undefined,
): Promise<Device> {
  const device = await authenticate(parts, deviceToken, limitKey(c.get('address')));
  c.set('device', device.id);
  c.set('person', device.personId);
  return device;
}

/** The device token that a request's header carries. */
export function bearer(c: Context): string | undefined {
  return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
}

/** Throws `invalid_request` for what is not allowed, `rate_limited` when somebody it is for has had enough. */
export async function begin(
  c: Context<RelayEnv>,
  { devices, limits, caps, policy, moderation }: AdmitParts,
  device: Device,
  wishes: Wishes,
): Promise<{ session: SessionConfig; askFor: AskFor; who: Who }> {
  const session = buildSession(wishes, policy);
  const who = await whoIs(devices, device, c.get('address'));
  await caps.check(who);
  // A refused wish costs the provider nothing, so it costs the person nothing.
  await limits.spend(device.id);
  await moderation?.checkWish(wishes.instructions, who, c.req.raw.signal);
  await caps.spend(who);
  const askFor = { safetyIdentifier: await devices.safetyIdentifier(device), signal: c.req.raw.signal };
  return { session, askFor, who };
}
