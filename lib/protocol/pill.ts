/** Between the coordinator and the pill on a page. Without zod: the pill is put into other people's pages. */
import type { Caption } from './captions.ts';
import type { TalkMode, Theme } from './settings.ts';
import type { Phase, Turn } from './snapshot.ts';

/**
 * From the pill, always about the call that runs: none of them can start one. `released`: the talk key came up. A page
 * whose process was taken over can make these up as well, so they are few.
 */
export const pillWishes = ['released', 'stop-answer', 'talk-begin', 'talk-end', 'mute', 'unmute', 'hang-up'] as const;
export type PillWish = (typeof pillWishes)[number];

/** Where the pill is: its share, 0 to 1, of the free room from left to right and from top to bottom. */
export interface PillPlace {
  x: number;
  y: number;
}

/** A wish is answered with whether there is a call; without one the pill goes. */
export type PillMessage = { target: 'coordinator' } & (
  | { kind: 'pill'; body: PillWish }
  /** The person has moved it. */
  | { kind: 'pill-place'; body: PillPlace }
  /** The person points at it. Answered with a `PillLook`, or false without a call. */
  | { kind: 'pill-look' }
  /** Nobody caught an error of it. */
  | { kind: 'pill-error'; body: string }
);

/** What the pill shows while it is open. */
export interface PillLook {
  muted: boolean;
  /** Null: the settings want none in pages. */
  captions: Caption[] | null;
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
  /** Where the person put it last, on whatever page; null: never. */
  place: PillPlace | null;
}

export function isPillNote(value: unknown): value is PillNote {
  const { target, state, arm, place } = { ...(value as Partial<PillNote> | null) };
  const isPlaced = place === null || isPillPlace(place);
  return target === 'pill' && typeof state === 'object' && typeof arm === 'boolean' && isPlaced;
}

export function isPillPlace(value: unknown): value is PillPlace {
  const { x, y } = { ...(value as Partial<PillPlace> | null) };
  return isShare(x) && isShare(y);
}

function isShare(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1;
}
