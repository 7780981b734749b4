/** What a row of a tool says, and the buttons in it. One file a language fills this shape; fetched with the first such row. */
import type { ToolFault } from '../../protocol/snapshot.ts';
import type { Language } from './language.ts';

export const knownTools = [
  'read_page',
  'search_page',
  'read_more',
  'read_selection',
  'page_outline',
  'point_at',
  'look_at_page',
  'list_tabs',
  'read_tab',
] as const;
export type KnownTool = (typeof knownTools)[number];

export interface ToolWords {
  language: Language;
  tools: Record<KnownTool, { running: string; done: string; failed: string }>;
  otherTool: (name: string) => string;
  /** What happened, then what to do. */
  toolFaults: Record<ToolFault, string>;
  /** Words of a page or of the assistant, in the language's quotation marks. */
  quoted: (text: string) => string;
  /** `count` already written in the language's way. */
  characters: (count: string) => string;
  truncated: string;
  /** What a row opens on. */
  sent: Record<'title' | 'picture' | 'copy' | 'copied' | 'fetching' | 'notKept', string>;
  /** The button that lets Parley read a site for good; null: every site. */
  grant: Record<'ask' | 'given' | 'refused', (host: string | null) => string>;
  /** The button that lets Parley read a private site in this call. */
  allow: Record<'ask' | 'given', (host: string) => string>;
  /** Follows what was allowed: while the call lasts, and when it is over. */
  goesOn: string;
  askAgain: string;
  quote: Record<'show' | 'shown' | 'gone' | 'leadsTo' | 'open', string>;
}
