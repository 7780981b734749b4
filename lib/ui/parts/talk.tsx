/** The talk button, the word for the state, and how long the call has lasted. */
import { useRef } from 'preact/hooks';
import type { Intent } from '../../protocol/messages.ts';
import { settings } from '../settings.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { isTalkKey, talkTone, type TalkDoes } from '../view/talk.ts';
import { elapsed } from '../view/time.ts';
import { pressWord, stateWord } from '../words/talk.ts';
import { callWords } from '../words/words.ts';
import { Figure } from './figure.tsx';
import { useAnnouncer } from './later.ts';
import { useNow } from './now.ts';
import { talkKey, useTalking, useTalkKeys } from './talk-key.ts';

const intents: Record<Exclude<TalkDoes, 'talk' | 'send' | 'nothing'>, Intent> = {
  start: { type: 'start', microphone: true },
  allow: { type: 'open-permission-page' },
  cancel: { type: 'end' },
  'hang-up': { type: 'end' },
  stop: { type: 'stop-answer' },
  unmute: { type: 'mute', muted: false },
};

export function TalkButton() {
  const words = callWords.use();
  const { state, mode, does } = useTalking();
  const held = useRef(false);
  useTalkKeys();
  const label = pressWord(words, does, mode) || stateWord(words, state, mode);
  const press = (event: PointerEvent & { currentTarget: Element }) => {
    held.current = mode === 'hold' && isTalkKey(does) && event.isPrimary && event.button === 0;
    if (!held.current) return;
    // The release is ours wherever the pointer has gone by then.
    event.currentTarget.setPointerCapture(event.pointerId);
    talkKey.down(`pointer ${event.pointerId}`);
  };
  const release = ({ pointerId }: PointerEvent) => talkKey.up(`pointer ${pointerId}`);
  const click = ({ detail }: MouseEvent) => {
    // The end of a hold is not a press of what the button has become meanwhile.
    const endsHold = detail > 0 && held.current;
    held.current = false;
    if (endsHold || does === 'nothing') return;
    if (!isTalkKey(does)) void store.act(intents[does]);
    // In hold a click counts only without a pointer: a screen reader's, which cannot be held.
    else if (mode !== 'hold' || detail === 0) talkKey.toggle();
  };
  // `aria-disabled` and not `disabled`: the focus must not jump away in the half second of "Go ahead".
  return (
    <button
      type="button"
      class={`talk is-${state} tone-${talkTone[state]}`}
      aria-label={label}
      title={label}
      aria-disabled={does === 'nothing'}
      onPointerDown={press}
      onPointerUp={release}
      onLostPointerCapture={release}
      onContextMenu={(event) => mode === 'hold' && event.preventDefault()}
      onClick={click}
    >
      <Figure state={state} />
    </button>
  );
}

/** Announced to screen readers, and in their own mode by the announcer instead; the streaming text is not. */
export function StateWord() {
  const words = callWords.use();
  const { state, mode } = useTalking();
  const { screenReader } = useValue(settings);
  const announce = useAnnouncer(screenReader);
  const word = stateWord(words, state, mode);
  return (
    <>
      <p class={`state tone-${talkTone[state]}`} role={screenReader ? undefined : 'status'}>
        {word}
      </p>
      {screenReader && announce && <announce.Announcer state={state} word={word} />}
    </>
  );
}

/** Time since the call went live; stands still when it is over. */
export function Elapsed() {
  const { liveAt, endedAt } = useValue(store.snapshot);
  const now = useNow(liveAt !== null && endedAt === null);
  if (liveAt === null) return null;
  return (
    <span class="elapsed" role="timer" aria-live="off">
      {elapsed((endedAt ?? now) - liveAt)}
    </span>
  );
}
