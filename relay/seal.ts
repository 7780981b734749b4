/**
 * A provider's secret that works only through this relay: where use is limited, a browser must not call the provider by
 * itself, unseen. Sealed for one device with a key that relays with the same file share; none of them has to remember it.
 */
import { Refusal } from './refusal.ts';
import { keyedHash } from './team/secrets.ts';

/** What it opens for, and nothing else: the model too, because it says what a call costs. */
export interface SealedFor {
  device: string;
  model: string;
}

const start = 'sealed_';
const ivBytes = 12;

export function seal(secret: string, salt: string, use: SealedFor): Promise<string> {
  return sealText(secret, salt, purposeOf(use));
}

/** What `openText` opens for the same purpose, and nobody else reads or makes. */
export async function sealText(text: string, salt: string, purpose: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(ivBytes));
  const sealed = await crypto.subtle.encrypt(parameters(iv, purpose), await keyOf(salt), utf8(text));
  const bytes = new Uint8Array([...iv, ...new Uint8Array(sealed)]);
  return `${start}${btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')}`;
}

/** A secret that is not sealed passes. Throws `invalid_request` for one that this relay did not seal for this use. */
export async function unseal(shown: string, salt: string, use: SealedFor): Promise<string> {
  if (!shown.startsWith(start)) return shown;
  const opened = await openText(shown, salt, purposeOf(use));
  if (opened !== null) return opened;
  throw new Refusal('invalid_request', 'The value of the grant is not from this relay. Ask for another grant.');
}

/** Null for what this relay did not seal for this purpose. */
export async function openText(shown: string, salt: string, purpose: string): Promise<string | null> {
  try {
    const text = atob(shown.slice(start.length).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0));
    const opened = await crypto.subtle.decrypt(
      parameters(bytes.subarray(0, ivBytes), purpose),
      await keyOf(salt),
      bytes.subarray(ivBytes),
    );
    return new TextDecoder().decode(opened);
  } catch {
    return null;
  }
}

function purposeOf({ device, model }: SealedFor): string {
  return `${device} ${model}`;
}

function parameters(iv: Uint8Array<ArrayBuffer>, purpose: string) {
  return { name: 'AES-GCM', iv, additionalData: utf8(purpose) };
}

async function keyOf(salt: string): Promise<CryptoKey> {
  const bytes = await crypto.subtle.digest('SHA-256', utf8(await keyedHash(salt, 'seal')));
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
