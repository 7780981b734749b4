/** What part of the page is left to see through scrollers, cut-off boxes and clip paths, in the window's pixels. */

export interface Area {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export function meet(one: Area, other: Area): Area {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

/** Thinner than a pixel is nothing. */
export function isNothing({ left, top, right, bottom }: Area): boolean {
  return right - left < 1 || bottom - top < 1;
}

export function contains(outer: Area, inner: Area, slack = 2): boolean {
  return (
    inner.left >= outer.left - slack &&
    inner.top >= outer.top - slack &&
    inner.right <= outer.right + slack &&
    inner.bottom <= outer.bottom + slack
  );
}

/**
 * What an element with `overflow` shows of its inside: the box itself, or all that it can be scrolled to. Where lines and
 * blocks run to is no end: what stands there is what makes it scroll.
 */
export function overflowArea(
  box: Area,
  overflow: string,
  { scrollLeft, scrollTop }: Pick<Element, 'scrollLeft' | 'scrollTop'>,
  rightToLeft: boolean,
): Area | null {
  const [x = 'visible', y = x] = overflow.split(' ');
  if (x === 'visible' && y === 'visible') return null;
  const area = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  if (x === 'auto' || x === 'scroll') {
    if (rightToLeft) area.right = box.right - scrollLeft;
    else area.left = box.left - scrollLeft;
  } else if (x !== 'visible') {
    area.left = box.left;
    area.right = box.right;
  }
  if (y === 'auto' || y === 'scroll') {
    area.top = box.top - scrollTop;
  } else if (y !== 'visible') {
    area.top = box.top;
    area.bottom = box.bottom;
  }
  return area;
}

/** The box around what a `clip-path` leaves of an element; null for `url()`, which is looked up elsewhere. */
export function clipPathArea(clipPath: string, box: Area): Area | null {
  const match = /^([\w-]+)\((.*)\)/.exec(clipPath);
  if (!match) return null;
  const [, shape, inside = ''] = match;
  const width = box.right - box.left;
  const height = box.bottom - box.top;
  const pixels = (length: string | undefined, of: number) =>
    length === undefined || length === 'auto'
      ? 0
      : Number.parseFloat(length) / (length.includes('%') ? 100 / of : 1) || 0;
  if (shape === 'inset') {
    const [top, right = top, bottom = top, left = right] = inside.replace(/ round.*/, '').split(' ');
    return {
      left: box.left + pixels(left, width),
      top: box.top + pixels(top, height),
      right: box.right - pixels(right, width),
      bottom: box.bottom - pixels(bottom, height),
    };
  }
  if (shape === 'circle' || shape === 'ellipse') {
    const [radii = '', at = '50% 50%'] = inside.split(/\s*at /);
    const [rx, ry = rx] = radii.trim().split(' ');
    // `closest-side` and the like are as large as the box.
    if (!rx || !/\d/.test(radii)) return null;
    const [x, y] = at.split(' ');
    const middle = { x: box.left + pixels(x, width), y: box.top + pixels(y, height) };
    const radius = { x: pixels(rx, width), y: pixels(ry, height) };
    return {
      left: middle.x - radius.x,
      top: middle.y - radius.y,
      right: middle.x + radius.x,
      bottom: middle.y + radius.y,
    };
  }
  const corners =
    shape === 'polygon'
      ? inside.split(/,\s*/).map((corner) => corner.split(' '))
      : shape === 'path' && /^[^"]*"[MLZ\d\s.,-]+"$/.test(inside)
        ? [...inside.matchAll(/(-?[\d.]+)[ ,]+(-?[\d.]+)/g)].map(([, x, y]) => [x, y])
        : shape === 'shape' && !/\b(?:by|hline|vline|arc)\b/.test(inside)
          ? [...inside.matchAll(/(-?[\d.]+(?:px|%)?) (-?[\d.]+(?:px|%)?)/g)].map(([, x, y]) => [x, y])
          : null;
  // Whatever else there may come to be: what cannot be told is not shown.
  if (!corners) return shape === 'url' ? null : { ...box, right: box.left };
  const xs = corners.map(([x]) => box.left + pixels(x, width));
  const ys = corners.map(([, y]) => box.top + pixels(y, height));
  return { left: Math.min(...xs), top: Math.min(...ys), right: Math.max(...xs), bottom: Math.max(...ys) };
}

/** The old `clip: rect(top, right, bottom, left)` of boxes out of the flow. */
export function clipRectArea(clip: string, box: Area): Area | null {
  const match = /^rect\(([^)]*)\)$/.exec(clip);
  if (!match) return null;
  const [top, right, bottom, left] = match[1]!.split(/,? /).map((edge) => Number.parseFloat(edge));
  const or = (edge: number | undefined, other: number) => (edge === undefined || Number.isNaN(edge) ? other : edge);
  return {
    left: box.left + or(left, 0),
    top: box.top + or(top, 0),
    right: box.left + or(right, box.right - box.left),
    bottom: box.top + or(bottom, box.bottom - box.top),
  };
}
