/** What the list of past calls says. One file a language fills this shape; fetched when the list is first opened. */
import type { KeepTrouble } from '../../protocol/snapshot.ts';
import type { StoreTrouble } from '../../storage/calls/connection.ts';
import type { Language } from './language.ts';

export interface PastWords {
  language: Language;
  title: string;
  back: string;
  toList: string;
  search: string;
  searching: string;
  /** `query` as it was typed. */
  nothing: (query: string) => string;
  /** No calls yet; with the switch for keeping them on, and off. */
  empty: Record<'keeps' | 'keepsNot', string>;
  untitled: string;
  /** Takes a call up again, by voice or typed. */
  goOn: Record<'talk' | 'write', string>;
  /** What it sends. */
  goOnHelp: string;
  /** Instead, while a call runs. */
  busy: string;
  pinned: string;
  pin: string;
  unpin: string;
  rename: string;
  name: string;
  save: string;
  cancel: string;
  exportAs: Record<'md' | 'json', string>;
  exportAll: string;
  remove: string;
  /** What is asked before, for one call and for all `count` of them. */
  removeAsk: string;
  removeAll: string;
  removeAllAsk: (count: string) => string;
  gone: string;
  /** Damaged records that were left out. */
  skipped: (count: string) => string;
  /** Stands by each of those that go when the room is used up. */
  goesNext: string;
  /** The oldest `count` go when the room of `mostMb` is used up. */
  going: (count: string, usedMb: string, mostMb: string) => string;
  troubles: Record<StoreTrouble, string>;
  /** Of the open call: why it is not kept, then what to do. */
  notKept: Record<KeepTrouble, string>;
  /** In an exported file. */
  file: Record<'person' | 'assistant' | 'interrupted' | 'read' | 'failed', string>;
}
