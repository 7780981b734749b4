/** Whose device token a request carries. */
import type { Device, Devices } from '../devices.ts';
import type { Limits } from '../limits.ts';
import { Refusal } from '../refusal.ts';

export interface AuthenticateParts {
  devices: Pick<Devices, 'find'>;
  limits: Pick<Limits, 'failed'>;
}

/** Throws `device_token_invalid`, and counts it against the address: a `limitKey`. */
export async function authenticate(
  { devices, limits }: AuthenticateParts,
  token: string | undefined,
  address: string,
): Promise<Device> {
  const device = token !== undefined && /^[\x21-\x7e]{1,256}$/.test(token) ? await devices.find(token) : null;
  if (device !== null) return device;
  await limits.failed(address);
  throw new Refusal(
    'device_token_invalid',
    'The device token is missing, wrong or revoked. Paste the one that the relay printed, or make another with: npm run relay -- --new-token',
  );
}
