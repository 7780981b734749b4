/** Who somebody is at the identity provider, whether they may come in, and what they are called here. */

export type Claims = Readonly<Record<string, unknown>>;

export interface Identity {
  /** With the subject the one thing that stays the same when names and addresses change. */
  issuer: string;
  subject: string;
  /** What each of the provider's answers says of them: the ID token, and `userinfo` where there is one. */
  claims: readonly Claims[];
}

/** The provider as the pages need it. Both throw a `SignInRefusal`. */
export interface IdentityProvider {
  /** Where the browser is sent. */
  begin(attempt: Attempt): Promise<URL>;
  /** `answer`: what the browser brought back. */
  finish(answer: URLSearchParams, attempt: Attempt): Promise<Identity>;
}

/** What ties the provider's answer to this browser and this question: 43 letters each. */
export interface Attempt {
  state: string;
  nonce: string;
  /** Of PKCE. */
  verifier: string;
}

/** An e-mail address that the provider vouches for, in small letters; null for none. Anybody can claim any other. */
export function vouchedAddress({ claims }: Identity): string | null {
  for (const { email, email_verified: verified } of claims) {
    // Some providers write it as a text.
    if (verified !== true && verified !== 'true') continue;
    if (typeof email === 'string' && /^[^\s@]{1,64}@[^\s@]{1,255}$/.test(email)) return email.toLowerCase();
  }
  return null;
}

/** `allowed`: `OIDC_ALLOWED`, one of which is enough. */
export function isAllowed(allowed: readonly string[], identity: Identity): boolean {
  const address = vouchedAddress(identity);
  const domain = address?.slice(address.indexOf('@') + 1);
  return allowed.some((entry) => {
    if (entry === '*') return true;
    const equals = entry.indexOf('=');
    if (equals > 0) return has(identity, entry.slice(0, equals), entry.slice(equals + 1));
    return entry.toLowerCase() === (entry.includes('@') ? address : domain);
  });
}

function has({ claims }: Identity, name: string, value: string): boolean {
  return claims.some((each) => {
    const said = Object.hasOwn(each, name) ? each[name] : undefined;
    return Array.isArray(said) ? said.includes(value) : said === value;
  });
}

const longest = 56;

/** As `users` lists them: letters that a terminal does not obey, and never empty. */
export function displayName(identity: Identity): string {
  const said = (name: string) => identity.claims.map((each) => each[name]).find((text) => typeof text === 'string');
  const name = vouchedAddress(identity) ?? said('preferred_username') ?? said('name') ?? '';
  const plain = name.replaceAll(/[^\p{L}\p{N} ._@+-]/gu, '').replace(/^[^\p{L}\p{N}]+/u, '');
  return [...plain].slice(0, longest).join('').trim() || 'person';
}
