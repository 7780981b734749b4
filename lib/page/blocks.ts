/** What a walk collects: blocks in reading order, so that passages can later be cut where the page itself breaks. */
import { cleanText } from './clean.ts';

export type BlockKind = 'text' | 'heading' | 'item' | 'row' | 'code';

export interface Block {
  kind: BlockKind;
  /** Heading level 1 to 6; depth of a list item from 0; otherwise 0. */
  level: number;
  text: string;
}

/** Collects text pieces into blocks; whitespace is folded as a browser folds it. */
export class BlockWriter {
  readonly blocks: Block[] = [];
  characters = 0;
  #piece = '';
  #kind: BlockKind = 'text';
  #level = 0;

  /** The next text begins a block of this kind. */
  open(kind: BlockKind, level = 0): void {
    this.close();
    this.#kind = kind;
    this.#level = level;
  }

  /** Ends a block. A list item keeps waiting for its words: `<li><p>…` is one item. */
  close(): void {
    const text = tidy(this.#piece, this.#kind);
    this.#piece = '';
    if (!text) return;
    this.blocks.push({ kind: this.#kind, level: this.#level, text });
    this.characters += text.length + 1;
    this.#kind = 'text';
    this.#level = 0;
  }

  /** Ends a block of a kind for good, words or none. */
  shut(): void {
    this.close();
    this.#kind = 'text';
    this.#level = 0;
  }

  /** `kept`: line breaks and spaces mean something here (`pre`). */
  add(text: string, kept: boolean): void {
    this.#piece += kept ? text : text.replace(/[ \t\n\r\f]+/g, ' ');
  }

  space(): void {
    this.#piece += ' ';
  }

  lineBreak(): void {
    this.#piece += '\n';
  }

  cell(): void {
    if (this.#piece.trim()) this.#piece += ' | ';
  }

  get pending(): number {
    return this.#piece.length;
  }
}

function tidy(piece: string, kind: BlockKind): string {
  const text = cleanText(piece);
  if (kind === 'code') return text.replace(/[ \t]+$/gm, '').replace(/^\n+|\s+$/g, '');
  const folded = text
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  if (kind === 'row') return folded.replace(/\n/g, ' ').replace(/(?: \|)+$/, '');
  return kind === 'heading' ? folded.replace(/\n/g, ' ') : folded;
}

/** One line a block, a blank line before a heading and around code. */
export function renderBlocks(blocks: readonly Block[]): string {
  let text = '';
  let previous: BlockKind | undefined;
  for (const { kind, level, text: words } of blocks) {
    if (previous) text += kind === 'heading' || kind === 'code' || previous === 'code' ? '\n\n' : '\n';
    if (kind === 'heading') text += `${'#'.repeat(level)} `;
    if (kind === 'item') text += `${'  '.repeat(level)}- `;
    text += words;
    previous = kind;
  }
  return text;
}
