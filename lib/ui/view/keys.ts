/** What a key press means. Pure. */
import type { TalkMode } from '../../protocol/settings.ts';
import { isTalkKey, type TalkDoes, type TalkState } from './talk.ts';

type Key = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'isComposing' | 'keyCode'>;

/** An input method is at work (key code 229 marks it in browsers that end composing first). */
function composes({ isComposing, keyCode }: Pick<Key, 'isComposing' | 'keyCode'>): boolean {
  return isComposing || keyCode === 229;
}

/** Enter alone sends the text. */
export function sends(event: Pick<Key, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>): boolean {
  return event.key === 'Enter' && !event.shiftKey && !composes(event);
}

/** What has the focus: a key means itself in a `field` and on a `control`. */
export type Place = 'page' | 'talk-button' | 'empty-field' | 'field' | 'control';

/** `talk`: the talk key of hold. `done`: the person has finished. `stop`: the answer. `drop`: the turn that is held. */
export type KeyMeaning = 'talk' | 'done' | 'stop' | 'drop';

export interface Talking {
  state: TalkState;
  mode: TalkMode;
  does: TalkDoes;
  /** There is an answer that could be stopped. */
  answering: boolean;
}

/** Null: the key is not ours. */
export function keyMeaning(event: Key, place: Place, { state, mode, does, answering }: Talking): KeyMeaning | null {
  if (event.shiftKey || event.ctrlKey || event.altKey || event.metaKey || composes(event)) return null;
  const holds = mode === 'hold' && isTalkKey(does);
  switch (event.key) {
    case 'Escape':
      if (does === 'send') return 'drop';
      return answering ? 'stop' : null;
    case ' ':
      return holds && (place === 'page' || place === 'talk-button') ? 'talk' : null;
    case 'Enter':
      if (holds) return place === 'talk-button' ? 'talk' : null;
      return maySayDone(state, mode) && (place === 'page' || place === 'empty-field') ? 'done' : null;
    default:
      return null;
  }
}

/** In hands-free the person may know better than the provider that they have finished. */
export function maySayDone(state: TalkState, mode: TalkMode): boolean {
  return mode === 'hands-free' && state === 'hearing';
}
