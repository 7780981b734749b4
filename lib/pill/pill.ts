/**
 * The pill: a mark on the page where a shortcut began the call. It shows the state, hears the talk key come up, and takes
 * a press. It reads nothing of the page, and knows no more of the call than it shows.
 */
import { isPillNote, type PillMessage, type PillState, type PillWish } from '../protocol/pill.ts';
import { talkState, talkTone } from '../ui/view/talk.ts';
import { createKeyWatch } from './key-watch.ts';
import { createMark } from './mark.ts';
import { listenToPress } from './press.ts';
import { pillWords, wordOf } from './words.ts';

/** There is an answer to stop. */
const answering = new Set<PillState['turn']>(['thinking', 'writing', 'reading', 'speaking']);

/** Milliseconds. An extension that was reloaded or removed cannot say so. */
const lookEveryMs = 2000;

/** Lives until the call is over or the extension is. `gone` is called then, once. */
export function openPill(window: Window, gone: () => void): void {
  const life = new AbortController();
  const { signal } = life;
  const mark = createMark(window.document);
  let now: PillState = { phase: 'connecting', turn: null, mode: 'hands-free', language: 'en', theme: 'auto' };

  const close = () => {
    if (signal.aborted) return;
    life.abort();
    mark.remove();
    gone();
  };
  const wish = (body: PillWish) => {
    if (!isOurs()) return close();
    const message: PillMessage = { target: 'coordinator', kind: 'pill', body };
    // No answer: the worker was stopped with the message in hand. The next note will tell.
    chrome.runtime.sendMessage(message).then(
      (hasCall) => hasCall === false && close(),
      () => undefined,
    );
  };

  const keys = createKeyWatch(() => wish('released'));
  const letGo = listenToPress(mark.button, () => now, wish, signal);
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
    const state = talkState({ ...now, microphone: true });
    mark.show(wordOf(state, now.mode, pillWords(now.language)), talkTone[state], now.theme);
    if (note.arm) keys.arm(window.performance.now());
  };
  chrome.runtime.onMessage.addListener(onNote);
  const looking = setInterval(() => isOurs() || close(), lookEveryMs);
  signal.addEventListener('abort', () => {
    clearInterval(looking);
    if (isOurs()) chrome.runtime.onMessage.removeListener(onNote);
  });
}

/** False once the extension that put us here is gone. */
function isOurs(): boolean {
  return chrome.runtime?.id !== undefined;
}
