/** The arithmetic of secrets. Web Crypto, so it runs anywhere. */
import { Remembered } from '../remembered.ts';

/** Where there is Node it hashes at once: by way of its threads each request would wait for four times the work. */
const node = globalThis.process?.getBuiltinModule?.('node:crypto');

export async function sha256(text: string): Promise<string> {
  return node ? node.hash('sha256', text) : hex(await crypto.subtle.digest('SHA-256', utf8(text)));
}

/** 64 hex digits that nobody without the key can make. */
export async function keyedHash(key: string, text: string): Promise<string> {
  const imported = await crypto.subtle.importKey('raw', utf8(key), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return hex(await crypto.subtle.sign('HMAC', imported, utf8(text)));
}

/** The same, remembered for as many texts as come again and again: people, and the networks that they are in. */
export function rememberedHash(most = 10_000): typeof keyedHash {
  const known = new Remembered<Promise<string>>(most);
  return (key, text) => {
    const name = `${key} ${text}`;
    const hash = known.get(name) ?? keyedHash(key, text);
    known.set(name, hash);
    return hash;
  };
}

/** Constant time for texts of equal length; the lengths of hashes are no secret. */
export function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let index = 0; index < a.length; index += 1) difference |= a.charCodeAt(index) ^ b.charCodeAt(index);
  return difference === 0;
}

export function randomHex(bytes: number): string {
  return hex(crypto.getRandomValues(new Uint8Array(bytes)));
}

export function randomWord(bytes: number): string {
  return base64url(crypto.getRandomValues(new Uint8Array(bytes)));
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

const byteHex = Array.from({ length: 256 }, (_none, byte) => byte.toString(16).padStart(2, '0'));

function hex(bytes: ArrayBuffer | Uint8Array): string {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += byteHex[byte];
  return text;
}

function base64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}
