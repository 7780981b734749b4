/**
 * Device tokens: who may ask this relay for a call. A token is 256 random bits, shown once; the relay keeps only its
 * SHA-256 (no salt or slow hash is needed for a secret that nobody can guess). Web Crypto only, so it runs anywhere.
 */
import * as z from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

export const deviceRecord = z.strictObject({
  version: z.literal(1),
  /** Keys the safety identifiers, so that they mean nothing outside this relay. */
  salt: hash,
  devices: z.array(
    z.strictObject({
      id: z.string().regex(/^[0-9a-f]{8}$/),
      name: z.string().max(100),
      tokenSha256: hash,
      createdAt: z.iso.datetime(),
    }),
  ),
});
export type DeviceRecord = z.infer<typeof deviceRecord>;
export type Device = DeviceRecord['devices'][number];

/** Where the record lives. `read` gives null when there is none yet, and throws when there is one that cannot be used. */
export interface DeviceStore {
  read(): Promise<DeviceRecord | null>;
  write(record: DeviceRecord): Promise<void>;
}

export interface Devices {
  count(): Promise<number>;
  /** The token is returned here and never again. */
  add(name: string): Promise<{ device: Device; token: string }>;
  /** The device this token belongs to, or null. */
  find(token: string): Promise<Device | null>;
  /** 64 hex digits that stand for this device at the provider, who cannot find out which it is. */
  safetyIdentifier(device: Device): Promise<string>;
}

/** Reads the store on every call: a device added or deleted by another process counts at once. */
export function createDevices(store: DeviceStore): Devices {
  return {
    async count() {
      return (await store.read())?.devices.length ?? 0;
    },
    async add(name) {
      const record: DeviceRecord = (await store.read()) ?? { version: 1, salt: randomHex(32), devices: [] };
      const token = `parley_${base64url(crypto.getRandomValues(new Uint8Array(32)))}`;
      const device: Device = {
        id: randomHex(4),
        name,
        tokenSha256: await sha256(token),
        createdAt: new Date().toISOString(),
      };
      await store.write({ ...record, devices: [...record.devices, device] });
      return { device, token };
    },
    async find(token) {
      const presented = await sha256(token);
      const record = await store.read();
      let found: Device | null = null;
      // No early way out: how long it takes must not say which device came close.
      for (const device of record?.devices ?? []) if (sameText(device.tokenSha256, presented)) found = device;
      return found;
    },
    async safetyIdentifier(device) {
      const record = await store.read();
      const key = await crypto.subtle.importKey(
        'raw',
        utf8(record?.salt ?? ''),
        { name: 'HMAC', hash: 'SHA-256' },
        false,
        ['sign'],
      );
      return hex(await crypto.subtle.sign('HMAC', key, utf8(device.id)));
    },
  };
}

export function memoryStore(): DeviceStore {
  let kept: DeviceRecord | null = null;
  return {
    read: () => Promise.resolve(kept),
    write(record) {
      kept = record;
      return Promise.resolve();
    },
  };
}

/** Constant time for texts of equal length; the lengths of hashes are no secret. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

async function sha256(text: string): Promise<string> {
  return hex(await crypto.subtle.digest('SHA-256', utf8(text)));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hex(bytes: ArrayBuffer | Uint8Array): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function randomHex(bytes: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)));
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
