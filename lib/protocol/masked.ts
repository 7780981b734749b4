/**
 * Text of errors for the log, without what may be secret or private in it: addresses, what stands in quotation marks
 * (errors quote what they stumbled over), and long runs with a digit in them (tokens, keys, fingerprints). On one line.
 */
const hidden: readonly [what: RegExp, by: string][] = [
  [/\s+/g, ' '],
  [/[a-z][a-z\d+.-]*:\/\/\S+/gi, '‹address›'],
  [/\b\d{1,3}(\.\d{1,3}){3}\b/g, '‹address›'],
  // An apostrophe stands behind a letter.
  [/"[^"]*"|“[^”]*”|«[^»]*»|`[^`]*`|(?<![\p{L}\d])'[^']*'/gu, '‹…›'],
  [/(?=[\w+/=-]*\d)[\w+/=-]{20,}/g, '‹…›'],
];

export function masked(text: string, most = 200): string {
  const clean = hidden.reduce((now, [what, by]) => now.replace(what, by), text.toWellFormed());
  return clean.length > most ? `${clean.slice(0, most - 1)}…` : clean;
}
