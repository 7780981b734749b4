/** The pill under a finger or a mouse: in hold it is held, in tap and hands-free pressed. */
import type { PillState, PillWish } from '../protocol/pill.ts';

/** What a click asks for; in hold a click is a hold that was short. */
export function wishOfClick({ mode, turn }: Pick<PillState, 'mode' | 'turn'>): PillWish | null {
  if (mode === 'hold') return null;
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
  on('click', () => {
    const asked = wishOfClick(state());
    if (asked) wish(asked);
  });
  // These would take the focus, or show a menu under a finger that rests.
  on('mousedown', (event) => event.preventDefault());
  on('contextmenu', (event) => event.preventDefault());
  return letGo;
}
