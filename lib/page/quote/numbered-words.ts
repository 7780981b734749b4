/** A quote and a long text as numbered words, so that looking for one in the other compares numbers. */
import { weightOf, wordsIn } from './quote-words.ts';

export interface QuoteWords {
  words: string[];
  /** The same number for the same word, from 1. */
  ids: number[];
  /** The quote leaves something out behind this word. */
  omits: boolean[];
  weights: number[];
  /** Sum of the weights. */
  weight: number;
}

export interface TextWords {
  text: string;
  /** Numbers as in the quote; 0 is none of its words. */
  ids: number[];
  from: number[];
  to: number[];
}

export function readQuote(quote: string): QuoteWords {
  const found = [...wordsIn(quote)];
  const numbers = numbersOf(found.map(({ word }) => word));
  const weights = found.map(({ word }) => weightOf(word));
  return {
    words: found.map(({ word }) => word),
    ids: found.map(({ word }) => numbers.get(word)!),
    omits: found.map(({ to }, index) => {
      const next = found[index + 1];
      return next !== undefined && /\.\.|…/.test(quote.slice(to, next.from));
    }),
    weights,
    weight: weights.reduce((sum, each) => sum + each, 0),
  };
}

/** As much of the text as there is time for. */
export function numberWords(text: string, { words }: QuoteWords, isTimeUp: () => boolean): TextWords {
  const numbers = numbersOf(words);
  const page: TextWords = { text, ids: [], from: [], to: [] };
  for (const { word, from, to } of wordsIn(text)) {
    if (page.ids.length % 4096 === 4095 && isTimeUp()) break;
    page.ids.push(numbers.get(word) ?? 0);
    page.from.push(from);
    page.to.push(to);
  }
  return page;
}

function numbersOf(words: readonly string[]): Map<string, number> {
  return new Map([...new Set(words)].map((word, index) => [word, index + 1]));
}
