import { describe, expect, it } from 'vitest';
import { boxAt, freePlace, home, placeOf, rowSize, type Box } from '../../../lib/pill/place.ts';

const view = { width: 1000, height: 600 };
const closed = rowSize.height;
const open = 200;
const places = [0, 0.3, 0.5, 1].flatMap((x) => [0, 0.5, 1].map((y) => ({ x, y })));
const covers = (box: Box, other: Box) =>
  box.left < other.left + other.width &&
  other.left < box.left + box.width &&
  box.top < other.top + other.height &&
  other.top < box.top + box.height;

describe('the place of the pill', () => {
  it('is at home at the bottom, in the middle', () => {
    expect(boxAt(home, closed, view)).toEqual({ ...rowSize, left: 340, top: 544 });
  });

  it('opens away from the nearer edge, and its row stays under the pointer', () => {
    for (const place of places) {
      const [small, large] = [boxAt(place, closed, view), boxAt(place, open, view)];
      expect(large.left).toBe(small.left);
      if (place.y < 0.5) expect(large.top).toBe(small.top);
      else expect(large.top + large.height).toBe(small.top + small.height);
      expect(large.top).toBeGreaterThanOrEqual(0);
      expect(large.top + large.height).toBeLessThanOrEqual(view.height);
    }
  });

  it('follows a hand, and stays in the view', () => {
    for (const place of places) {
      const again = placeOf(boxAt(place, closed, view), view);
      expect(again.x).toBeCloseTo(place.x);
      expect(again.y).toBeCloseTo(place.y);
    }
    expect(placeOf({ left: -500, top: 9000 }, view)).toEqual({ x: 0, y: 1 });
    expect(placeOf({ left: 5, top: 5 }, { width: 200, height: 60 })).toEqual({ x: 0, y: 0 });
  });
});

describe('what has the focus', () => {
  const fields = [0, 200, 400, 560].flatMap((top) =>
    [0, 300, 680].map((left) => ({ left, top, width: 320, height: 40 })),
  );

  it('is never covered, wherever the pill was put', () => {
    for (const wanted of places) {
      for (const field of fields) {
        const place = freePlace(wanted, open, view, field);
        expect(covers(boxAt(place, open, view), field), JSON.stringify({ wanted, field })).toBe(false);
      }
    }
  });

  it('that is elsewhere moves nothing', () => {
    expect(freePlace({ x: 1, y: 1 }, open, view, fields[0]!)).toEqual({ x: 1, y: 1 });
    expect(freePlace({ x: 0.3, y: 0 }, open, view, null)).toEqual({ x: 0.3, y: 0 });
  });

  it('and fills the view is covered as little as can be', () => {
    const page = { left: 0, top: 0, width: 1000, height: 500 };
    const place = freePlace({ x: 0.5, y: 0 }, open, view, page);
    expect(place.y).toBe(1);
  });
});
