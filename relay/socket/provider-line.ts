import { randomUUID } from 'node:crypto';
import type { WebSocket } from 'ws';
import type { Caps } from '../caps/caps.ts';
import { whoIs, type Who } from '../caps/who.ts';
import type { Device, Devices } from '../devices.ts';
import type { Limits } from '../limits.ts';
import { unseal } from '../seal.ts';
import { dial } from './dial.ts';
import type { Places } from './places.ts';
import { readWish, type SocketRequest } from './request.ts';

export interface LineOptions {
  devices: Pick<Devices, 'team'>;
  limits: Pick<Limits, 'connect'>;
  caps: Caps;
  baseUrl: string;
  connectTimeoutMs?: number;
  onFail(error: unknown): void;
}

export interface LineRequest {
  device: Device;
  asked: SocketRequest;
  address: string;
  /** The client has gone, or the relay stops. */
  signal: AbortSignal;
}

/** An open socket to the provider, with its place among the calls of everybody it is for. */
export interface ProviderLine {
  provider: WebSocket;
  place: string;
  who: Who;
  model: string;
  /** Its place among this relay's sockets of the device. */
  giveBack(): void;
  hangUp(): void;
}

/** Throws a `Refusal`, and takes no place then. */
export async function openLine(
  options: LineOptions,
  places: Places,
  { device, asked, address, signal }: LineRequest,
): Promise<ProviderLine> {
  const { baseUrl, caps, devices, limits, connectTimeoutMs: timeoutMs = 5000, onFail } = options;
  const { model, secret: shown } = readWish(asked);
  const secret = await unseal(shown, await devices.team.salt(), { device: device.id, model });
  const who = await whoIs(devices, device, address);
  const place = randomUUID();
  const giveBack = places.take(device.id);
  const leave = (): void => {
    giveBack();
    void caps.leave(place, who).catch(onFail);
  };
  try {
    await limits.connect(device.id);
    await caps.check(who);
    await caps.take(place, who);
    const url = `${baseUrl.replace(/^http/, 'ws')}/realtime?model=${encodeURIComponent(model)}`;
    const provider = await dial({ url, headers: { authorization: `Bearer ${secret}` }, timeoutMs, signal });
    return { provider, place, who, model, giveBack, hangUp: () => (leave(), provider.terminate()) };
  } catch (error) {
    leave();
    throw error;
  }
}
