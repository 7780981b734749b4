/** What a read hands on: blocks in reading order, so that passages can later be cut where the page itself breaks. */
import { cleanText } from './clean.ts';

export const blockKinds = ['text', 'heading', 'item', 'row', 'code'] as const;
export type BlockKind = (typeof blockKinds)[number];

export interface Block {
  kind: BlockKind;
  /** Heading level 1 to 6; depth of a list item from 0; otherwise 0. */
  level: number;
  text: string;
}

/** Where a block stands in the rendered text, without its mark: `text.slice(from, to)`. */
export type BlockPlace = [kind: BlockKind, level: number, from: number, to: number];

/** Kind (its index), level, from and to of all, in one list of numbers: lists of lists take ten times as long to cross to the worker. */
export function packPlaces(places: readonly BlockPlace[]): string {
  let packed = '';
  for (const [kind, level, from, to] of places) packed += `,${blockKinds.indexOf(kind)},${level},${from},${to}`;
  return packed.slice(1);
}

/** Null when these are no places. */
export function unpackPlaces(packed: string): BlockPlace[] | null {
  if (/[^\d,]|^,|,,|,$|\d{6}/.test(packed)) return null;
  const numbers = packed ? packed.split(',').map(Number) : [];
  if (numbers.length % 4 !== 0) return null;
  const places: BlockPlace[] = [];
  for (let at = 0; at < numbers.length; at += 4) {
    const kind = blockKinds[numbers[at]!];
    if (!kind) return null;
    places.push([kind, numbers[at + 1]!, numbers[at + 2]!, numbers[at + 3]!]);
  }
  return places;
}

/** Whitespace as a browser folds it, but for `<pre>` and the like. */
export function fold(text: string, kept: boolean): string {
  return kept ? text : text.replace(/[ \t\n\r\f]+/g, ' ');
}

/** The words of a block as they are handed on. */
export function tidy(words: string, kind: BlockKind): string {
  const text = cleanText(words);
  if (kind !== 'code' && !/\s\s|[\n\t|]/.test(text)) return text.trim();
  if (kind === 'code') return text.replace(/[ \t]+$/gm, '').replace(/^\n+|\s+$/g, '');
  const folded = text
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
  if (kind === 'row') return folded.replace(/\n/g, ' ').replace(/(?: \|)+$/, '');
  return kind === 'heading' ? folded.replace(/\n/g, ' ') : folded;
}

/** One line a block, a blank line before a heading and around code; at most `limit` characters. */
export function renderBlocks(blocks: readonly Block[], limit = Infinity): { text: string; places: BlockPlace[] } {
  const places: BlockPlace[] = [];
  let text = '';
  let previous: BlockKind | undefined;
  for (const { kind, level, text: words } of blocks) {
    if (previous) text += kind === 'heading' || kind === 'code' || previous === 'code' ? '\n\n' : '\n';
    if (kind === 'heading') text += `${'#'.repeat(level)} `;
    if (kind === 'item') text += `${'  '.repeat(Math.min(level, 8))}- `;
    if (text.length >= limit) break;
    const from = text.length;
    text += words;
    places.push([kind, level, from, Math.min(text.length, limit)]);
    previous = kind;
  }
  return { text, places };
}
