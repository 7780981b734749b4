/** Addresses as the model and the transcript row get them: where a page is, without what gives access to it. */
import { cleanLine, cut } from '../page/clean.ts';
import { maskSecrets } from '../page/secrets.ts';

const longest = 300;

const secretName =
  /token|secret|session|signature|passw|credential|ticket|jwt|(?:^|[^a-z])(?:api_?key|key|sig|sid|auth|code|otp|pass|pwd|state|nonce|hash)(?:[^a-z]|$)/i;
/** Letters and digits in one long word, as people do not write them. */
const secretValue = /(?=\w*\d)(?=\w*[a-z])\w{16,}/i;

/** No credentials, no fragment; values in the query that look like tokens are `***`. */
export function shownAddress(url: string): string {
  const address = URL.canParse(url) ? new URL(url) : null;
  if (!address) return cut(maskSecrets(cleanLine(url, longest)), longest);
  address.username = '';
  address.password = '';
  address.hash = '';
  const query = [...address.searchParams];
  for (const [name, value] of query) {
    if (secretName.test(name) || secretValue.test(value) || maskSecrets(value) !== value) {
      address.searchParams.set(name, '***');
    }
  }
  const { search } = address;
  address.search = '';
  return cut(maskSecrets(address.href) + search, longest);
}

/** To come back to: whole, but for credentials. */
export function returnAddress(url: string): string {
  if (!URL.canParse(url)) return '';
  const address = new URL(url);
  address.username = '';
  address.password = '';
  return address.href;
}
