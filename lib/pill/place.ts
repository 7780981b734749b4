/** Where the pill can be: within the view, and beside what has the focus. Pure. */
import type { PillPlace } from '../protocol/pill.ts';

/** CSS pixels from the view's upper left corner. */
export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export type Size = Pick<Box, 'width' | 'height'>;

/** CSS pixels. Always the same, because a page can measure it and must not learn what is said. */
export const rowSize: Size = { width: 320, height: 40 };

export const home: PillPlace = { x: 0.5, y: 1 };

/** Pixels to the edges of the view, and to what has the focus. */
const margin = 16;
const gap = 8;

/** Where to go instead, nearest to home first. */
const refuges: PillPlace[] = [home, { x: 0.5, y: 0 }, { x: 1, y: 1 }, { x: 0, y: 1 }, { x: 1, y: 0 }, { x: 0, y: 0 }];

/** Closed: one row. Open, it is as wide and grows away from the nearer edge, so that the row stays under the pointer. */
export function boxAt({ x, y }: PillPlace, height: number, view: Size): Box {
  const room = roomIn(view);
  const row = margin + y * room.height;
  const top = isUpper({ y }) ? row : Math.max(0, row + rowSize.height - height);
  const width = Math.min(rowSize.width, view.width - 2 * margin);
  return { width, height, left: margin + x * room.width, top };
}

export function isUpper({ y }: Pick<PillPlace, 'y'>): boolean {
  return y < 0.5;
}

/** The place of a pill whose row is moved to there. */
export function placeOf({ left, top }: Pick<Box, 'left' | 'top'>, view: Size): PillPlace {
  const room = roomIn(view);
  return { x: shareOf(left - margin, room.width), y: shareOf(top - margin, room.height) };
}

/** Where the person wants it; or the first place that is free of `taken`; or the one that covers least of it. */
export function freePlace(wanted: PillPlace, height: number, view: Size, taken: Box | null): PillPlace {
  if (!taken) return wanted;
  let best = wanted;
  let least = Infinity;
  for (const place of [wanted, ...refuges]) {
    const covered = overlap(boxAt(place, height, view), taken);
    if (covered < least) [best, least] = [place, covered];
  }
  return best;
}

function overlap(box: Box, taken: Box): number {
  const width = Math.min(box.left + box.width, taken.left + taken.width + gap) - Math.max(box.left, taken.left - gap);
  const height = Math.min(box.top + box.height, taken.top + taken.height + gap) - Math.max(box.top, taken.top - gap);
  return Math.max(0, width) * Math.max(0, height);
}

/** In a view that is smaller than the pill there is none. */
function roomIn({ width, height }: Size): Size {
  return {
    width: Math.max(0, width - rowSize.width - 2 * margin),
    height: Math.max(0, height - rowSize.height - 2 * margin),
  };
}

function shareOf(way: number, room: number): number {
  return room > 0 ? Math.min(1, Math.max(0, way / room)) : 0;
}
