/** Why the browser does not let a page be read: by its address before we try, by the browser's words after. */
import type { PageRefusal } from '../protocol/messages.ts';

const readableSchemes = new Set(['http:', 'https:', 'file:']);
const storeHosts = new Set(['chromewebstore.google.com', 'addons.opera.com']);
const storePaths = [
  { host: 'chrome.google.com', path: '/webstore' },
  { host: 'microsoftedge.microsoft.com', path: '/addons' },
];

/**
 * Before injecting: `view-source:` pages would never answer. Null when it is worth a try; without a grant the browser
 * does not tell a tab's address at all.
 */
export function refusalOfUrl(url: string | undefined): PageRefusal | null {
  if (!url) return null;
  const parsed = URL.parse(url);
  if (!parsed || !readableSchemes.has(parsed.protocol) || isStore(parsed))
    return { ok: false, fault: 'restricted-page' };
  return null;
}

/**
 * After a refused injection. The words are Chromium's (reliability.md U6, U7, and measured without the `tabs`
 * permission, where a page that was not granted is only "the page").
 */
export function refusalOfMessage(message: string, tabUrl: string | undefined): PageRefusal {
  const denied = /cannot access contents of (?:the page|url "([^"]*)")/i.exec(message);
  if (denied) return notGranted(denied[1] ?? tabUrl);
  // A picture needs the click itself; a site that was granted is not enough.
  if (/permission is required/i.test(message)) return { ok: false, fault: 'not-granted' };
  const restricted =
    /cannot access an? \S+ url|extensions gallery|showing error page|cannot be scripted|screenshots has been disabled/i;
  if (restricted.test(message)) return { ok: false, fault: 'restricted-page' };
  if (/was removed|was closed|no tab with id|no frame with id|no document with id|navigat/i.test(message)) {
    return { ok: false, fault: 'page-changed' };
  }
  if (/quota/i.test(message)) return { ok: false, fault: 'timed-out' };
  return { ok: false, fault: 'failed' };
}

function notGranted(url: string | undefined): PageRefusal {
  const parsed = url ? URL.parse(url) : null;
  if (!parsed) return { ok: false, fault: 'not-granted' };
  if (refusalOfUrl(url) || parsed.protocol === 'file:') return { ok: false, fault: 'restricted-page' };
  return { ok: false, fault: 'not-granted', grantOrigin: parsed.origin };
}

function isStore({ hostname, pathname }: URL): boolean {
  return (
    storeHosts.has(hostname) || storePaths.some(({ host, path }) => hostname === host && pathname.startsWith(path))
  );
}
