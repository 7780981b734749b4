/** Where words stand in the window, through frames and scrollers; and how they come into view. */
import type { Dom } from '../dom.ts';

/** From and to, along one axis. */
type Side = [from: number, to: number];

/** Words so near to an edge may lie under a bar that floats there. Of the height. */
const edge = 0.15;

/** In pixels: how far from the middle of the window; 0 for all that is in it. */
export function distanceFromView(range: Range, dom: Dom): number {
  const { top, bottom } = range.getBoundingClientRect();
  let middle = (top + bottom) / 2;
  for (let at: Node | null = range.startContainer; at;) {
    const root: Element | null = dom.rootElement(dom.document(at));
    at = root && dom.drawnParent(root);
    if (at) middle += dom.rect(at as Element).top;
  }
  return middle >= 0 && middle <= window.innerHeight ? 0 : Math.abs(middle - window.innerHeight / 2);
}

/** To the middle of the window, by scrolling all that has to be scrolled. What is well in view stays where it is. */
export function bringIntoView(range: Range, dom: Dom): void {
  const scrollBy: (to: ScrollToOptions) => void = Element.prototype.scrollBy;
  const isCalm = document.hidden || matchMedia('(prefers-reduced-motion: reduce)').matches;
  const behavior = isCalm ? 'instant' : 'smooth';
  const rect = range.getBoundingClientRect();
  let [x, y] = [rect.left, rect.top];

  /** What is around is asked next, and finds the words where they will be. */
  const scroll = (scroller: Element, box: { left: number; top: number; width: number; height: number }) => {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight } = scroller;
    const rightToLeft = getComputedStyle(scroller).direction === 'rtl';
    const wide = scrollWidth - box.width;
    const across = shift([x, x + rect.width], [box.left, box.left + box.width]);
    const down = shift([y, y + rect.height], [box.top, box.top + box.height], edge * box.height);
    const left = between(across, (rightToLeft ? -wide : 0) - scrollLeft, (rightToLeft ? 0 : wide) - scrollLeft);
    const top = between(down, -scrollTop, scrollHeight - box.height - scrollTop);
    if (!left && !top) return;
    scrollBy.call(scroller, { left, top, behavior });
    x -= left;
    y -= top;
  };

  let isFixed = false;
  for (let node: Node = range.startContainer; ;) {
    const element = dom.drawnParent(node);
    const inside = dom.document(node);
    const root = dom.rootElement(inside);
    if (element && dom.document(element) === inside) {
      const { overflow, position } = getComputedStyle(element);
      if (!isFixed && /auto|scroll/.test(overflow) && !isWindows(element, root, dom)) {
        const box = dom.rect(element);
        const { clientLeft, clientTop, clientWidth, clientHeight } = element;
        scroll(element, {
          left: box.left + clientLeft,
          top: box.top + clientTop,
          width: clientWidth,
          height: clientHeight,
        });
      }
      isFixed ||= position === 'fixed';
    } else {
      const { innerWidth, innerHeight } = dom.view(inside) ?? window;
      const scroller = inside.scrollingElement ?? root;
      if (!isFixed && scroller) scroll(scroller, { left: 0, top: 0, width: innerWidth, height: innerHeight });
      if (!element) return;
      // Out of a frame.
      const box = dom.rect(element);
      x += box.left + element.clientLeft;
      y += box.top + element.clientTop;
      isFixed = false;
    }
    node = element;
  }
}

/** Does the window scroll where this element says so? */
function isWindows(element: Element, root: Element | null, dom: Dom): boolean {
  return (
    element === root || (dom.name(element) === 'body' && root !== null && getComputedStyle(root).overflow === 'visible')
  );
}

function shift([from, to]: Side, [start, end]: Side, margin = 0): number {
  if (from >= start + margin && to <= end - margin) return 0;
  // Of what is larger than its window the beginning counts.
  if (to - from > end - start - 2 * margin) return from - start - margin;
  return (from + to - start - end) / 2;
}

function between(wanted: number, least: number, most: number): number {
  const whole = Math.round(Math.min(Math.max(wanted, least), Math.max(most, least)));
  return whole === 0 ? 0 : whole;
}
