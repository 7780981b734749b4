/** The pill under a finger or a mouse: in hold it is held, in tap and hands-free pressed. */
import type { PillState, PillWish } from '../protocol/pill.ts';

/** What a click asks for. In hold a hand's is a hold that was short; a key's or a screen reader's cannot be held. */
export function wishOfClick({ mode, turn }: Pick<PillState, 'mode' | 'turn'>, byHand: boolean): PillWish | null {
  if (mode === 'hold' && byHand) return null;
  if (mode === 'hands-free') return 'stop-answer';
  return turn === 'held' ? 'talk-end' : 'talk-begin';
}

/** `state` is the one of now. Events that a script made up are none. Returns what lets go, should the page be left. */
export function listenToPress(
  button: HTMLButtonElement,
  state: () => Pick<PillState, 'mode' | 'turn'>,
  wish: (wish: PillWish) => void,
  signal: AbortSignal,
): () => void {
  let isHeld = false;
  const letGo = () => {
    if (isHeld) wish('talk-end');
    isHeld = false;
  };
  const on = <K extends keyof HTMLElementEventMap>(type: K, act: (event: HTMLElementEventMap[K]) => void) =>
    button.addEventListener(type, (event) => event.isTrusted && act(event), { signal });

  on('pointerdown', (event) => {
    if (state().mode !== 'hold' || event.button !== 0 || isHeld) return;
    // The finger may slide off; its end is still ours.
    button.setPointerCapture(event.pointerId);
    isHeld = true;
    wish('talk-begin');
  });
  on('pointerup', letGo);
  on('lostpointercapture', letGo);
  on('click', ({ detail }) => {
    const asked = wishOfClick(state(), detail > 0);
    if (asked) wish(asked);
  });
  // It would show a menu under a finger that rests.
  on('contextmenu', (event) => event.preventDefault());
  return letGo;
}

/** By hand, by key or by a screen reader; not by a script. */
export function onPress(button: HTMLButtonElement, act: () => void, signal: AbortSignal): void {
  button.addEventListener('click', ({ isTrusted }) => isTrusted && act(), { signal });
}
