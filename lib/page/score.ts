/**
 * How much speaks for a block being what the person came for: a weighted sum of plain observations, its own and those of
 * what it lies in. The weights were fitted (`test/bench/page/fit.ts`); no page, site or language is named anywhere.
 */
import type { Box } from './draft.ts';
import { bit, learnedHints } from './hints.ts';
import { centreShares, hintsOf, type Survey } from './survey.ts';

const tags = 'p li td h1 h2 h3 h4 h5 h6 button figcaption div pre'.split(' ');
/** Shares of the page's words that a surrounding must have to be looked at. */
const shares = [0.15, 0.7] as const;
/** No page that a person wrote nests deeper; one that was made to must not cost more. */
const deepest = 200;

const boxObservations = tags.length + 3 * shares.length + 3 + centreShares.length + 4;
const hintObservations = learnedHints.length + 5;

const log = (value: number) => Math.log1p(value);
const one = (yes: unknown): number => (yes ? 1 : 0);

/** What is observed of each draft, in the order of the weights. */
export function observe(page: Survey): number[][] {
  return page.drafts.map((draft, index) => [
    ...observeBox(draft.box, page),
    ...observeHints(hintsOf(draft), page),
    ...observeWords(index, page),
  ]);
}

/** The weighted sum of the same, of each box and each set of hints once. */
export function score(page: Survey, weights: readonly number[]): number[] {
  const known = new Map<Box | number, number>();
  let from = 0;
  const sum = (row: number[]) => {
    let total = 0;
    for (const value of row) total += value * weights[from++]!;
    return total;
  };
  const once = (key: Box | number, length: number, row: () => number[]) => {
    let total = known.get(key);
    if (total === undefined) known.set(key, (total = sum(row())));
    else from += length;
    return total;
  };
  return page.drafts.map((draft, index) => {
    const { box } = draft;
    const hints = hintsOf(draft);
    from = 0;
    return (
      once(box, boxObservations, () => observeBox(box, page)) +
      once(hints, hintObservations, () => observeHints(hints, page)) +
      sum(observeWords(index, page))
    );
  });
}

function observeWords(index: number, page: Survey): number[] {
  const { words, linkWords, last, box } = page.drafts[index]!;
  const before = page.drafts[index - 1];
  const after = page.drafts[index + 1];
  const links = linkWords / words;
  const repeated = mostAlike(box).count >= 5;
  return [
    1,
    log(words),
    links,
    links * log(words),
    one(words >= 10),
    one(words >= 25),
    one(words <= 3),
    one(/\p{P}/u.test(last)),
    one(index < page.firstProse),
    one(index > page.lastProse),
    one(page.title >= 0 && index < page.title),
    one(index === page.title),
    log(before ? before.words : 0),
    log(after ? after.words : 0),
    before ? before.linkWords / before.words : 0,
    after ? after.linkWords / after.words : 0,
    one(repeated) * links,
    one(repeated && words <= 5),
  ];
}

function observeHints(hints: number, { hasMain, articles }: Survey): number[] {
  const inArticle = hints & bit.article;
  return [
    ...learnedHints.map((hint) => one(hints & bit[hint])),
    one(hasMain && !(hints & bit.main)),
    one(articles === 1 && !inArticle),
    one(articles > 1 && !inArticle),
    one(articles === 1 && inArticle),
    one(articles > 2 && inArticle),
  ];
}

/** What the boxes around a block are like, from the nearest of some size to nearly the page. */
function observeBox(box: Box, page: Survey): number[] {
  const row: number[] = [];
  for (const tag of tags) row.push(one(box.name === tag));
  const last = page.boxes[0]!;
  let at = box;
  for (let share = 0, level = 0; share < shares.length; share += 1) {
    const least = shares[share]! * page.words;
    while (at.words < least && at.parent && level < deepest) {
      at = at.parent;
      level += 1;
    }
    const { words, linkWords, proseWords, blocks } = at.words < least ? last : at;
    const all = Math.max(1, words);
    row.push(linkWords / all, proseWords / all, log(words / Math.max(1, blocks)));
  }
  const parent = box.parent ?? box;
  row.push(
    parent.linkWords / Math.max(1, parent.words),
    parent.proseWords / Math.max(1, page.proseWords),
    parent.words / Math.max(1, page.words),
  );
  for (let centre = 0; centre < centreShares.length; centre += 1) row.push(one(box.marks & (1 << centre)));
  const most = mostAlike(box);
  const grouped = one(most.count >= 3);
  row.push(
    log(most.count - 1),
    grouped * log(most.words / most.count),
    (grouped * most.words) / Math.max(1, page.words),
    (grouped * most.linkWords) / Math.max(1, most.words),
  );
  return row;
}

/** The largest group of like boxes that it or what is near around it belongs to. */
function mostAlike(box: Box) {
  let most = box.alike!;
  let at: Box | null = box.parent;
  for (let level = 1; at && level < 6; level += 1) {
    if (at.alike!.count > most.count) most = at.alike!;
    at = at.parent;
  }
  return most;
}
