/** What the button of a `not-granted` row may ask for. Pure. */
import type { ToolLine } from '../../protocol/snapshot.ts';

export interface SiteGrant {
  /** As the person reads it, other alphabets in punycode, so that no site can pass for another; null: every site. */
  host: string | null;
  /** Match pattern for `permissions.request`. */
  pattern: string;
}

/** Without a grant the browser does not even tell which site it is, so there is nothing narrower to ask for. */
const everySite: SiteGrant = { host: null, pattern: '*://*/*' };

/** Null when no button can help. */
export function grantFor({ fault, grantOrigin }: Pick<ToolLine, 'fault' | 'grantOrigin'>): SiteGrant | null {
  if (fault !== 'not-granted') return null;
  return grantOrigin === undefined ? everySite : siteGrant(grantOrigin);
}

/** Null for anything that is not exactly a web origin. */
function siteGrant(origin: string): SiteGrant | null {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (!url || url.origin !== origin || !/^https?:$/.test(url.protocol)) return null;
  // A star is a legal host to `URL`, and every site to a match pattern.
  if (url.host.includes('*')) return null;
  return { host: url.host, pattern: `${origin}/*` };
}
