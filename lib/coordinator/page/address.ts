/** What counts of an address. */

/** As a `Place` has it, of a file `file://`. Null: not an address, or of a page without an origin (`about:blank`, `data:`). */
export function originOf(url: unknown): string | null {
  const parsed = parse(url);
  if (parsed?.protocol === 'file:') return 'file://';
  return parsed && parsed.origin !== 'null' ? parsed.origin : null;
}

/** Lower case, in punycode, without port and trailing dots; empty for a file. */
export function hostOf(url: string): string {
  return parse(url)?.hostname.replace(/\.+$/, '') ?? '';
}

/** As a person reads it, with its port and in ASCII; `file://` for a file, empty for what is no place. */
export function placeName(url: string | undefined): string {
  const parsed = parse(url);
  return parsed?.protocol === 'file:' ? 'file://' : (parsed?.host ?? '');
}

function parse(url: unknown): URL | null {
  return typeof url === 'string' ? URL.parse(url) : null;
}
