/**
 * Pairing: a code of eight letters, read out or sent as a link, becomes a device token. It works once, for ten minutes.
 * Its first two letters say which pairing is meant and the other six prove it, so that five wrong tries end that pairing
 * wherever they come from: a guess is right one time in 200 million.
 */
import * as z from 'zod/mini';
import type { Devices } from '../devices.ts';
import { keyedHash, sameText } from './secrets.ts';
import type { Pairing } from './store.ts';

/** Crockford's: no I, L, O or U, which are taken for others. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const selectorLength = 2;
const length = 8;
const lifeMs = 10 * 60_000;
const mostTries = 5;

/** The body of `POST /v1/pair`. */
export const pairRequest = z.strictObject({
  code: z.string().check(z.maxLength(32)),
  /** What the browser is called in the relay's list. */
  name: z.optional(z.string().check(z.maxLength(64))),
});

/** 201 of `POST /v1/pair`. The token is shown here and never again. */
export interface PairAnswer {
  deviceToken: string;
  device: { id: string; name: string };
  person: { name: string };
}

/** An invitation for the person of this name: eight letters, `AB12CD34`. */
export async function invite(devices: Devices, person: string, now: number = Date.now()): Promise<string> {
  const { id: personId } = await devices.person(person);
  for (;;) {
    // 256 is a whole number of alphabets: no letter is likelier than another.
    const code = Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 32]).join('');
    const pairing: Pairing = {
      selector: code.slice(0, selectorLength),
      codeHash: await keyedHash(await devices.team.salt(), code),
      personId,
      expiresAt: now + lifeMs,
      tries: 0,
    };
    if (await devices.team.addPairing(pairing, now)) return code;
  }
}

/** Null for a code that is wrong, used, tried too often or too old: which of them is nobody's business. */
export async function accept(
  devices: Devices,
  { code, name }: z.infer<typeof pairRequest>,
  now: number = Date.now(),
): Promise<PairAnswer | null> {
  const clean = readCode(code);
  const { team } = devices;
  const selector = clean.slice(0, selectorLength);
  const pairing = await team.tryPairing(selector, now);
  if (pairing === null) return null;
  const right = sameText(pairing.codeHash, await keyedHash(await team.salt(), clean));
  if (!right || pairing.tries > mostTries) {
    if (pairing.tries >= mostTries) await team.endPairing(selector);
    return null;
  }
  // Of two who come at once with the right code one gets the token.
  if (!(await team.endPairing(selector))) return null;
  const person = await team.person(pairing.personId);
  if (person === null) return null;
  const { device, token } = await devices.add(cleanName(name), person.name);
  return { deviceToken: token, device: { id: device.id, name: device.name }, person: { name: person.name } };
}

/** As people write it: small letters, a dash, and the letters that look like digits. */
export function readCode(text: string): string {
  return text.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');
}

export function showCode(code: string): string {
  return `${code.slice(0, 4)}-${code.slice(4)}`;
}

/** The welcome page of the extension with address and code filled in; the fragment is sent to nobody. */
export function pairLink(extensionId: string, relayUrl: string, code: string): string {
  return `chrome-extension://${extensionId}/welcome.html#${new URLSearchParams({ relay: relayUrl, code })}`;
}

/** What a browser calls itself ends up in a terminal: letters only, no control characters. */
function cleanName(name: string | undefined): string {
  const plain = (name ?? '').replaceAll(/[^\p{L}\p{N} ._@+-]/gu, '').trim();
  return plain === '' ? 'browser' : plain;
}
