/**
 * Device tokens: who may ask this relay for a call. A token is 256 random bits, shown once; the relay keeps only its
 * SHA-256 (no salt or slow hash is needed for a secret that nobody can guess). Web Crypto only, so it runs anywhere.
 */
import { Refusal } from './refusal.ts';
import { randomHex, randomWord, rememberedHash, sha256 } from './team/secrets.ts';
import type { Device, Person, TeamStore } from './team/store.ts';

export { memoryStore } from './team/memory.ts';
export type { Device, Person, TeamStore } from './team/store.ts';

/** Whose a device is when nobody says so: a relay at home has one person. */
export const ownerName = 'owner';
export const nameShape = /^[\p{L}\p{N}][\p{L}\p{N} ._@+-]{0,63}$/u;

export interface Devices {
  /** Where they are kept: for what asks about people and pairings. */
  readonly team: TeamStore;
  count(): Promise<number>;
  /** The person of this name, made when there is none. */
  person(name: string): Promise<Person>;
  /** The token is returned here and never again. `person`: a name; default: `owner`. */
  add(name: string, person?: string): Promise<{ device: Device; token: string }>;
  /** The device this token belongs to, or null. Throws `device_token_invalid` for one whose time is over: that is no guess. */
  find(token: string): Promise<Device | null>;
  /** 64 hex digits that stand for this device's person at the provider, who cannot find out who it is. */
  safetyIdentifier(device: Pick<Device, 'personId'>): Promise<string>;
}

const dayMs = 86_400_000;

/**
 * Asks the store on every call: a device added or revoked by another process counts at once. `signInDays`: how long a
 * device of somebody who signs in is good for; null: until it is revoked.
 */
export function createDevices(
  team: TeamStore,
  now: () => Date = () => new Date(),
  signInDays: number | null = null,
): Devices {
  const hash = rememberedHash();
  const personOf = async (name: string): Promise<Person> => {
    const made: Person = { id: randomHex(4), name, createdAt: now().toISOString(), account: null };
    if (await team.addPerson(made)) return made;
    return (await team.people()).find((person) => person.name === name) ?? personOf(name);
  };
  return {
    team,
    count: async () => (await team.devices()).length,
    person: personOf,
    async add(name, person = ownerName) {
      const { id: personId, account } = await personOf(person);
      const token = `parley_${randomWord(32)}`;
      const made = now();
      const createdAt = made.toISOString();
      const ends = account !== null && signInDays !== null;
      const endsAt = ends ? new Date(made.getTime() + signInDays * dayMs).toISOString() : null;
      const tokenSha256 = await sha256(token);
      const device: Device = { id: randomHex(4), personId, name, tokenSha256, createdAt, lastUsedAt: null, endsAt };
      await team.addDevice(device);
      return { device, token };
    },
    async find(token) {
      const device = await team.deviceOf(await sha256(token));
      if (device === null) return null;
      const time = now().toISOString();
      if (device.endsAt !== null && device.endsAt <= time) {
        throw new Refusal(
          'device_token_invalid',
          'What this browser was given when you signed in has ended. Sign in again at the address of the relay with ' +
            '/sign-in behind it, and pair this browser with the code shown there.',
        );
      }
      const at = `${time.slice(0, 16)}:00.000Z`;
      if (device.lastUsedAt !== at) await team.used(device.id, at);
      return device;
    },
    safetyIdentifier: async ({ personId }) => hash(await team.salt(), personId),
  };
}
