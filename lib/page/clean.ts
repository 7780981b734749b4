/**
 * Text as a person sees it: composed (NFC), and without what has no shape on the screen but reaches a model all the same:
 * control, format and bidi characters, variation selectors, Unicode tags (whole sentences can be written in them),
 * icon-font glyphs of the private areas, lone surrogates.
 */
const shapeless = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Default_Ignorable_Code_Point}]/gu;

/** Keeps `\n` and `\t`; every other space becomes a plain one. */
export function cleanText(text: string): string {
  if (isPlain(text)) return text;
  return text
    .normalize('NFC')
    .replace(/\r\n?|[\u2028\u2029]/g, '\n')
    .replace(/\p{Zs}/gu, ' ')
    .replace(shapeless, (character) => (character === '\n' || character === '\t' ? character : ''));
}

/** Most English text; looking for what to clean would cost more than all else. */
function isPlain(text: string): boolean {
  return /^[\n\t -~]*$/.test(text);
}

/** Cleaned, on one line, cut to `limit` characters: for titles, headings, descriptions. */
export function cleanLine(text: unknown, limit: number): string {
  if (typeof text !== 'string') return '';
  // A page may hand over megabytes; only the start can matter.
  const line = cleanText(text.slice(0, limit * 4))
    .replace(/\s+/g, ' ')
    .trim();
  return cut(line, limit);
}

/** At most `limit` UTF-16 units, never half a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const code = text.charCodeAt(limit - 1);
  return text.slice(0, code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit);
}
