/** What every route that starts a call asks of its client: `arrive`, `identify`, `begin`, in this order. */
import type { Context } from 'hono';
import type { Wishes } from '../lib/protocol/wishes.ts';
import { limitKey } from './address.ts';
import { authenticate } from './authenticate.ts';
import type { Device, Devices } from './devices.ts';
import type { Limits } from './limits.ts';
import type { RelayEnv } from './record.ts';
import { buildSession, type SessionConfig, type SessionPolicy } from './session-config.ts';
import type { AskFor } from './upstream-ask.ts';

export interface AdmitParts {
  devices: Devices;
  limits: Limits;
  policy: SessionPolicy;
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
  return device;
}

/** Throws `invalid_request` for what is not allowed, `rate_limited` when the device has had enough. */
export async function begin(
  c: Context<RelayEnv>,
  { devices, limits, policy }: AdmitParts,
  device: Device,
  wishes: Wishes,
): Promise<{ session: SessionConfig; askFor: AskFor }> {
  const session = buildSession(wishes, policy);
  // A refused wish costs the provider nothing, so it costs the person nothing.
  await limits.spend(device.id);
  return { session, askFor: { safetyIdentifier: await devices.safetyIdentifier(device), signal: c.req.raw.signal } };
}
