/**
 * What tags, roles, classes and ids say about a part of a page: hints for the choice, never the choice itself.
 * Each is a bit; a part has the bits of all that it lies in.
 */
export const inMain = 1;
export const inArticle = 2;
export const inNav = 4;
export const inAside = 8;
export const inFooter = 16;
export const inHeader = 32;
export const inDialog = 128;
export const aroundName = 256;
export const commentName = 512;
export const metaName = 1024;
const inList = 2048;
/** The bits before this one are weighed by the choice, those from it on are not. */
export const inDrawing = 8192;
/** What the page keeps from screen readers. */
export const unspoken = 16_384;
/** All others that are said of most of a page say nothing. */
export const neverDoubted = inMain | inArticle | inList | inDrawing;

/** By bit: tags and roles. */
const partNames = [
  'main',
  'article',
  'nav navigation menu tablist search toolbar',
  'aside complementary',
  'footer contentinfo',
  'header banner',
  'form',
  'dialog alertdialog',
  '',
  '',
  '',
  'ul ol',
  'button',
  'svg',
];
const parts = new Map<string | null, number>();
for (const [at, names] of partNames.entries()) for (const name of names.split(' ')) parts.set(name, 1 << at);
parts.delete('');

/** From `aroundName` on: how words of class names and ids begin, or what they are. */
const names = [
  /\b(?:cookie|breadcrumb|subscri|shar|recommend|promo|sponsor|advert|nav|foot|skip|filter|(?:consent|sidebar|newsletter|social|related|popup|modal|ads?|banner|menu|widget|pagination|toolbar|tags?|signup|login|cart|search|toc|carousel|similar|popular|more|recent)\b)/,
  /\b(?:comment|repl|review|rating)/,
  /\b(?:user|action|(?:meta|byline|author|date|time|posted|published|caption|credit|bio|price|badge|label|button|btn)\b)/,
];

export function hintsOfPart(tagOrRole: string | null): number {
  return parts.get(tagOrRole) ?? 0;
}

/** Of class attributes and ids. */
export function hintsOfNames(classes: string): number {
  const words = classes
    .slice(0, 300)
    // A word goes on through all but spaces, `-` and `_`.
    .replace(/[^\w\s-]/g, 'x')
    .replace(/([a-z0-9])([A-Z])|_/g, '$1-$2')
    .toLowerCase();
  let hints = 0;
  for (const [at, name] of names.entries()) if (name.test(words)) hints |= aroundName << at;
  return hints;
}
