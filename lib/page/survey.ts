/** Sums up a walked page, so that each block can be weighed by what it lies in. */
import type { Alike, Box, Draft } from './draft.ts';
import {
  aroundName,
  commentName,
  inAside,
  inDialog,
  inFooter,
  inMain,
  inNav,
  metaName,
  neverDoubted,
  unspoken,
} from './hints.ts';

export interface Survey {
  drafts: Draft[];
  boxes: Box[];
  /** In all blocks. */
  words: number;
  prose: number;
  hasMain: boolean;
  articles: number;
  /** Index of the first and last draft of prose outside of menus and side columns, and of the first main heading. */
  firstProse: number;
  lastProse: number;
  title: number;
}

/** Parts that lie around the content. */
export const aroundContent = inNav | inAside | inFooter | inDialog | aroundName;
/** A box as large as this is the page, whatever it is called. */
const notOfLarge = aroundName | commentName;
/** Shares of the prose outside of menus and side columns: `marks` says of a box whether it lies in the deepest that holds so much. */
const centreShares = [0.9, 0.7, 0.5] as const;

/** A sentence at least, and not made of links. */
export function proseIn({ words, links }: Draft): number {
  return words >= 10 && links < 0.35 * words ? words : 0;
}

export function survey(drafts: Draft[], boxes: Box[]): Survey {
  for (const draft of drafts) {
    const { box } = draft;
    box.words += draft.words;
    box.links += draft.links;
    box.prose += proseIn(draft);
    box.blocks += 1;
  }
  for (const field of ['words', 'links', 'prose', 'blocks'] as const) sumUp(boxes, field);
  const words = boxes[0]?.words ?? 0;
  const prose = boxes[0]?.prose ?? 0;
  let articles = 0;
  for (const box of boxes) {
    if (box.words > 0.5 * words) box.hints &= ~notOfLarge;
    if (box.words > 0.2 * words) box.hints &= ~metaName;
    if (box.parent) box.hints |= box.parent.hints;
    if (box.name === 'article') articles += 1;
  }
  forgetDoubted(drafts, boxes, prose);
  const isClean = (draft: Draft) => proseIn(draft) > 0 && !(hintsOf(draft) & aroundContent);
  for (const draft of drafts) if (isClean(draft)) draft.box.clean += draft.words;
  sumUp(boxes, 'clean');
  markCentres(boxes);
  group(boxes);
  const first = drafts.findIndex(isClean);
  return {
    drafts,
    boxes,
    words,
    prose,
    hasMain: boxes.some(({ hints }) => hints & inMain),
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
function forgetDoubted(drafts: Draft[], boxes: Box[], prose: number): void {
  const doubtful = drafts.filter((draft) => proseIn(draft) && hintsOf(draft));
  for (let bit = 1; bit <= unspoken; bit *= 2) {
    if (bit & neverDoubted) continue;
    let covered = 0;
    for (const draft of doubtful) if (hintsOf(draft) & bit) covered += draft.words;
    if (covered > 0.5 * prose) for (const each of [...drafts, ...boxes]) each.hints &= ~bit;
  }
}

function sumUp(boxes: Box[], field: 'words' | 'links' | 'prose' | 'clean' | 'blocks'): void {
  for (let at = boxes.length - 1; at > 0; at -= 1) boxes[at]!.parent![field] += boxes[at]![field];
}

function markCentres(boxes: Box[]): void {
  const total = boxes[0]?.clean ?? 0;
  for (const [at, share] of centreShares.entries()) {
    const centre = boxes.findLast((box) => box.clean >= share * total);
    if (centre) centre.marks |= 1 << at;
  }
  for (const box of boxes) if (box.parent) box.marks |= box.parent.marks;
}

/** Gives boxes of one parent and one kind one sum. */
function group(boxes: Box[]): void {
  const groups = new Map<Box | null, Map<string, Alike>>();
  for (const box of boxes) {
    let kinds = groups.get(box.parent);
    if (!kinds) groups.set(box.parent, (kinds = new Map()));
    let alike = kinds.get(box.kind);
    if (!alike) kinds.set(box.kind, (alike = { count: 0, words: 0, links: 0 }));
    alike.count += 1;
    alike.words += box.words;
    alike.links += box.links;
    box.alike = alike;
  }
}
