/** A text as words to compare: of one case and composition, without what has no shape; one character each where no spaces are put. */
import { cleanText } from '../clean.ts';

export interface Word {
  /** As it is compared. */
  word: string;
  /** Where it stands in the text. */
  from: number;
  to: number;
}

/** A number is one word: `1,234.50`. Characters without a shape stay inside a word: `co\u00adoperate`. */
const words =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]|[[\p{L}\p{N}\p{M}\p{Cf}]--[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]]+(?:(?<=\p{Nd})[.,'’](?=\p{Nd})[\p{L}\p{N}\p{M}\p{Cf}]+)*/gv;
/** Of Hebrew and Arabic, seldom written, and the stroke that stretches a word. */
const points = /[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]/g;
const thousands = /(?<=\d)[.,'’](?=\d{3}(?!\d))/g;

export function* wordsIn(text: string): Generator<Word> {
  for (const match of text.matchAll(words)) {
    const word = compared(match[0]);
    if (word) yield { word, from: match.index, to: match.index + match[0].length };
  }
}

function compared(word: string): string {
  const plain = isPlain(word)
    ? word.toLowerCase()
    : cleanText(word).normalize('NFKC').toLowerCase().replace(points, '');
  return hasNumber(plain) ? plain.replace(thousands, '') : plain;
}

/** Composed already, and nothing in it to take away: most words of most pages. */
function isPlain(word: string): boolean {
  return word.length === 1 ? /[ -~À-ÿ\u3041-\u9fff]/.test(word) : /^[ -~À-ÿ]+$/.test(word);
}

/** Characters of a script without spaces: two of them say about as much as a word. */
export function weightOf(word: string): number {
  return word.length === 1 && word > '\u0e00' ? 0.5 : 1;
}

/**
 * Two texts are the same words and signs when these are equal: spaces, the forms of quotes and dashes, and the ends do not
 * count, nor does the `|` that a read puts between cells.
 */
export function compareText(text: string): string {
  return cleanText(text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(points, '')
    .replace(/[\p{Pi}\p{Pf}"'`´]/gu, "'")
    .replace(/\p{Pd}/gu, '-')
    .replace(/[\s|]+/g, '')
    .replace(/^[\p{P}\p{S}]+|[\p{P}\p{S}]+$/gu, '');
}

/** Misspelt, or without its accents. Numbers are never nearly the same. */
export function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  if (one.length < 2 || other.length < 2 || Math.abs(one.length - other.length) > 2) return false;
  if (hasNumber(one) || hasNumber(other)) return false;
  const [a, b] = [bare(one), bare(other)];
  const shorter = Math.min(a.length, b.length);
  return a === b || (shorter >= 5 && distance(a, b) <= (shorter >= 9 ? 2 : 1));
}

export function hasNumber(word: string): boolean {
  return /\p{N}/u.test(word);
}

function bare(word: string): string {
  return /^[ -~]*$/.test(word) ? word : word.normalize('NFD').replace(/[\u0300-\u036f]/g, '');
}

/** Letters left out, put in, changed, or changed places with their neighbour. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row[j] = Math.min(
        above[j]! + 1,
        row[j - 1]! + 1,
        above[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        swapped ? before[j - 2]! + 1 : Infinity,
      );
    }
    before = above;
    above = row;
  }
  return above[b.length]!;
}
