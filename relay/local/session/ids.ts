import { randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export type IdPrefix = 'event' | 'item' | 'resp' | 'conv' | 'sess' | 'call';

/** `item_` and 21 base62 characters (`call_` and 16), as the API's ids look. */
export function newId(prefix: IdPrefix): string {
  return `${prefix}_${base62(prefix === 'call' ? 16 : 21)}`;
}

/** Random letters and digits. */
export function base62(length: number): string {
  // 62 does not divide 256; ids are labels, not secrets, so the slight unevenness is harmless.
  return Array.from(randomBytes(length), (byte) => BASE62[byte % 62]).join('');
}

/** Pads a short delta to 16 characters, as the API does to hide token lengths from someone watching packet sizes. */
export function padded(delta: string): { delta: string; obfuscation: string } {
  return { delta, obfuscation: base62(Math.max(0, 16 - delta.length)) };
}
