/** Where a quote stands in a text: word for word, else the stretch that has nearly all of its words in order. */
import { align } from './align.ts';
import { numberWords, readQuote, type QuoteWords, type TextWords } from './numbered-words.ts';
import { compareText } from './quote-words.ts';

export interface Match {
  /** In the text. More than one where the quote leaves words out. */
  spans: [from: number, to: number][];
  /** Nothing but case, spaces and the forms of signs is different. */
  exact: boolean;
  /** Share of the quote's words that are there, less what stands between them; 0 to 1. */
  score: number;
}

/** Fewer words stand in too many places nearly. */
const leastWords = 4;
const mostMatches = 24;
const mostCandidates = 12;
/** Of a stretch worth aligning; the rest may be misspelt. */
const leastShared = 0.6;
/** How far apart two parts of a quote with `…` may stand. */
const omittedWords = 120;
const mostOmissions = 3;

/** Best first; those that are alike in the order of the text. */
export function findMatches(text: string, quote: string, isTimeUp: () => boolean = () => false): Match[] {
  const asked = readQuote(quote);
  if (asked.words.length === 0) return [];
  const page = numberWords(text, asked, isTimeUp);
  const edges = edgeSigns(quote);
  const spot = (first: number, last: number): [number, number] =>
    withSigns(text, page.from[first]!, page.to[last]!, edges);
  const compared = compareText(quote);
  // Between two words may stand half a million signs.
  const isSame = ([from, to]: [number, number]) =>
    to - from < 4 * quote.length && compareText(text.slice(from, to)) === compared;
  const wordForWord = runs(page, asked)
    .map((first): Match => {
      const span = spot(first, first + asked.words.length - 1);
      return { spans: [span], exact: isSame(span), score: 1 };
    })
    .toSorted((one, other) => Number(other.exact) - Number(one.exact));
  const isShort = asked.weight < leastWords;
  if (isShort) return wordForWord.filter(({ exact }) => exact).slice(0, mostMatches);
  if (wordForWord.length > 0) return wordForWord.slice(0, mostMatches);
  const near: Match[] = [];
  for (const [from, to] of stretches(page, asked)) {
    if (isTimeUp()) break;
    const found = align(page, from, to, asked);
    if (!found) continue;
    const spans = found.runs.map(([first, last]) => spot(first, last));
    const isKnown = near.some(({ spans: [known] }) => known![0] === spans[0]![0]);
    if (!isKnown) near.push({ spans, exact: false, score: found.score });
  }
  return near.toSorted((one, other) => other.score - one.score);
}

/** Where the text has the words one after the other. */
function runs({ ids }: TextWords, { ids: asked }: QuoteWords): number[] {
  const found: number[] = [];
  for (
    let at = ids.indexOf(asked[0]!);
    at >= 0 && found.length < 4 * mostMatches;
    at = ids.indexOf(asked[0]!, at + 1)
  ) {
    let length = 1;
    while (length < asked.length && ids[at + length] === asked[length]) length += 1;
    if (length === asked.length) found.push(at);
  }
  return found;
}

/** Stretches that share many words with the quote, in whatever order; the most promising first. */
function stretches(
  { ids }: TextWords,
  { ids: asked, omits, weights, weight }: QuoteWords,
): [from: number, to: number][] {
  const size = Math.ceil(asked.length * 1.4) + 4 + Math.min(omits.filter(Boolean).length, mostOmissions) * omittedWords;
  const weightById = new Float64Array(asked.length + 1);
  const room = new Int32Array(asked.length + 1);
  for (const [index, id] of asked.entries()) {
    weightById[id] = weights[index]!;
    room[id]! += 1;
  }
  const peaks: { end: number; shared: number }[] = [];
  let shared = 0;
  for (let end = 0; end < ids.length; end += 1) {
    const [entering, leaving] = [ids[end]!, ids[end - size] ?? 0];
    if (leaving && (room[leaving]! += 1) > 0) shared -= weightById[leaving]!;
    if (entering && (room[entering]! -= 1) >= 0) shared += weightById[entering]!;
    if (shared < leastShared * weight) continue;
    const last = peaks.at(-1);
    if (!last || end - last.end > size) peaks.push({ end, shared });
    else if (shared > last.shared) Object.assign(last, { end, shared });
  }
  return peaks
    .toSorted((one, other) => other.shared - one.shared)
    .slice(0, mostCandidates)
    .map(({ end }) => [Math.max(0, end + 1 - size - 4), Math.min(ids.length, end + 5)]);
}

/** How many signs a quote begins and ends with. */
function edgeSigns(quote: string): [before: number, after: number] {
  const before = /^[\p{P}\p{S}]*/u.exec(quote.trim())![0];
  const after = /(?:\s\p{Sc}|[\p{P}\p{S}])*$/u.exec(quote.trim())![0];
  return [before.length, after.length];
}

/** A quote's own stop, bracket or currency is marked with it. */
function withSigns(text: string, from: number, to: number, [before, after]: [number, number]): [number, number] {
  const head = /[\p{P}\p{S}]*$/u.exec(text.slice(Math.max(0, from - before), from))![0];
  const tail = /^(?:\s\p{Sc}|[\p{P}\p{S}])*/u.exec(text.slice(to, to + after))![0];
  return [from - head.length, to + tail.length];
}
