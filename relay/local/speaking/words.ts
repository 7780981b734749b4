import type { SpokenWord } from './messages.ts';

export interface WrittenWord {
  text: string;
  /** Code points from the start of the clause. */
  start: number;
  end: number;
}

export interface Span {
  startMs: number;
  endMs: number;
}

export function splitWords(clause: string): WrittenWord[] {
  const words: WrittenWord[] = [];
  let text = '';
  let at = 0;
  for (const letter of `${clause} `) {
    if (!/\s/u.test(letter)) text += letter;
    else if (text !== '') {
      words.push({ text, start: at - [...text].length, end: at });
      text = '';
    }
    at++;
  }
  return words;
}

/** A digit is read out as about a syllable more than a letter; punctuation is not read at all. */
function weightOf(word: string): number {
  let weight = 0;
  for (const letter of word) weight += /\p{N}/u.test(letter) ? 4 : /\p{L}/u.test(letter) ? 1 : 0;
  return weight;
}

/**
 * Gives each word its share of the time that is spoken, by its length. Flite tells its sounds but not which word they
 * belong to, so this is an estimate: it is exact at pauses only, and typically within a syllable elsewhere.
 */
export function spreadWords(words: readonly WrittenWord[], spoken: readonly Span[]): SpokenWord[] {
  const length = spoken.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const total = words.reduce((sum, word) => sum + weightOf(word.text), 0) || 1;

  /** From time spoken so far to time in the clause; a word begins after a pause and ends before it. */
  const place = (time: number, beginning: boolean): number => {
    let before = 0;
    for (const { startMs, endMs } of spoken) {
      const until = before + endMs - startMs;
      if (beginning ? time < until - 1e-6 : time <= until + 1e-6) return startMs + time - before;
      before = until;
    }
    return spoken.at(-1)?.endMs ?? 0;
  };

  let weight = 0;
  return words.map(({ text }) => {
    const startMs = Math.round(place((weight / total) * length, true));
    weight += weightOf(text);
    const endMs = Math.round(place((weight / total) * length, false));
    return { text, startMs, endMs: Math.max(startMs, endMs) };
  });
}

/**
 * Gives each word the moment its synthesiser named. `marks` are ordered, with `at` in code points; several may fall
 * into one word ("12/3"), and a word without one ("—") takes no time.
 */
export function markWords(
  words: readonly WrittenWord[],
  marks: readonly { at: number; startMs: number }[],
  endMs: number,
): SpokenWord[] {
  const starts = words.map(({ start, end }) => marks.find(({ at }) => at >= start && at < end)?.startMs);
  let next = endMs;
  const spoken: SpokenWord[] = [];
  for (let index = words.length - 1; index >= 0; index--) {
    const startMs = Math.min(starts[index] ?? next, next);
    spoken.unshift({ text: words[index]!.text, startMs: Math.round(startMs), endMs: Math.round(next) });
    next = startMs;
  }
  return spoken;
}
