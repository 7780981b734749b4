import { limitKey } from '../address.ts';
import type { Device, Devices } from '../devices.ts';
import { rememberedHash } from '../team/secrets.ts';
import type { Scope } from './rules.ts';

/** For whom a call is: an id for each scope but all. */
export interface Who {
  device: string;
  person: string;
  /** What a limit counts as one address, hashed: addresses are not kept. */
  address: string;
}

const hash = rememberedHash();

export async function whoIs(devices: Pick<Devices, 'team'>, device: Device, address: string): Promise<Who> {
  const hashed = await hash(await devices.team.salt(), limitKey(address));
  return { device: device.id, person: device.personId, address: hashed.slice(0, 16) };
}

export function idOf(scope: Scope, who: Who): string {
  return scope === 'all' ? 'all' : who[scope];
}

/** In sentences about what is used up. */
export const forWhom: Readonly<Record<Scope, string>> = {
  device: 'with this device',
  person: 'for this person',
  address: 'from this network',
  all: 'for everybody at this relay',
};
