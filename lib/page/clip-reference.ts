/** What a `clip-path: url(#…)` leaves of an element: the box around the shapes that it names. */
import { meet, type Area } from './clip.ts';
import type { Dom } from './dom.ts';

const nothing: Area = { left: 0, top: 0, right: 0, bottom: 0 };

/** Null where nothing is cut off: a reference that leads nowhere counts as none. */
export function clipReferenceArea(clipPath: string, element: Element, box: Area, dom: Dom): Area | null {
  const reference = /^url\("?([^"]*)"?\)/.exec(clipPath)?.[1];
  if (reference === undefined) return null;
  // In a file that cannot be looked into.
  if (!reference.startsWith('#')) return nothing;
  const [found] = dom.all(dom.document(element), `[id="${CSS.escape(reference.slice(1))}"]`, 1);
  if (!found || dom.name(found) !== 'clipPath') return null;
  const ofBox = dom.attribute(found, 'clipPathUnits') === 'objectBoundingBox';
  const [width, height] = ofBox ? [box.right - box.left, box.bottom - box.top] : [1, 1];
  let area: Area | null = null;
  for (let shape = dom.firstChild(found); shape; shape = dom.nextSibling(shape)) {
    if (!(shape instanceof SVGGraphicsElement)) continue;
    const inner = shape.getBBox();
    const each = {
      left: box.left + inner.x * width,
      top: box.top + inner.y * height,
      right: box.left + (inner.x + inner.width) * width,
      bottom: box.top + (inner.y + inner.height) * height,
    };
    area = area ? around(area, each) : each;
  }
  return area ? meet(area, box) : nothing;
}

function around(one: Area, other: Area): Area {
  return {
    left: Math.min(one.left, other.left),
    top: Math.min(one.top, other.top),
    right: Math.max(one.right, other.right),
    bottom: Math.max(one.bottom, other.bottom),
  };
}
