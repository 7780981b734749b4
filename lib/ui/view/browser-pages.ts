/** Addresses of the browser's own pages, which a tab can open and a link cannot. Pure. */

function scheme(userAgent: string): string {
  return / Edg\//.test(userAgent) ? 'edge' : 'chrome';
}

export function shortcutsPage(userAgent: string): string {
  return `${scheme(userAgent)}://extensions/shortcuts`;
}

/** Where the person allows or blocks the microphone for this extension; `origin` is `chrome-extension://<id>`. */
export function siteSettingsPage(userAgent: string, origin: string): string {
  return `${scheme(userAgent)}://settings/content/siteDetails?site=${encodeURIComponent(origin)}`;
}
