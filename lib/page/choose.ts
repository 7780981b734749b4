/** Which blocks of a page are its content. */
import type { Box, Draft } from './draft.ts';
import { inArticle, inDrawing, inHeader, inMain, unspoken } from './hints.ts';
import { score } from './score.ts';
import { aroundContent, hintsOf, survey, type Survey } from './survey.ts';
import { weights } from './weights.ts';

/** All of a page of so few words is no burden. */
const fewWords = 150;
const longestGap = 3;
const leastChance = 0.25;
/** Shown, but never what a person came for, as long as there is anything else. */
const never = inDrawing | unspoken;

export function chooseContent(drafts: Draft[], boxes: Box[]): Draft[] {
  const page = survey(drafts, boxes);
  if (page.words <= fewWords) return drafts.filter((draft) => !isAround(hintsOf(draft)));
  const chances = score(page, weights).map((sum, index) =>
    hintsOf(drafts[index]!) & never ? 0 : 1 / (1 + Math.exp(-sum)),
  );
  const threshold = chooseBy(
    drafts.map(({ words }) => words),
    chances,
  );
  const taken = chances.map((chance) => chance >= threshold);
  takeTitle(page, taken);
  takeBetween(drafts, chances, taken);
  return drafts.filter((_draft, index) => taken[index]);
}

/** The header of a page is around its content, that of an article is part of it. */
function isAround(hints: number): boolean {
  return (hints & (never | aroundContent)) !== 0 || ((hints & inHeader) !== 0 && !(hints & (inMain | inArticle)));
}

/** The main heading, where it stands over what was taken. */
function takeTitle({ drafts, title }: Survey, taken: boolean[]): void {
  const first = taken.indexOf(true);
  if (title >= 0 && title < first && !isAround(hintsOf(drafts[title]!))) taken[title] = true;
}

/** A few blocks between two that were taken belong to them, unless much speaks against it. */
function takeBetween(drafts: Draft[], chances: number[], taken: boolean[]): void {
  let before = -1;
  for (const [index, isTaken] of [...taken].entries()) {
    if (!isTaken) continue;
    const gap = index - before - 1;
    if (before >= 0 && gap > 0 && gap <= longestGap) {
      for (let at = before + 1; at < index; at += 1) {
        const { words, links, box } = drafts[at]!;
        // A caption is seldom what was asked for, but in the middle of what was a person would miss it.
        const isLikely = chances[at]! >= (box.name === 'figcaption' ? 0 : leastChance);
        if (isLikely && links <= 0.5 * words) taken[at] = true;
      }
    }
    before = index;
  }
}

/**
 * From what chance on a block is taken. Not from one half: on a page where little is certain that would be nothing. It is
 * the set whose expected F1 is the highest, a threshold that each page sets for itself.
 */
export function chooseBy(words: readonly number[], chances: readonly number[]): number {
  const ranked = chances.map((_chance, index) => index).sort((a, b) => chances[b]! - chances[a]!);
  let expected = 0;
  for (let at = 0; at < words.length; at += 1) expected += words[at]! * chances[at]!;
  let taken = 0;
  let right = 0;
  let best = 0;
  let threshold = 1;
  for (const at of ranked) {
    const likely = chances[at]!;
    taken += words[at]!;
    right += words[at]! * likely;
    const f1 = (2 * right) / (taken + expected);
    if (f1 <= best) continue;
    best = f1;
    threshold = likely;
  }
  return threshold;
}
