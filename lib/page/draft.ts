/** What the walk hands on: where the words of each block stand, and the little about them that the choice needs. */
import type { BlockKind } from './blocks.ts';
import type { Place } from './place.ts';

/** A text node and what it is in. */
export interface Words {
  node: Text;
  data: string;
  place: Place;
}

/** Words, or what separates them: space, line break, table cell. */
export type Piece = Words | string;

/** An element that breaks lines, with what lies in it. */
export interface Box {
  parent: Box | null;
  name: string;
  /** Tag and how its class begins, to know the like beside it. */
  kind: string;
  /** Its own hints; the chooser adds its parents'. */
  hints: number;
  /** In all that lies in it, once the chooser has summed up. */
  words: number;
  links: number;
  prose: number;
  /** Prose outside of menus and side columns. */
  clean: number;
  blocks: number;
  /** Those beside it of its kind, and itself: set by the chooser. */
  alike: Alike | null;
  /** Bits of the chooser. */
  marks: number;
}

/** What a box and the like beside it hold together. */
export interface Alike {
  count: number;
  words: number;
  links: number;
}

export interface Draft {
  kind: BlockKind;
  /** Heading level 1 to 6; depth of a list item from 0; otherwise 0. */
  level: number;
  box: Box;
  /** Of the inline elements that its first word is in. */
  hints: number;
  pieces: Piece[];
  words: number;
  links: number;
  /** How its text ends. */
  last: string;
}

export class DraftWriter {
  readonly drafts: Draft[] = [];
  characters = 0;
  #next = emptyDraft('text', 0);

  /** The next text begins a block of this kind. */
  open(kind: BlockKind, level = 0): void {
    this.close();
    this.#next = emptyDraft(kind, level);
  }

  /** Ends a block. A list item keeps waiting for its words: `<li><p>…` is one item. */
  close(): void {
    if (!this.#next.words) this.#next.pieces.length = 0;
    else {
      this.drafts.push(this.#next);
      this.#next = emptyDraft('text', 0);
    }
  }

  /** Ends a block of a kind for good, words or none. */
  shut(): void {
    this.open('text');
  }

  add(node: Text, data: string, place: Place, box: Box, hints: number, linked: boolean): void {
    const next = this.#next;
    const words = countWords(data);
    // Between blocks space is nothing, but for the indentation of code.
    if (words || next.words || next.kind === 'code') next.pieces.push({ node, data, place });
    if (!words) return;
    if (!next.words) {
      next.box = box;
      next.hints = hints;
    }
    next.words += words;
    if (linked) next.links += words;
    next.last = data.slice(-20).trimEnd().slice(-1) || next.last;
    this.characters += data.length;
  }

  separate(by: ' ' | '\n' | ' | '): void {
    if (by === ' ' ? this.#next.pieces.length > 0 : this.#next.words) this.#next.pieces.push(by);
  }
}

/** Without a box until its first word. */
function emptyDraft(kind: BlockKind, level: number): Draft {
  return { kind, level, box: null!, hints: 0, pieces: [], words: 0, links: 0, last: '' };
}

/** Runs without a space; where a language has none, two characters count as one. */
export function countWords(text: string): number {
  let words = 0;
  let inside = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code <= 32 || code === 0xa0) inside = false;
    else if (
      (code >= 0x2e80 && code < 0xa000) ||
      (code >= 0xac00 && code < 0xd7b0) ||
      (code >= 0xe00 && code < 0xe80)
    ) {
      words += 0.5;
      inside = false;
    } else if (!inside) {
      words += 1;
      inside = true;
    }
  }
  return words;
}
