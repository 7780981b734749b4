import { randomBytes } from 'node:crypto';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export type IdPrefix = 'event' | 'item' | 'resp' | 'conv' | 'sess' | 'call';

/** Where ids come from. */
export interface Ids {
  /** `item_` and 21 base62 characters (`call_` and 16), as the API's ids look. */
  next(prefix: IdPrefix): string;
  /** Letters and digits that mean nothing. */
  letters(length: number): string;
}

/** With a seed the same ids come in the same order in every run; without one they are random. */
export function createIds(seed?: number): Ids {
  const bytes = seed === undefined ? randomBytes : seeded(seed);
  // 62 does not divide 256; ids are labels, not secrets, so the slight unevenness is harmless.
  const letters = (length: number): string => Array.from(bytes(length), (byte) => BASE62[byte % 62]).join('');
  return { letters, next: (prefix) => `${prefix}_${letters(prefix === 'call' ? 16 : 21)}` };
}

/** Mulberry32: small, and the same on every machine. */
function seeded(seed: number): (length: number) => Uint8Array {
  let state = seed >>> 0;
  return (length) =>
    Uint8Array.from({ length }, () => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return (mixed ^ (mixed >>> 14)) & 0xff;
    });
}

/** Pads a short delta to 16 characters, as the API does to hide token lengths from someone watching packet sizes. */
export function padded(delta: string, ids: Ids): { delta: string; obfuscation: string } {
  return { delta, obfuscation: ids.letters(Math.max(0, 16 - delta.length)) };
}
