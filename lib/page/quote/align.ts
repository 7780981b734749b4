/** The words of a quote laid along a stretch of text: in order, each at most once, with few others between. */
import type { QuoteWords, TextWords } from './numbered-words.ts';
import { hasNumber, isAlike, weightOf, wordsIn } from './quote-words.ts';

export interface Alignment {
  /** First and last word of the text, one pair for each part between two omissions. */
  runs: [first: number, last: number][];
  score: number;
}

/** Of the quote's words must be there. */
const leastFound = 0.85;
/** Of the words of the text from the first to the last found must be the quote's. */
const leastOwn = 0.6;
/** What a word too many or too few costs, beside one that is found. */
const cost = 0.3;
/** An omission of no more is not one. */
const smallGap = 3;

const none = 0;
const both = 1;
const skipText = 2;
const skipQuote = 3;

/** `from`, `to`: words of the text. Null when too little is there. */
export function align(page: TextWords, from: number, to: number, quote: QuoteWords): Alignment | null {
  const size = to - from;
  const width = size + 1;
  const texts = Array.from({ length: size }, (_, index) => wordAt(page, from + index));
  const cells = (quote.words.length + 1) * width;
  const sums = new Float32Array(cells);
  const steps = new Uint8Array(cells);
  let best = 0;
  for (let q = 1; q <= quote.ids.length; q += 1) {
    const weight = quote.weights[q - 1]!;
    const word = quote.words[q - 1]!;
    const free = quote.omits[q - 1]!;
    for (let t = 1; t <= size; t += 1) {
      const cell = q * width + t;
      const id = page.ids[from + t - 1]!;
      // A word that the quote has elsewhere is not a misspelling of this one.
      const same = id === quote.ids[q - 1] || (id === 0 && isAlike(texts[t - 1]!, word));
      let sum = same ? sums[cell - width - 1]! + weight : 0;
      let step = same ? both : none;
      const skippedText = sums[cell - 1]! - (free ? 0 : cost * weightOf(texts[t - 1]!));
      if (skippedText > sum) [sum, step] = [skippedText, skipText];
      const skippedQuote = sums[cell - width]! - cost * weight;
      if (skippedQuote > sum) [sum, step] = [skippedQuote, skipQuote];
      sums[cell] = sum;
      steps[cell] = step;
      if (sum > sums[best]!) best = cell;
    }
  }
  return judge(pairsTo(best, steps, width), from, texts, quote);
}

/** Word of the quote and word of the stretch, in order. */
function pairsTo(end: number, steps: Uint8Array, width: number): [q: number, t: number][] {
  const pairs: [number, number][] = [];
  for (let cell = end; steps[cell] !== none;) {
    const step = steps[cell];
    if (step === both) pairs.push([Math.floor(cell / width) - 1, (cell % width) - 1]);
    cell -= step === both ? width + 1 : step === skipText ? 1 : width;
  }
  return pairs.toReversed();
}

function judge(
  pairs: [q: number, t: number][],
  from: number,
  texts: readonly string[],
  { words, weights, weight, omits }: QuoteWords,
): Alignment | null {
  const found = pairs.reduce((sum, [q]) => sum + weights[q]!, 0);
  if (found < leastFound * weight) return null;
  // Another number is another fact.
  const taken = new Set(pairs.map(([q]) => q));
  if (words.some((word, q) => hasNumber(word) && !taken.has(q))) return null;
  const runs: [number, number][] = [];
  let before: [q: number, t: number] | undefined;
  for (const [q, t] of pairs) {
    const omitted = before && t - before[1] > smallGap && omits.slice(before[0], q).some(Boolean);
    const run = runs.at(-1);
    if (run && !omitted) run[1] = t;
    else runs.push([t, t]);
    before = [q, t];
  }
  const covered = runs.reduce(
    (sum, [first, last]) => sum + texts.slice(first, last + 1).reduce((part, text) => part + weightOf(text), 0),
    0,
  );
  if (found < leastOwn * covered) return null;
  return {
    runs: runs.map(([first, last]) => [from + first, from + last]),
    score: found / Math.max(weight, covered),
  };
}

function wordAt({ text, from, to }: TextWords, index: number): string {
  const [first] = wordsIn(text.slice(from[index], to[index]));
  return first?.word ?? '';
}
