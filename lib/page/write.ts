/** From the places of words to the words: only those that can be seen, each looked at where it stands. */
import { fold, tidy, type Block } from './blocks.ts';
import { contains, isNothing, meet, type Area } from './clip.ts';
import { coverFinder } from './cover.ts';
import type { Dom } from './dom.ts';
import type { Draft, Words } from './draft.ts';
import { FirstLines } from './first-line.ts';
import type { Place } from './place.ts';
import { maskSecrets } from './secrets.ts';
import { behindFinder } from './space.ts';
import { farPx, Sights, type Sight } from './visible.ts';

export interface WriteOptions {
  characters: number;
  /** On `performance.now()`'s clock. */
  deadline: number;
  range?: Range;
}

export interface Written {
  blocks: Block[];
  truncated: boolean;
}

/** A text node that style does not hide; where it stands is still to be seen. */
interface Candidate {
  words: Words;
  sight: Sight;
  isDoubtful: boolean;
}

const minHeightPx = 4;
/** Letters drawn upon each other take less room than this. */
const minPxPerLetter = 2;
/** Words looked at one by one, where a box cuts a text through. */
const wordsMeasured = 2000;
/** A block of more lines is looked at text by text. */
const mostRects = 200;

export class PageWriter {
  readonly sights: Sights;
  readonly #cover: ReturnType<typeof coverFinder>;
  readonly #firstLines = new FirstLines();
  readonly #isBehind: (element: Element) => boolean;
  readonly #measure = new Range();
  #measured = 0;
  #deadline = 0;

  constructor(dom: Dom) {
    this.sights = new Sights(dom);
    this.#cover = coverFinder(dom);
    this.#isBehind = behindFinder(dom);
  }

