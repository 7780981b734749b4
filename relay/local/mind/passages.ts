import { plain } from './intent.ts';
import { isKin } from './kindred.ts';
import { terms } from './terms.ts';

/** What kind of thing answers a question, so that a sentence that has one counts for more. */
const ANSWER_SHAPES: [RegExp, RegExp][] = [
  [
    /\b(when|what time|at what time|cuando|quando|que horas?|horario)\b/,
    /\d{1,2}[:.]\d{2}|\b\d{1,2}\s?h\b|\b\d{4}\b|\b\d{1,2}\s?(am|pm|a\.m\.|p\.m\.)|\b(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|noon|midnight)\b/i,
  ],
  [
    /\b(how (many|much|long|far|old|high|tall|big|deep|fast|heavy)|cost|price|cuant|quant)/,
    /\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|million|dozen)\b/i,
  ],
  [/\b(who|whose|whom|quem|quien)\b/, /\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u],
  [/\b(why|por que|porque)\b/, /\b(because|since|due to|so that|reason|therefore|porque)\b/i],
];

const K1 = 1.2;
const B = 0.6;

/**
 * The sentence that answers a question best, by BM25 over the sentences (each a little helped by its neighbours and by
 * having the kind of thing asked for), or null when none shares enough of the question's words. Returns its index.
 */
export function bestSentence(question: string, sentences: readonly string[]): number | null {
  const asked = [...new Set(terms(question))];
  // "Where is it?" has no word to look for but that one.
  if (asked.length === 0 && /\b(where|onde|donde)\b/.test(plain(question))) asked.push('address');
  if (asked.length === 0) return null;
  const written = sentences.map(terms);
  const lacking = asked.filter((word) => !written.some((words) => words.includes(word)));
  // What a page calls otherwise counts as what was asked for.
  const documents = written.map((words) => words.map((word) => lacking.find((each) => isKin(each, word)) ?? word));
  const average = documents.reduce((sum, words) => sum + words.length, 0) / Math.max(1, documents.length);
  const rarity = new Map(
    asked.map((word) => {
      const having = documents.filter((words) => words.includes(word)).length;
      return [word, having === 0 ? 0 : Math.log(1 + (documents.length - having + 0.5) / (having + 0.5))];
    }),
  );
  const scores = documents.map((words) => bm25(asked, words, average, rarity));
  const shape = ANSWER_SHAPES.find(([kind]) => kind.test(plain(question)))?.[1];

  let best: number | null = null;
  let bestScore = 0;
  for (const [index, score] of scores.entries()) {
    if (score === 0) continue;
    const around = Math.max(scores[index - 1] ?? 0, scores[index + 1] ?? 0);
    const total = (score + around * 0.15) * (shape?.test(sentences[index] ?? '') ? 1.5 : 1);
    if (total > bestScore) [best, bestScore] = [index, total];
  }
  if (best === null) return null;
  // One shared everyday word of many asked is no answer.
  const shared = asked.filter((word) => documents[best]?.includes(word)).length;
  return shared / asked.length >= 0.34 ? best : null;
}

function bm25(
  asked: readonly string[],
  words: readonly string[],
  average: number,
  rarity: ReadonlyMap<string, number>,
): number {
  return asked.reduce((sum, word) => {
    const count = words.filter((each) => each === word).length;
    if (count === 0) return sum;
    return (
      sum +
      ((rarity.get(word) ?? 0) * count * (K1 + 1)) / (count + K1 * (1 - B + (B * words.length) / Math.max(1, average)))
    );
  }, 0);
}
