/** Which click a refused tool waits for. Pure. */
import { isActive, type Snapshot, type ToolLine } from '../../protocol/snapshot.ts';

export interface SiteGrant {
  /** As the person reads it, other alphabets in punycode, so that no site can pass for another; null: every site. */
  host: string | null;
  /** Match pattern for `permissions.request`. */
  pattern: string;
}

/** Without a grant the browser does not even tell which site it is, so there is nothing narrower to ask for. */
const everySite: SiteGrant = { host: null, pattern: '*://*/*' };

/** What the button of a `not-granted` row may ask the browser for. Null when no button can help. */
export function grantFor({ fault, grantOrigin }: Pick<ToolLine, 'fault' | 'grantOrigin'>): SiteGrant | null {
  if (fault !== 'not-granted') return null;
  if (grantOrigin === undefined) return everySite;
  const host = siteOf(grantOrigin);
  return host === null ? null : { host, pattern: `${grantOrigin}/*` };
}

/** The site that the button of an `ask-first` row names. Null when there is nothing to allow. */
export function askedSite({ fault, askOrigin = '' }: Pick<ToolLine, 'fault' | 'askOrigin'>): string | null {
  if (fault !== 'ask-first') return null;
  return askOrigin === 'file://' ? askOrigin : siteOf(askOrigin);
}

/** Its host; null for anything that is not exactly a web origin. */
export function siteOf(origin: string): string | null {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (!url || url.origin !== origin || !/^https?:$/.test(url.protocol)) return null;
  // A star is a legal host to `URL`, and every site to a match pattern.
  return url.host.includes('*') ? null : url.host;
}

type Told = Pick<Snapshot, 'phase' | 'lines'>;

/** A click allows a private site for the running call only, and only the last that was asked for. */
export function mayAllow({ id }: ToolLine, { phase, lines }: Told): boolean {
  const asked = lines.findLast((line) => line.kind === 'tool' && line.fault === 'ask-first');
  return isActive(phase) && asked?.id === id;
}

/** The line whose button lets the running call go on: the last of a tool, where it waits for a click. */
export function waitingLine({ phase, lines }: Told): ToolLine | null {
  const last = lines.findLast((line) => line.kind === 'tool');
  return isActive(phase) && last && (grantFor(last) !== null || askedSite(last) !== null) ? last : null;
}
