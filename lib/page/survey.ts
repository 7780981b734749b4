/** Sums up a walked page, so that each block can be weighed by what it lies in. */
import type { Alike, Box, Draft } from './draft.ts';
import { bit, doubtedHints } from './hints.ts';

export interface Survey {
  drafts: Draft[];
  boxes: Box[];
  /** In all blocks. */
  words: number;
  proseWords: number;
  hasMain: boolean;
  articles: number;
  /** Index of the first and last draft of prose outside of menus and side columns, and of the first main heading. */
  firstProse: number;
  lastProse: number;
  title: number;
}

/** Parts that lie around the content. */
export const aroundContent = bit.nav | bit.aside | bit.footer | bit.dialog | bit.aroundName;
/** A box as large as this is the page, whatever it is called. */
const notOfLarge = bit.aroundName | bit.commentName;
/** Shares of the prose outside of menus and side columns: `marks` says of a box whether it lies in the deepest that holds so much. */
export const centreShares = [0.9, 0.7, 0.5] as const;

/** A sentence at least, and not made of links. */
export function proseIn({ words, linkWords }: Draft): number {
  return words >= 10 && linkWords < 0.35 * words ? words : 0;
}

export function survey(drafts: Draft[], boxes: Box[]): Survey {
  for (const draft of drafts) {
    const { box } = draft;
    box.words += draft.words;
    box.linkWords += draft.linkWords;
    box.proseWords += proseIn(draft);
    box.blocks += 1;
  }
  for (const field of ['words', 'linkWords', 'proseWords', 'blocks'] as const) sumUp(boxes, field);
  const words = boxes[0]?.words ?? 0;
  const proseWords = boxes[0]?.proseWords ?? 0;
  let articles = 0;
  for (const box of boxes) {
    if (box.words > 0.5 * words) box.hints &= ~notOfLarge;
    if (box.words > 0.2 * words) box.hints &= ~bit.metaName;
    if (box.parent) box.hints |= box.parent.hints;
    if (box.name === 'article') articles += 1;
  }
  forgetDoubted(drafts, boxes, proseWords);
  const isClean = (draft: Draft) => proseIn(draft) > 0 && !(hintsOf(draft) & aroundContent);
  for (const draft of drafts) if (isClean(draft)) draft.box.cleanWords += draft.words;
  sumUp(boxes, 'cleanWords');
  markCentres(boxes);
  group(boxes);
  const first = drafts.findIndex(isClean);
  return {
    drafts,
    boxes,
    words,
    proseWords,
    hasMain: boxes.some(({ hints }) => hints & bit.main),
    articles,
    firstProse: first < 0 ? drafts.length : first,
    lastProse: drafts.findLastIndex(isClean),
    title: drafts.findIndex(({ kind, level }) => kind === 'heading' && level === 1),
  };
}

export function hintsOf({ hints, box }: Draft): number {
  return hints | box.hints;
}

/** A page all of comments is not a page with nothing but what lies around it. */
function forgetDoubted(drafts: Draft[], boxes: Box[], proseWords: number): void {
  const prose = drafts.filter((draft) => proseIn(draft) && hintsOf(draft));
  for (const name of doubtedHints) {
    let covered = 0;
    for (const draft of prose) if (hintsOf(draft) & bit[name]) covered += draft.words;
    if (covered > 0.5 * proseWords) for (const each of [...drafts, ...boxes]) each.hints &= ~bit[name];
  }
}

function sumUp(boxes: Box[], field: 'words' | 'linkWords' | 'proseWords' | 'cleanWords' | 'blocks'): void {
  for (let at = boxes.length - 1; at > 0; at -= 1) boxes[at]!.parent![field] += boxes[at]![field];
}

function markCentres(boxes: Box[]): void {
  const total = boxes[0]?.cleanWords ?? 0;
  const centres = centreShares.map((share) => boxes.findLast((box) => box.cleanWords >= share * total));
  for (const box of boxes) {
    box.marks = box.parent?.marks ?? 0;
    for (const [at, centre] of centres.entries()) if (box === centre) box.marks |= 1 << at;
  }
}

/** Gives boxes of one parent and one kind one sum. */
function group(boxes: Box[]): void {
  const groups = new Map<Box | null, Map<string, Alike>>();
  for (const box of boxes) {
    let kinds = groups.get(box.parent);
    if (!kinds) groups.set(box.parent, (kinds = new Map()));
    let alike = kinds.get(box.kind);
    if (!alike) kinds.set(box.kind, (alike = { count: 0, words: 0, linkWords: 0 }));
    alike.count += 1;
    alike.words += box.words;
    alike.linkWords += box.linkWords;
    box.alike = alike;
  }
}
