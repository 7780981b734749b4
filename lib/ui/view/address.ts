/** Addresses as a person may trust them: `URL` writes them in ASCII, other alphabets in punycode. Pure. */

export interface WebAddress {
  /** What opens. */
  href: string;
  origin: string;
  /** `origin` and `rest` are the whole of `href`. */
  rest: string;
}

const parse = (text: string) => (URL.canParse(text) ? new URL(text) : null);

/** Null for all but the web: nothing else is ever opened. Without name and password, which can pass for a host. */
export function webAddress(text: string): WebAddress | null {
  const url = parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) return null;
  url.username = '';
  url.password = '';
  const { href, origin } = url;
  return { href, origin, rest: href.slice(origin.length) };
}

/** `example.org:8080`; `file://` for a file; empty for what is no address. */
export function hostOf(text: string): string {
  const url = parse(text);
  if (url?.protocol === 'file:') return 'file://';
  return url?.host ?? '';
}
