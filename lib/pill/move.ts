/** The grip of the pill: dragged by hand, or moved with the arrow keys. */
import type { PillPlace } from '../protocol/pill.ts';
import { placeOf, type Box } from './place.ts';

/** Pixels a key press. */
const step = 24;

const ways: Record<string, readonly [x: number, y: number]> = {
  ArrowLeft: [-step, 0],
  ArrowRight: [step, 0],
  ArrowUp: [0, -step],
  ArrowDown: [0, step],
};

interface Moves {
  /** Of the closed pill, as it is now. */
  corner(): Pick<Box, 'left' | 'top'>;
  /** While it moves. */
  to(place: PillPlace): void;
  /** It stays there. */
  done(place: PillPlace): void;
}

/** Events that a script made up are none. */
export function listenToGrip(
  grip: HTMLElement,
  window: Window,
  { corner, to, done }: Moves,
  signal: AbortSignal,
): void {
  /** From the pointer to the corner. */
  let held: { x: number; y: number } | null = null;
  let place: PillPlace | null = null;
  const placeAt = (left: number, top: number) =>
    placeOf({ left, top }, { width: window.innerWidth, height: window.innerHeight });
  const on = <K extends keyof HTMLElementEventMap>(type: K, act: (event: HTMLElementEventMap[K]) => void) =>
    grip.addEventListener(type, (event) => event.isTrusted && act(event), { signal });

  on('pointerdown', (event) => {
    if (event.button !== 0) return;
    grip.setPointerCapture(event.pointerId);
    const { left, top } = corner();
    held = { x: left - event.clientX, y: top - event.clientY };
  });
  on('pointermove', ({ clientX, clientY }) => {
    if (!held) return;
    place = placeAt(clientX + held.x, clientY + held.y);
    to(place);
  });
  on('lostpointercapture', () => {
    if (place) done(place);
    held = place = null;
  });
  on('keydown', (event) => {
    const way = ways[event.key];
    if (!way) return;
    event.preventDefault();
    const { left, top } = corner();
    done(placeAt(left + way[0], top + way[1]));
  });
}
