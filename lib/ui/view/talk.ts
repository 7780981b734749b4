/** The state of a call as the talk button shows it, and what a press does. Pure: a function of the snapshot. */
import type { TalkMode } from '../../protocol/settings.ts';
import { isActive, type Snapshot, type Turn } from '../../protocol/snapshot.ts';

export type TalkState =
  | 'idle'
  | 'asking'
  | 'connecting'
  | 'waiting'
  | 'typed'
  | 'listening'
  | 'hearing'
  | 'thinking'
  | 'writing'
  | 'reading'
  | 'speaking'
  | 'interrupting'
  | 'held'
  | 'resting'
  | 'muted'
  | 'reconnecting'
  | 'ended'
  | 'fault';

/** `talk` begins the person's turn, `send` ends it: in tap and hold only. */
export type TalkDoes = 'start' | 'allow' | 'cancel' | 'hang-up' | 'stop' | 'unmute' | 'talk' | 'send' | 'nothing';

/** A colour and its meaning: `live` the microphone is open, `you` we hear you, `assistant` it speaks, `work` it is busy. */
export type Tone = 'plain' | 'live' | 'you' | 'assistant' | 'work' | 'fault' | 'quiet';

export function talkState({ phase, turn, microphone }: Pick<Snapshot, 'phase' | 'turn' | 'microphone'>): TalkState {
  switch (phase) {
    case 'idle':
      return 'idle';
    case 'asking-permission':
      return 'asking';
    case 'connecting':
      // What is said before the line is open is kept, so it may be said.
      return turn === 'held' || turn === 'listening' ? turn : 'connecting';
    case 'unstable':
    case 'reconnecting':
      return turn === 'held' ? 'held' : 'reconnecting';
    case 'ended':
      return 'ended';
    case 'failed':
      return 'fault';
    case 'live':
      // Never "Listening" without frames: until they come, the microphone is being waited for.
      if (turn === null || turn === 'waiting') return microphone ? 'waiting' : 'typed';
      return turn === 'resting' && !microphone ? 'typed' : turn;
  }
}

const doesInHandsFree: Record<TalkState, TalkDoes> = {
  idle: 'start',
  asking: 'allow',
  connecting: 'cancel',
  waiting: 'hang-up',
  typed: 'hang-up',
  listening: 'hang-up',
  hearing: 'hang-up',
  thinking: 'stop',
  writing: 'stop',
  reading: 'stop',
  speaking: 'stop',
  interrupting: 'nothing',
  // Left from another way to talk, for a moment.
  held: 'send',
  resting: 'hang-up',
  muted: 'unmute',
  reconnecting: 'hang-up',
  ended: 'start',
  fault: 'nothing',
};

/** The same in tap and hold: there the button is the talk key, and hanging up has its own. */
const doesWithKey = new Set<TalkState>(['asking', 'typed', 'muted', 'fault', 'held']);

export function talkDoes(state: TalkState, mode: TalkMode): TalkDoes {
  return mode === 'hands-free' || doesWithKey.has(state) ? doesInHandsFree[state] : 'talk';
}

/** Is a press one of the talk key, and not of a button that does something else? */
export function isTalkKey(does: TalkDoes): does is 'talk' | 'send' {
  return does === 'talk' || does === 'send';
}

/** How the person talks now: as the call does it, or as the setting says when there is none. */
export function talkMode({ phase, talkMode: mode }: Pick<Snapshot, 'phase' | 'talkMode'>, setting: TalkMode): TalkMode {
  return isActive(phase) ? mode : setting;
}

/** Is there an answer that could be stopped? */
export function isAnswering(turn: Turn | null): boolean {
  return turn === 'thinking' || turn === 'writing' || turn === 'reading' || turn === 'speaking';
}

export const talkTone: Record<TalkState, Tone> = {
  idle: 'plain',
  asking: 'work',
  connecting: 'work',
  waiting: 'quiet',
  typed: 'quiet',
  listening: 'live',
  hearing: 'you',
  thinking: 'work',
  writing: 'assistant',
  reading: 'work',
  speaking: 'assistant',
  interrupting: 'you',
  held: 'live',
  resting: 'plain',
  muted: 'quiet',
  reconnecting: 'work',
  ended: 'plain',
  fault: 'fault',
};
