/** Finds the passages that answer a question: BM25, and of each what fits into the room there is. */
import { sentenceEnds, type Passage } from './passages.ts';
import { estimateTokens } from './tokens.ts';
import { indexWords } from './words.ts';

export interface Found {
  passage: Passage;
  score: number;
  /** All of the passage, or its best sentences where there was no room for all. */
  text: string;
  whole: boolean;
}

interface Index {
  /** Of each passage: how often each word is in it. */
  counts: Map<string, number>[];
  lengths: number[];
  average: number;
  /** In how many passages each word is. */
  holders: Map<string, number>;
}

const k1 = 1.2;
const b = 0.6;
/** A word of the headings above counts as much as this many in the text. */
const ofHeading = 0.6;
/** A page says first what it is about. */
const ofLede = 1.5;
/** Tokens that part two passages, and each from its headings. */
const betweenPassages = 2;
/** Passages that one search hands on. */
const mostPassages = 3;

const indexes = new WeakMap<readonly Passage[], Index>();

/** The best first; nothing that shares no word with the query. */
export function search(passages: readonly Passage[], query: string, budgetTokens: number, language = ''): Found[] {
  let index = indexes.get(passages);
  if (!index) indexes.set(passages, (index = indexPassages(passages, language)));
  const words = [...new Set(indexWords(query, language))];
  const weigh = weigher(index, words, passages.length);
  const ranked = passages
    .map((passage, at) => ({ passage, score: weigh(index.counts[at]!, index.lengths[at]!) * (at === 0 ? ofLede : 1) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, mostPassages);
  const found: Found[] = [];
  let room = budgetTokens;
  for (const [at, { passage, score }] of ranked.entries()) {
    // Each leaves something for those after it, the first the least.
    const share = at === ranked.length - 1 ? room : room / (ranked.length - at) + room / (ranked.length + 3);
    const rank = (text: string) => weigh(countWords(indexWords(text, language)), 1);
    const heading = estimateTokens(passage.path.join('\n')) + betweenPassages;
    const text = fitting(passage.text, share - heading, rank);
    if (!text) continue;
    room -= estimateTokens(text) + heading;
    found.push({ passage, score, text, whole: text === passage.text });
  }
  return found;
}

function indexPassages(passages: readonly Passage[], language: string): Index {
  const counts = passages.map(({ text, path }) => {
    const counted = countWords(indexWords(text, language));
    for (const word of indexWords(path.join(' '), language)) counted.set(word, (counted.get(word) ?? 0) + ofHeading);
    return counted;
  });
  const lengths = counts.map((counted) => [...counted.values()].reduce((sum, count) => sum + count, 0));
  const holders = new Map<string, number>();
  for (const counted of counts) for (const word of counted.keys()) holders.set(word, (holders.get(word) ?? 0) + 1);
  const average = lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length);
  return { counts, lengths, average, holders };
}

function countWords(words: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function weigher({ holders, average }: Index, words: string[], passages: number) {
  return (counts: Map<string, number>, length: number): number => {
    let score = 0;
    for (const word of words) {
      const count = counts.get(word);
      if (!count) continue;
      const rare = holders.get(word) ?? 0;
      const weight = Math.log(1 + (passages - rare + 0.5) / (rare + 0.5));
      score += (weight * count * (k1 + 1)) / (count + k1 * (1 - b + (b * length) / average));
    }
    return score;
  };
}

/** The sentences around the best one, as many as fit, in their order. */
function fitting(text: string, room: number, rank: (sentence: string) => number): string {
  if (estimateTokens(text) <= room) return text;
  const sentences = sentencesOf(text);
  const ranks = sentences.map(rank);
  const chosen = new Set<number>();
  const size = (at: number) => estimateTokens(sentences[at]!);
  let left = room;
  const byRank = sentences
    .map((_sentence, at) => at)
    .toSorted((one, other) => ranks[other]! - ranks[one]! || one - other);
  for (const at of byRank) {
    for (const near of [at, at + 1, at - 1]) {
      if (near < 0 || near >= sentences.length || chosen.has(near) || size(near) > left) continue;
      if (near !== at && !chosen.has(at)) continue;
      chosen.add(near);
      left -= size(near);
    }
  }
  return [...chosen]
    .toSorted((one, other) => one - other)
    .map((at, index, all) => (index > 0 && all[index - 1] !== at - 1 ? '… ' : '') + sentences[at]!)
    .join('')
    .trim();
}

function sentencesOf(text: string): string[] {
  const ends = sentenceEnds(text);
  return ends.map((end, at) => text.slice(at === 0 ? 0 : ends[at - 1], end));
}
