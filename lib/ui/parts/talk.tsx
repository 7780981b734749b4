/** The talk button, the word for the state, and how long the call has lasted. */
import { useEffect, useState } from 'preact/hooks';
import type { Intent } from '../../protocol/messages.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { talkDoes, talkState, talkTone, type TalkDoes } from '../view/talk.ts';
import { elapsed } from '../view/time.ts';
import { callWords } from '../words/words.ts';
import { Figure } from './figure.tsx';

const intents: Record<Exclude<TalkDoes, 'nothing'>, Intent> = {
  start: { type: 'start', microphone: true },
  allow: { type: 'open-permission-page' },
  cancel: { type: 'end' },
  'hang-up': { type: 'end' },
  stop: { type: 'stop-answer' },
  unmute: { type: 'mute', muted: false },
};

export function TalkButton() {
  const words = callWords.use();
  const state = talkState(useValue(store.snapshot));
  const does = talkDoes[state];
  const label = does === 'nothing' ? words.states[state] : words.does[does];
  // `aria-disabled` and not `disabled`: the focus must not jump away in the half second of "Go ahead".
  return (
    <button
      type="button"
      class={`talk is-${state} tone-${talkTone[state]}`}
      aria-label={label}
      title={label}
      aria-disabled={does === 'nothing'}
      onClick={() => does !== 'nothing' && void store.act(intents[does])}
    >
      <Figure state={state} />
    </button>
  );
}

/** Announced to screen readers; the streaming text is not. */
export function StateWord() {
  const words = callWords.use();
  const state = talkState(useValue(store.snapshot));
  return (
    <p class={`state tone-${talkTone[state]}`} role="status" aria-live="polite">
      {words.states[state]}
    </p>
  );
}

/** Time since the call went live; stands still when it is over. */
export function Elapsed() {
  const { liveAt, endedAt } = useValue(store.snapshot);
  const [now, setNow] = useState(Date.now);
  const running = liveAt !== null && endedAt === null;
  useEffect(() => {
    if (!running) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [running]);
  if (liveAt === null) return null;
  return (
    <span class="elapsed" role="timer" aria-live="off">
      {elapsed((endedAt ?? now) - liveAt)}
    </span>
  );
}
