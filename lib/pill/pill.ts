/**
 * The pill: a mark on the page where a shortcut began the call. It shows the state, hears the talk key come up, and takes
 * presses; opened, it shows the last words of the call and its controls.
 *
 * What a page can do about it: its scripts find an element that holds a closed root, see where it is and whether it is
 * open, and can take it off. They cannot read it, search it, copy out of it or press it. They could lay something over it
 * through which a press goes, and have the person press what they do not see; all that a press can do is in
 * `protocol/pill.ts`. A page that took over its own process could read what the pill is told (the last words of each
 * side, only while it is open, and not at all when the settings say so), and press it.
 */
import {
  isPillNote,
  type PillLook,
  type PillMessage,
  type PillPlace,
  type PillState,
  type PillWish,
} from '../protocol/pill.ts';
import { watchUncaught } from '../protocol/uncaught.ts';
import { talkState, talkTone } from '../ui/view/talk.ts';
import { focusedBox, watchFocus } from './focus.ts';
import { createKeyWatch } from './key-watch.ts';
import { createMark } from './mark.ts';
import { listenToGrip } from './move.ts';
import { openWhenMeant } from './open.ts';
import { boxAt, freePlace, home, rowSize } from './place.ts';
import { listenToPress, onPress } from './press.ts';
import { pillWords, wordOf } from './words.ts';

/** There is an answer to stop. */
const answering = new Set<PillState['turn']>(['thinking', 'writing', 'reading', 'speaking']);

/** Milliseconds. An extension that was reloaded or removed cannot say so; nor does a page that moves what has the focus. */
const lookEveryMs = 2000;

/** Milliseconds. What is shown behind an answer that does not come would be nobody's word. */
const answerWithinMs = 2000;

/** Lives until the call is over or the extension is. `gone` is called then, once. */
export function openPill(window: Window, gone: () => void): void {
  const life = new AbortController();
  const { signal } = life;
  const mark = createMark(window.document);
  let now: PillState = { phase: 'connecting', turn: null, mode: 'hands-free', language: 'en', theme: 'auto' };
  let wanted: PillPlace = home;
  let muted = false;

  const close = () => {
    if (signal.aborted) return;
    life.abort();
    mark.remove();
    gone();
  };
  /** Undefined: no answer, because the worker was stopped with the message in hand. The next note will tell. */
  const send = async (message: PillMessage): Promise<unknown> => {
    if (!isOurs()) return close();
    let silent = false;
    const late = setTimeout(() => {
      silent = true;
      if (!signal.aborted) mark.show(words().silent, 'fault', now.theme, words());
    }, answerWithinMs);
    const answer: unknown = await tell(message).catch(() => undefined);
    clearTimeout(late);
    if (answer === false) close();
    else if (silent && !signal.aborted) showState();
    return answer;
  };
  const wish = (body: PillWish) => void send({ target: 'coordinator', kind: 'pill', body });
  const words = () => pillWords(now.language);

  const showState = () => {
    const state = talkState({ ...now, microphone: true });
    mark.show(wordOf(state, now.mode, words()), talkTone[state], now.theme, words());
  };

  const view = () => ({ width: window.innerWidth, height: window.innerHeight });
  /** Beside what has the focus, with room to open: it must not move away from under the pointer. */
  const placeNow = () => freePlace(wanted, mark.openHeight(), view(), focusedBox(window, mark.host));
  const arrange = () => void mark.put(placeNow(), opening.isOpen(), view());

  const opening = openWhenMeant(
    mark.pill,
    {
      show: arrange,
      async look() {
        const told = await send({ target: 'coordinator', kind: 'pill-look' });
        return typeof told === 'object' ? (told as PillLook | null) : null;
      },
      tell(look) {
        ({ muted } = look);
        mark.tell(look.captions, muted, words());
      },
      forget: mark.forget,
    },
    signal,
  );
  watchFocus(window, arrange, signal);
  listenToGrip(
    mark.grip,
    window,
    {
      corner: () => boxAt(placeNow(), rowSize.height, view()),
      to: (place) => void mark.put(place, opening.isOpen(), view()),
      done(place) {
        wanted = place;
        arrange();
        void send({ target: 'coordinator', kind: 'pill-place', body: place });
      },
    },
    signal,
  );

  const keys = createKeyWatch(() => wish('released'));
  const letGo = listenToPress(mark.main, () => now, wish, signal);
  const press = (control: keyof typeof mark.controls, body: () => PillWish) =>
    onPress(
      mark.controls[control],
      () => void send({ target: 'coordinator', kind: 'pill', body: body() }).then(opening.lookNow),
      signal,
    );
  press('mute', () => (muted ? 'unmute' : 'mute'));
  press('stopAnswer', () => 'stop-answer');
  press('hangUp', () => 'hang-up');

  const options = { capture: true, signal };
  window.addEventListener('keydown', (event) => event.isTrusted && onKeyDown(event), options);
  window.addEventListener('keyup', (event) => event.isTrusted && keys.keyUp(event.code, event.timeStamp), options);
  window.addEventListener('pagehide', letGo, options);

  const onKeyDown = (event: KeyboardEvent) => {
    if (keys.keyDown(event.code, event.repeat)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    // The page may have its own use for Escape: it gets it too.
    if (event.key === 'Escape' && !event.isComposing && answering.has(now.turn)) wish('stop-answer');
  };

  const onNote = (note: unknown, sender: chrome.runtime.MessageSender) => {
    if (sender.id !== chrome.runtime.id || !isPillNote(note)) return;
    if (!note.state) return close();
    now = note.state;
    wanted = note.place ?? wanted;
    showState();
    arrange();
    if (note.arm) keys.arm(window.performance.now());
  };
  chrome.runtime.onMessage.addListener(onNote);
  watchUncaught(
    (body) => isOurs() && void tell({ target: 'coordinator', kind: 'pill-error', body }).catch(() => undefined),
    { signal },
  );
  const looking = setInterval(() => (isOurs() ? arrange() : close()), lookEveryMs);
  signal.addEventListener('abort', () => {
    clearInterval(looking);
    if (isOurs()) chrome.runtime.onMessage.removeListener(onNote);
  });
}

function tell(message: PillMessage): Promise<unknown> {
  return chrome.runtime.sendMessage(message);
}

/** False once the extension that put us here is gone. */
function isOurs(): boolean {
  return chrome.runtime?.id !== undefined;
}
