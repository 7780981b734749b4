import { randomHex } from './secrets.ts';
import type { Device, Pairing, Person, TeamStore } from './store.ts';

/** For tests, and for a relay that shall forget everybody when it ends. */
export function memoryStore(): TeamStore {
  const salt = randomHex(32);
  const people = new Map<string, Person>();
  const devices = new Map<string, Device>();
  const pairings = new Map<string, Pairing>();
  return {
    salt: async () => salt,
    people: async () => [...people.values()].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    person: async (id) => people.get(id) ?? null,
    personOfAccount: async (of) => [...people.values()].find(({ account }) => account === of) ?? null,
    async addPerson(person) {
      const others = [...people.values()];
      const taken = others.some(({ name }) => name === person.name);
      if (taken || others.some(({ account }) => account !== null && account === person.account)) return false;
      people.set(person.id, person);
      return true;
    },
    async removePerson(id) {
      for (const device of devices.values()) if (device.personId === id) devices.delete(device.id);
      for (const pairing of pairings.values()) if (pairing.personId === id) pairings.delete(pairing.selector);
      return people.delete(id);
    },
    devices: async () => [...devices.values()],
    hasDevice: async (id) => devices.has(id),
    deviceOf: async (hash) => [...devices.values()].find(({ tokenSha256 }) => tokenSha256 === hash) ?? null,
    async addDevice(device) {
      devices.set(device.id, device);
    },
    removeDevice: async (id) => devices.delete(id),
    async used(id, at) {
      const device = devices.get(id);
      if (device) devices.set(id, { ...device, lastUsedAt: at });
    },
    async addPairing(pairing, now) {
      const { expiresAt = 0 } = pairings.get(pairing.selector) ?? {};
      if (expiresAt > now) return false;
      pairings.set(pairing.selector, pairing);
      return true;
    },
    async tryPairing(selector, now) {
      const pairing = pairings.get(selector);
      if (!pairing || pairing.expiresAt <= now) return null;
      pairing.tries += 1;
      return { ...pairing };
    },
    endPairing: async (selector) => pairings.delete(selector),
  };
}
