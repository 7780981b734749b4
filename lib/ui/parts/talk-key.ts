/** The talk key and the other keys of a page with a call on it, bound to the window. */
import { useEffect } from 'preact/hooks';
import { settings } from '../settings.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { keyMeaning, type KeyMeaning, type Place, type Talking } from '../view/keys.ts';
import { createTalkKey } from '../view/talk-key.ts';
import { isAnswering, talkDoes, talkMode, talkState } from '../view/talk.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';

export const talkKey = createTalkKey(store.act, store.tell, store.snapshot.get);

function talking(snapshot: Snapshot, setting: Talking['mode']): Talking {
  const state = talkState(snapshot);
  const mode = talkMode(snapshot, setting);
  return { state, mode, does: talkDoes(state, mode), answering: isAnswering(snapshot.turn) };
}

/** What is shown, how the person talks, and what a press does. */
export function useTalking(): Talking {
  return talking(useValue(store.snapshot), useValue(settings).talkMode);
}

/** "I'm done." */
export function sayDone(): void {
  void store.act({ type: 'talk-end', send: true });
}

const keyDoes: Record<KeyMeaning, (key: string) => void> = {
  talk: (key) => talkKey.down(key),
  done: sayDone,
  stop: () => void store.act({ type: 'stop-answer' }),
  drop: () => talkKey.drop(),
};

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof Element)) return 'page';
  if (target.closest('.talk')) return 'talk-button';
  if (target instanceof HTMLTextAreaElement) return target.value ? 'field' : 'empty-field';
  // A radio button that is chosen has no use for Space.
  if (target.closest('input:not([type=radio])')) return 'field';
  return target.closest('button, select, summary, a') ? 'control' : 'page';
}

/** While the page is shown. Before anything else sees them: the text box empties itself on Enter. */
export function useTalkKeys(): void {
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const down = (event: KeyboardEvent) => {
      const now = talking(store.snapshot.get(), settings.get().talkMode);
      const meaning = keyMeaning(event, placeOf(event.target), now);
      if (!meaning) return;
      event.preventDefault();
      if (!event.repeat) keyDoes[meaning](event.key);
    };
    const up = ({ key }: KeyboardEvent) => talkKey.up(key);
    const hidden = () => document.hidden && talkKey.release();
    window.addEventListener('keydown', down, { signal, capture: true });
    window.addEventListener('keyup', up, { signal, capture: true });
    window.addEventListener('blur', () => talkKey.release(), { signal });
    window.addEventListener('pagehide', () => talkKey.leave(), { signal });
    document.addEventListener('visibilitychange', hidden, { signal });
    return () => gone.abort();
  }, []);
}
