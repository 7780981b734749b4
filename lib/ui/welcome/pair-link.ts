/** Pairing links and codes, as the owner of a relay hands them out. Pure. */
import { checkRelayAddress } from '../view/relay-address.ts';

export interface PairLink {
  relayUrl: string;
  code: string;
}

/**
 * What `…/welcome.html#relay=<address>&code=<code>` means; the part from the `#` on is enough. `damaged`: meant as a link,
 * but address or code is none. Null for any other text.
 */
export function readPairLink(text: string): PairLink | 'damaged' | null {
  const at = text.indexOf('#');
  const fields = new URLSearchParams(at < 0 ? '' : text.slice(at + 1).trim());
  if (!fields.has('relay') || !fields.has('code')) return null;
  const address = checkRelayAddress(fields.get('relay') ?? '');
  const code = readPairCode(fields.get('code') ?? '');
  return 'url' in address && code !== null ? { relayUrl: address.url, code } : 'damaged';
}

/** A code as people write it, `ab12-cd34`; the relay knows more about its codes. Null when it is none. */
export function readPairCode(text: string): string | null {
  const code = text.trim();
  return /^[A-Za-z0-9][A-Za-z0-9 -]{2,30}[A-Za-z0-9]$/.test(code) ? code : null;
}

/** What the relay's list calls this browser, so that its owner knows which one to revoke: `Edge on Windows`. */
export function deviceName(userAgent: string): string {
  const browser = / Edg\//.test(userAgent) ? 'Edge' : 'Chrome';
  const systems = { Windows: 'Windows', Macintosh: 'macOS', CrOS: 'ChromeOS', Linux: 'Linux' };
  const system = Object.entries(systems).find(([sign]) => userAgent.includes(sign))?.[1];
  return system ? `${browser} on ${system}` : browser;
}
