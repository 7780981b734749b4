/** The state of a call as the talk button shows it, and what a press does. Pure: a function of the snapshot. */
import type { Snapshot } from '../../protocol/snapshot.ts';

export type TalkState =
  | 'idle'
  | 'asking'
  | 'connecting'
  | 'waiting'
  | 'typed'
  | 'listening'
  | 'hearing'
  | 'thinking'
  | 'reading'
  | 'speaking'
  | 'interrupting'
  | 'muted'
  | 'reconnecting'
  | 'ended'
  | 'fault';

export type TalkDoes = 'start' | 'allow' | 'cancel' | 'hang-up' | 'stop' | 'unmute' | 'nothing';

/** A colour and its meaning: `live` the microphone is open, `you` we hear you, `assistant` it speaks, `work` it is busy. */
export type Tone = 'plain' | 'live' | 'you' | 'assistant' | 'work' | 'fault' | 'quiet';

export function talkState({ phase, turn, microphone }: Pick<Snapshot, 'phase' | 'turn' | 'microphone'>): TalkState {
  switch (phase) {
    case 'idle':
      return 'idle';
    case 'asking-permission':
      return 'asking';
    case 'connecting':
      return 'connecting';
    case 'unstable':
      return 'reconnecting';
    case 'ended':
      return 'ended';
    case 'failed':
      return 'fault';
    case 'live':
      // Never "Listening" without frames: until they come, the microphone is being waited for.
      if (turn === null || turn === 'waiting') return microphone ? 'waiting' : 'typed';
      return turn;
  }
}

export const talkDoes: Record<TalkState, TalkDoes> = {
  idle: 'start',
  asking: 'allow',
  connecting: 'cancel',
  waiting: 'hang-up',
  typed: 'hang-up',
  listening: 'hang-up',
  hearing: 'hang-up',
  thinking: 'stop',
  reading: 'stop',
  speaking: 'stop',
  interrupting: 'nothing',
  muted: 'unmute',
  reconnecting: 'hang-up',
  ended: 'start',
  fault: 'nothing',
};

export const talkTone: Record<TalkState, Tone> = {
  idle: 'plain',
  asking: 'work',
  connecting: 'work',
  waiting: 'quiet',
  typed: 'quiet',
  listening: 'live',
  hearing: 'you',
  thinking: 'work',
  reading: 'work',
  speaking: 'assistant',
  interrupting: 'you',
  muted: 'quiet',
  reconnecting: 'work',
  ended: 'plain',
  fault: 'fault',
};