  write(drafts: readonly Draft[], { characters, deadline, range }: WriteOptions): Written {
    this.#deadline = deadline;
    const blocks: Block[] = [];
    let room = characters;
    for (const [index, draft] of drafts.entries()) {
      if (room <= 0 || (index % 16 === 15 && performance.now() > deadline)) return { blocks, truncated: true };
      const text = maskSecrets(tidy(this.#words(draft, room, range), draft.kind));
      if (!text) continue;
      blocks.push({ kind: draft.kind, level: draft.level, text });
      room -= text.length + 1;
    }
    return { blocks, truncated: room <= 0 || this.#measured > wordsMeasured };
  }

  /** What can be seen of a part of a text, wherever it is. */
  seenOf(words: Words, from: number, to: number, deadline: number): string {
    this.#deadline = deadline;
    const candidates: Candidate[] = [];
    this.#findCandidates([words], candidates);
    const [only] = candidates;
    if (!only || this.#isLost(only)) return '';
    this.#cover.next();
    return this.#shown(only, from, to);
  }

  #words({ pieces }: Draft, room: number, range?: Range): string {
    const candidates: Candidate[] = [];
    const inLine = this.#findCandidates(pieces, candidates);
    const first = candidates[0];
    if (!first || this.#isLost(first)) return '';
    this.#cover.next();
    const allShow = inLine && !range && candidates.length > 1 && this.#allShow(candidates);
    let words = '';
    let at = 0;
    for (const piece of pieces) {
      if (typeof piece === 'string') {
        words += piece === ' | ' && !words.trim() ? '' : piece;
        continue;
      }
      const candidate = candidates[at];
      if (candidate?.words !== piece) {
        if (isBlank(piece.data)) words += this.#folded(piece.place, piece.data);
        continue;
      }
      const before = candidates[at - 1];
      if (before && !inLine) words += separator(before.words.place, piece.place);
      at += 1;
      words += allShow ? this.#folded(piece.place, piece.data) : this.#shown(candidate, ...bounds(piece, room, range));
      if (words.length > 2 * room) break;
    }
    return words;
  }

  /** The texts that style does not hide; true when all of them run on in the same lines, drawn alike. */
  #findCandidates(pieces: Draft['pieces'], candidates: Candidate[]): boolean {
    let inLine = true;
    for (const words of pieces) {
      if (typeof words === 'string' || isBlank(words.data)) continue;
      const { place } = words;
      const { text, isTight } = this.sights.ofText(place);
      const { sight } = place;
      if (text === 'hidden' || !sight) continue;
      const isDoubtful = text === 'doubtful';
      const first = candidates[0];
      if (isTight || isDoubtful) inLine = false;
      if (first && (first.words.place.holder !== place.holder || first.sight.flow !== sight.flow)) inLine = false;
      candidates.push({ words, sight, isDoubtful });
    }
    return inLine;
  }

  /** By what style does not say of the element that holds the lines. */
  #isLost(candidate: Candidate): boolean {
    const holder = holderOf(candidate);
    if (this.#firstLines.differs(holder) && !this.sights.firstLineShows(holder, candidate.sight)) return true;
    return this.#isBehind(holder.element);
  }

  /** All texts of some lines at once. False: some may not show. */
  #allShow(candidates: Candidate[]): boolean {
    const { words: first, sight } = candidates[0]!;
    const last = candidates.at(-1)!.words;
    this.#select(first.node, 0, first.data.length);
    this.#measure.setEnd(last.node, last.data.length);
    const rects = this.#measure.getClientRects();
    if (rects.length === 0 || rects.length > mostRects) return false;
    const { left, top, right, bottom } = sight.flow;
    const cuts = right !== Infinity || bottom !== Infinity;
    let missing = 0;
    for (const { words } of candidates) missing += minPxPerLetter * words.data.length;
    for (let index = 0; index < rects.length; index += 1) {
      const rect = rects[index]!;
      const { height } = rect;
      const from = rect.left;
      if (height < minHeightPx || from > farPx || from < left - 2 || rect.top < top - 2) return false;
      if (cuts && !contains(sight.flow, rect)) return false;
      if (missing > 0) missing -= rect.width * height;
    }
    return missing <= 0 && !this.#cover.isCovered(first.place.element, rects[0]!);
  }

  /** What of a text node can be seen. */
  #shown({ words, sight, isDoubtful }: Candidate, from: number, to: number): string {
    const { node, place: parent } = words;
    const text = words.data.slice(from, to);
    if (isBlank(text)) return this.#folded(parent, text);
    this.#select(node, from, from + text.length);
    const place = this.#measure.getBoundingClientRect();
    if (isNothing(place) || place.height < minHeightPx || place.left > farPx || isPressed(place, text)) return '';
    const seen = meet(place, sight.flow);
    if (isNothing(seen)) return '';
    if (isDoubtful && !this.#cover.liesOnSomething(parent.element, place)) return '';
    if (this.#cover.isCovered(parent.element, seen)) return '';
    return this.#folded(parent, contains(sight.flow, place) ? text : this.#uncut(node, from, text, sight));
  }

  /** The words of a text whose middle is inside what its boxes leave to see. */
  #uncut(node: Text, start: number, text: string, { flow }: Sight): string {
    return text.replace(/\S+/g, (word, offset: number) => {
      this.#measured += 1;
      if (this.#measured > wordsMeasured || performance.now() > this.#deadline) return '';
      this.#select(node, start + offset, start + offset + word.length);
      return holdsMiddle(flow, this.#measure.getBoundingClientRect()) ? word : '';
    });
  }

  /** Not from where it was: finding out which of two places is the first takes long among many siblings. */
  #select(node: Text, from: number, to: number): void {
    this.#measure.selectNodeContents(node);
    if (from > 0) this.#measure.setStart(node, from);
    this.#measure.setEnd(node, to);
  }

  /** Its style is asked only where spaces or line breaks may mean something. */
  #folded(place: Place, text: string): string {
    return /[\t\n\r\f]|\s\s/.test(text) ? fold(text, this.sights.keepsSpaces(place)) : text;
  }
}

function holderOf({ words: { place } }: Candidate): Place {
  return place.holder ?? place;
}

function isBlank(text: string): boolean {
  return !/\S/.test(text);
}

/** What lies between the words of two places of one block, where the walk saw nothing. */
function separator(one: Place, other: Place): string {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    for (let at: Place | null = from; at && !holds(at, to); at = at.parent) if (at.breaks) return '\n';
  }
  return '';
}

function holds(outer: Place, inner: Place): boolean {
  for (let at: Place | null = inner; at; at = at.parent) if (at === outer) return true;
  return false;
}

/** Letters upon each other. Only what looks so is counted without its spaces. */
function isPressed({ width, height }: DOMRect, text: string): boolean {
  const letters = (width * height) / minPxPerLetter;
  return letters < text.length && letters < text.replace(/\s+/g, ' ').trim().length;
}

function holdsMiddle({ left, top, right, bottom }: Area, place: Area): boolean {
  const x = (place.left + place.right) / 2;
  const y = (place.top + place.bottom) / 2;
  return x > left && x < right && y > top && y < bottom;
}

function bounds({ node, data }: Words, room: number, range?: Range): [from: number, to: number] {
  const from = node === range?.startContainer ? range.startOffset : 0;
  const to = node === range?.endContainer ? range.endOffset : data.length;
  return [from, Math.min(to, from + 2 * room)];
}
