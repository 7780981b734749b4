/** Between the coordinator and the pill on a page. Without zod: the pill is put into other people's pages. */
import type { TalkMode, Theme } from './settings.ts';
import type { Phase, Turn } from './snapshot.ts';

/**
 * From the pill, always about the call that runs: none of them can start one. `released`: the talk key came up.
 */
export const pillWishes = ['released', 'stop-answer', 'talk-begin', 'talk-end'] as const;
export type PillWish = (typeof pillWishes)[number];

/** Answered with whether there is a call; without one the pill goes. */
export interface PillMessage {
  target: 'coordinator';
  kind: 'pill';
  body: PillWish;
}

export interface PillState {
  phase: Phase;
  turn: Turn | null;
  mode: TalkMode;
  /** BCP 47. */
  language: string;
  theme: Theme;
}

/** From the coordinator. */
export interface PillNote {
  target: 'pill';
  /** Null: the call is over, and the pill goes. */
  state: PillState | null;
  /** The talk key is down: tell when it comes up. */
  arm: boolean;
}

export function isPillNote(value: unknown): value is PillNote {
  const { target, state, arm } = { ...(value as Partial<PillNote> | null) };
  return target === 'pill' && typeof state === 'object' && typeof arm === 'boolean';
}
