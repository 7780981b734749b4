/** What popup and panel say. One file a language fills this shape; a missing sentence does not compile. */
import type { FaultCode } from '../../protocol/faults.ts';
import type { Snapshot, ToolFault } from '../../protocol/snapshot.ts';
import type { TalkDoes, TalkState } from '../view/talk.ts';
import type { FaultAction } from './actions.ts';
import type { Language } from './language.ts';

export type KnownTool = 'read_page' | 'read_selection';

export interface CallWords {
  language: Language;
  states: Record<TalkState, string>;
  /** What a press of the talk button does now. */
  does: Record<Exclude<TalkDoes, 'nothing'>, string>;
  ended: Record<NonNullable<Snapshot['endReason']>, string>;
  /** What happened, then what to do. */
  faults: Record<FaultCode, string>;
  actions: Record<FaultAction, string>;
  waitSeconds: (seconds: number) => string;
  details: string;
  silent: { sentence: string; action: string };
  controls: { mute: string; unmute: string; stopAnswer: string; hangUp: string; panel: string; options: string };
  /** `shortcut` as the browser writes it, e.g. `Alt+Shift+V`. */
  shortcutHint: (shortcut: string) => string;
  you: string;
  parley: string;
  tools: Record<KnownTool, { running: string; done: string; failed: string }>;
  otherTool: (name: string) => string;
  toolFaults: Record<ToolFault, string>;
  /** `count` already written in the language's way. */
  characters: (count: string) => string;
  truncated: string;
  unheard: string;
  /** The button that lets Parley read a site; null: every site. */
  grant: Record<'ask' | 'given' | 'refused', (host: string | null) => string>;
  transcript: string;
  latest: string;
  emptyTitle: string;
  emptyHint: string;
  starters: readonly [string, string, string];
  write: string;
  send: string;
}
