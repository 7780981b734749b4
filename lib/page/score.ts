/**
 * How much speaks for a block being what the person came for: a weighted sum of plain observations, its own and those of
 * what it lies in. The weights were fitted (`test/bench/page/fit.ts`); no page, site or language is named anywhere.
 */
import type { Alike, Box } from './draft.ts';
import { inArticle, inDrawing, inMain } from './hints.ts';
import { hintsOf, type Survey } from './survey.ts';

/** Of a yes, the weight itself counts. */
export type Row = (number | boolean)[];

const tags = 'p li td h1 h2 h3 h4 h5 h6 button figcaption div pre'.split(' ');
/** No page that a person wrote nests deeper; one that was made to must not cost more. */
const deepest = 200;
const nobody = { words: 0, links: 0 };

const log = Math.log1p;
const share = (part: number, whole: number) => part / Math.max(1, whole);

/** What is observed of each draft: of its box, of its hints, of its words. */
export function observe(page: Survey): Row[][] {
  return page.drafts.map((draft, index) => [
    observeBox(draft.box, page),
    observeHints(hintsOf(draft), page),
    observeWords(index, page),
  ]);
}

/** The weighted sum of the same, of each box and each set of hints once. `weights`: in hundredths. */
export function score(page: Survey, [ofBox, ofHints, ofWords]: readonly [number[], number[], number[]]): number[] {
  const known = new Map<Box | number, number>();
  const once = <Key extends Box | number>(key: Key, look: (key: Key, page: Survey) => Row, weights: number[]) => {
    let total = known.get(key);
    if (total === undefined) known.set(key, (total = sum(look(key, page), weights)));
    return total;
  };
  return page.drafts.map(
    (draft, index) =>
      once(draft.box, observeBox, ofBox) +
      once(hintsOf(draft), observeHints, ofHints) +
      sum(observeWords(index, page), ofWords),
  );
}

function sum(row: Row, weights: number[]): number {
  let total = 0;
  for (let at = 0; at < row.length; at += 1) total += (Number(row[at]) * weights[at]!) / 100;
  return total;
}

function observeWords(index: number, page: Survey): Row {
  const { words, links, last, box } = page.drafts[index]!;
  const before = page.drafts[index - 1] ?? nobody;
  const after = page.drafts[index + 1] ?? nobody;
  const linked = share(links, words);
  const repeated = mostAlike(box).count >= 5;
  return [
    1,
    log(words),
    linked,
    linked * log(words),
    words >= 10,
    words >= 25,
    words <= 3,
    /\p{P}/u.test(last),
    index < page.firstProse,
    index > page.lastProse,
    index < page.title,
    index === page.title,
    log(before.words),
    log(after.words),
    share(before.links, before.words),
    share(after.links, after.words),
    Number(repeated) * linked,
    repeated && words <= 5,
  ];
}

function observeHints(hints: number, { hasMain, articles }: Survey): Row {
  const row: Row = [];
  for (let bit = 1; bit < inDrawing; bit *= 2) row.push((hints & bit) > 0);
  const within = (hints & inArticle) > 0;
  row.push(
    hasMain && !(hints & inMain),
    articles === 1 && !within,
    articles > 1 && !within,
    articles === 1 && within,
    articles > 2 && within,
  );
  return row;
}

/** What the boxes around a block are like, from the nearest of some size to nearly the page. */
function observeBox(box: Box, page: Survey): Row {
  const row: Row = tags.map((tag) => box.name === tag);
  let at = box;
  let level = 0;
  // Shares of the page's words that a surrounding must have to be looked at.
  for (const least of [0.15 * page.words, 0.7 * page.words]) {
    while (at.words < least && at.parent && level < deepest) {
      at = at.parent;
      level += 1;
    }
    const { words, links, prose, blocks } = at.words < least ? page.boxes[0]! : at;
    row.push(share(links, words), share(prose, words), log(share(words, blocks)));
  }
  const { words, links, prose } = box.parent ?? box;
  const { marks } = box;
  const most = mostAlike(box);
  const grouped = Number(most.count >= 3);
  row.push(
    share(links, words),
    share(prose, page.prose),
    share(words, page.words),
    (marks & 1) > 0,
    (marks & 2) > 0,
    (marks & 4) > 0,
    log(most.count - 1),
    grouped * log(most.words / most.count),
    grouped * share(most.words, page.words),
    grouped * share(most.links, most.words),
  );
  return row;
}

/** The largest group of like boxes that it or what is near around it belongs to. */
function mostAlike(box: Box): Alike {
  let most = box.alike!;
  let at: Box | null = box.parent;
  for (let level = 1; at && level < 6; level += 1) {
    if (at.alike!.count > most.count) most = at.alike!;
    at = at.parent;
  }
  return most;
}
