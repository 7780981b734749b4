import { plain } from './intent.ts';

const STOP_WORDS = new Set(
  (
    'a an the this that these those it its is are was were be been being am do does did done have has had will would can could should shall may might must ' +
    'of in on at to for from by with about as into than then and or but not no nor so if i me my you your he she we us they them their his her our ' +
    'what who whom whose when where why which how much many tell say says said page article site website please know there here just also any some ' +
    'explain find list describe give show read name define ' +
    'o os as um uma de da do das dos em no na nos nas por para com que qual quais quem quando onde como quanto se e ' +
    'el la los las un una del al en y con cual quien cuando donde cuanto esta este pagina'
  ).split(' '),
);

/** What kind of thing answers a question, so that a sentence that has one counts for more. */
const ANSWER_SHAPES: [RegExp, RegExp][] = [
  [
    /\b(when|what time|at what time|cuando|quando|que horas?)\b/,
    /\d{1,2}[:.]\d{2}|\b\d{4}\b|\b\d{1,2}\s?(am|pm|a\.m\.|p\.m\.)|\b(january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|noon|midnight)\b/i,
  ],
  [
    /\b(how (many|much|long|far|old|high|tall|big|deep|fast|heavy)|cost|price|cuant|quant)/,
    /\d|\b(two|three|four|five|six|seven|eight|nine|ten|twelve|hundred|thousand|million|dozen)\b/i,
  ],
  [/\b(who|whose|whom|quem|quien)\b/, /\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/u],
  [/\b(why|por que|porque)\b/, /\b(because|since|due to|so that|reason|therefore|porque)\b/i],
];

/** Search words of a text: no stop words, plural and verb endings cut. */
export function terms(text: string): string[] {
  return plain(text)
    .split(' ')
    .filter((word) => word.length > 0 && !STOP_WORDS.has(word))
    .map(stem);
}

/** Enough of a stemmer that "trains", "leaves" and "leaving" meet "train" and "leave". */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<![siu])s$/, '')
    .replace(/(ing|ed)$/, (ending) => (word.length - ending.length >= 3 ? '' : ending))
    .replace(/e$/, '');
}

const K1 = 1.2;
const B = 0.6;

/**
 * The sentence that answers a question best, by BM25 over the sentences (each a little helped by its neighbours and by
 * having the kind of thing asked for), or null when none shares enough of the question's words. Returns its index.
 */
export function bestSentence(question: string, sentences: readonly string[]): number | null {
  const asked = [...new Set(terms(question))];
  if (asked.length === 0) return null;
  const documents = sentences.map(terms);
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
