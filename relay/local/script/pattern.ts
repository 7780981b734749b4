import { plain } from '../mind/intent.ts';

/**
 * What some text should be: a string has its words in it (whatever their case, accents and punctuation), a regular
 * expression matches it, an object is part of the JSON it is.
 */
export type Pattern = string | RegExp | { readonly [field: string]: unknown };

/** Refuses a string without a word, which every text would fit. */
export function checkPattern(pattern: Pattern, refuse: (why: string) => never): void {
  if (typeof pattern !== 'string' || plain(pattern) !== '') return;
  refuse(`"${pattern}" has no word that could be looked for. Leave it out to take anything.`);
}

export function fits(pattern: Pattern, text: string): boolean {
  if (typeof pattern === 'string') return ` ${plain(text)} `.includes(` ${plain(pattern)} `);
  // With a `g` flag a regular expression would remember where it was.
  if (pattern instanceof RegExp) return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(text);
  try {
    return isPartOf(pattern, JSON.parse(text));
  } catch {
    return false;
  }
}

export function describePattern(pattern: Pattern): string {
  if (pattern instanceof RegExp) return String(pattern);
  return typeof pattern === 'string' ? `"${pattern}"` : JSON.stringify(pattern);
}

function isPartOf(part: unknown, whole: unknown): boolean {
  if (part === null || typeof part !== 'object') return Object.is(part, whole);
  if (whole === null || typeof whole !== 'object' || Array.isArray(part) !== Array.isArray(whole)) return false;
  return Object.entries(part).every(([key, value]) => isPartOf(value, (whole as Record<string, unknown>)[key]));
}
