/** What else lies where a text stands: something over it, or something under it that is no ancestor. */
import { isNothing, meet, type Area } from './clip.ts';
import { parseRgb } from './colour.ts';
import type { Dom } from './dom.ts';
import { filterOpacity } from './effects.ts';

/** Asking what lies at a point costs as much as six elements, but on a page of many layers as much as a hundred. */
const pointsAsked = 16;
const pointsAlwaysAsked = 2;
const askingMs = 1;
const pictures = 'img, video, canvas, svg, picture, object, embed';
const siblingsAsked = 12;

export function coverFinder(dom: Dom) {
  const sizes = new Map<Document, { width: number; height: number }>();
  let asked = 0;
  let spentMs = 0;
  let fresh = true;

  /** One point of each block is asked for. */
  function next(): void {
    fresh = true;
  }

  /** Only inside the window can be asked; a banner or dialog that floats over the page does not count. */
  function isCovered(parent: Element, place: Area): boolean {
    if (!fresh || asked >= pointsAsked || (asked >= pointsAlwaysAsked && spentMs > askingMs)) return false;
    const document = dom.document(parent);
    const { width, height } = sizeOf(document);
    const x = (place.left + place.right) / 2;
    const y = (place.top + place.bottom) / 2;
    if (x < 0 || y < 0 || x >= width || y >= height) return false;
    asked += 1;
    fresh = false;
    const begin = performance.now();
    const hit = Document.prototype.elementFromPoint.call(document, x, y);
    spentMs += performance.now() - begin;
    if (!hit) return false;
    if (holds(hit, parent) || holds(parent, hit)) return isUnderGenerated(parent, hit, place);
    for (let at: Element | null = hit; at && !holds(at, parent); at = dom.drawnParent(at)) {
      const style = getComputedStyle(at);
      if (/fixed|sticky/.test(style.position)) return false;
      if (filterOpacity(style.backdropFilter) === 0) return true;
      const opaque = (parseRgb(style.backgroundColor)?.alpha ?? 0) > 0.9 || style.backgroundImage !== 'none';
      if ((opaque || Element.prototype.matches.call(at, pictures)) && Number(style.opacity) > 0.9) return true;
    }
    return false;
  }

  /** What is generated around an element answers as the element itself. */
  function isUnderGenerated(parent: Element, hit: Element, { right, left, bottom, top }: Area): boolean {
    if (!holds(hit, parent)) return false;
    return ['::before', '::after'].some((which) => {
      const style = getComputedStyle(hit, which);
      if (style.content === 'none' || style.position !== 'absolute' || Number.parseFloat(style.zIndex) < 0)
        return false;
      if (!((parseRgb(style.backgroundColor)?.alpha ?? 0) * Number(style.opacity) > 0.9)) return false;
      return Number.parseFloat(style.width) >= right - left && Number.parseFloat(style.height) >= bottom - top;
    });
  }

  /** Of its window. Asking for it costs as much as a look at an element. */
  function sizeOf(document: Document): { width: number; height: number } {
    let size = sizes.get(document);
    if (!size) {
      const view = dom.view(document);
      size = { width: view?.innerWidth ?? 0, height: view?.innerHeight ?? 0 };
      sizes.set(document, size);
    }
    return size;
  }

  /** Is there a picture or a coloured box beside the ancestors, at the same place? */
  function liesOnSomething(element: Element, place: Area): boolean {
    let at: Element | null = element;
    for (let level = 0; at && level < 8; level += 1) {
      const parent: Element | null = dom.drawnParent(at);
      if (!parent) return false;
      let child = dom.firstChild(parent);
      for (let count = 0; child && count < siblingsAsked; child = dom.nextSibling(child)) {
        if (child === at || dom.nodeType(child) !== 1) continue;
        count += 1;
        if (colours(child as Element, place)) return true;
      }
      at = parent;
    }
    return false;
  }

  function colours(element: Element, place: Area): boolean {
    const picture = Element.prototype.matches.call(element, pictures) ? element : dom.find(element, pictures);
    if (picture && !isNothing(meet(dom.rect(picture), place))) return true;
    if (isNothing(meet(dom.rect(element), place))) return false;
    const style = getComputedStyle(element);
    return style.backgroundImage !== 'none' || (parseRgb(style.backgroundColor)?.alpha ?? 1) > 0.1;
  }

  function holds(outer: Element, inner: Element): boolean {
    if (Node.prototype.contains.call(outer, inner)) return true;
    // Through shadow roots.
    for (let at: Element | null = inner; at; at = dom.drawnParent(at)) if (at === outer) return true;
    return false;
  }

  return { next, isCovered, liesOnSomething };
}
