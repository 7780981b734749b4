/** The lists of sites as the options show and read them. Pure. */
import { isSetting } from '../../protocol/settings.ts';

/** In the order in which they decide. */
export const siteLists = ['neverRead', 'askFirst', 'mayRead'] as const;
export type SiteList = (typeof siteLists)[number];

/** As the settings' own check allows. */
export const mostSites = 500;

export interface SitesRead {
  /** What can be kept, each once. */
  hosts: string[];
  /** Lines that are no site, as they were typed. */
  wrong: string[];
  /** The text with every good line in its one form; the others stay, to be mended. */
  text: string;
}

/** One site a line: a host, or an address pasted whole. */
export function readSites(text: string): SitesRead {
  const hosts = new Set<string>();
  const wrong: string[] = [];
  const lines: string[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (!line) continue;
    const host = readHost(line);
    if (host === null) wrong.push(line);
    else if (hosts.has(host)) continue;
    else hosts.add(host);
    lines.push(host ?? line);
  }
  return { hosts: [...hosts], wrong, text: lines.join('\n') };
}

/** Lower case, other alphabets in punycode, without port and path; null for what is no site of the web. */
function readHost(line: string): string | null {
  const address = /^[a-z][a-z\d+.-]*:\/\//i.test(line) ? line : `https://${line}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  // A name before the host is a mail address or a trap, and a space is a sentence.
  if (!url || !/^https?:$/.test(url.protocol) || url.username || /\s/.test(line)) return null;
  // The subdomains are covered anyway; a point at the end is the same site.
  const host = url.hostname.replace(/^\*\./, '').replace(/\.$/, '');
  return isSetting('neverRead', [host]) ? host : null;
}
