/** What the button of a `not-granted` row may ask for. Pure. */

export interface SiteGrant {
  /** As the person reads it; other alphabets in punycode, so that no site can pass for another. */
  host: string;
  /** Match pattern for `permissions.request`. */
  pattern: string;
}

/** Null for anything that is not exactly a web origin. */
export function siteGrant(origin: string | undefined): SiteGrant | null {
  if (!origin) return null;
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (!url || url.origin !== origin || !/^https?:$/.test(url.protocol)) return null;
  // A star is a legal host to `URL`, and every site to a match pattern.
  if (url.host.includes('*')) return null;
  return { host: url.host, pattern: `${origin}/*` };
}
