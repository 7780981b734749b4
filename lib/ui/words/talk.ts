/** The words of the talk button, which depend on how the person talks. Pure. */
import type { TalkMode } from '../../protocol/settings.ts';
import type { TalkDoes, TalkState } from '../view/talk.ts';
import type { CallWords } from './call.ts';

/** A turn that is left from another way to talk is ended by a press. */
export const turnKey = (mode: TalkMode) => (mode === 'hold' ? 'hold' : 'tap');

export function stateWord(words: CallWords, state: TalkState, mode: TalkMode): string {
  return state === 'held' || state === 'resting' ? words.talk[turnKey(mode)][state] : words.states[state];
}

/** What a press of the talk button does now; empty: nothing. */
export function pressWord(words: CallWords, does: TalkDoes, mode: TalkMode): string {
  switch (does) {
    case 'nothing':
      return '';
    case 'talk':
      return words.talk[turnKey(mode)].resting;
    case 'send':
      return words.talk[turnKey(mode)].send;
    default:
      return words.does[does];
  }
}
