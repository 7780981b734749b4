/** Is this text an address where a relay can be? Pure. */

export type AddressProblem = 'empty' | 'too-long' | 'not-an-address' | 'not-https' | 'has-credentials' | 'has-query';

export type AddressCheck = { url: string } | { problem: AddressProblem };

const maxLength = 300;
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * The address in its one form (origin and path, without a trailing slash), or why it cannot be one. Plain http only to
 * this machine: everywhere else the device token would travel for all to read.
 */
export function checkRelayAddress(text: string): AddressCheck {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'empty' };
  if (trimmed.length > maxLength) return { problem: 'too-long' };
  const url = !/\s/.test(trimmed) && URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (!url || !/^https?:$/.test(url.protocol) || !/^https?:\/\//i.test(trimmed)) return { problem: 'not-an-address' };
  if (url.username || url.password) return { problem: 'has-credentials' };
  if (url.protocol === 'http:' && !loopback.has(url.hostname)) return { problem: 'not-https' };
  if (url.search || url.hash) return { problem: 'has-query' };
  return { url: url.origin + url.pathname.replace(/\/+$/, '') };
}

/** A device token is one word; anything else is a paste gone wrong. */
export function checkDeviceToken(text: string): { token: string } | { problem: 'token-spaces' | 'token-long' } {
  const token = text.trim();
  if (/\s/.test(token)) return { problem: 'token-spaces' };
  if (token.length > 512) return { problem: 'token-long' };
  return { token };
}

/** A model's or a voice's name as a relay takes it (the wishes' schema); empty lets the relay choose. Null when it is none. */
export function checkName(text: string): string | null {
  const name = text.trim();
  return /^[A-Za-z0-9._:-]{0,64}$/.test(name) ? name : null;
}
