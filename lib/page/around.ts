/** What else is in view beside words: a field for a password, and frames that cannot be read. */
import { isNothing, meet } from './clip.ts';
import type { Dom } from './dom.ts';
import { readLimits, resultLimits } from './limits.ts';
import type { PageContent } from './page-result.ts';
import type { Place } from './place.ts';
import type { Sights } from './visible.ts';

export type Around = Pick<PageContent, 'passwordInView' | 'framesUnread'>;

/** A field whose password is shown while it is typed has another type then. */
const passwords =
  'input[type="password" i], input[autocomplete~="current-password" i], input[autocomplete~="new-password" i]';
const frames = 'iframe, frame';
/** Smaller ones measure visits; nobody reads in them. */
const leastFramePx = 20;
/** Of each kind, in one document. A page that has more of them hides something, or is broken. */
const lookedAt = 200;

/** What the walk came by. */
export interface Walked {
  document: Document;
  shadows: ShadowRoot[];
  /** Parts of the page that it did not go into. */
  passed: Element[];
}

export function lookAround(
  { document, shadows, passed }: Walked,
  dom: Dom,
  sights: Sights,
  placeAt: (element: Element) => Place,
): Around {
  const roots: (Document | ShadowRoot)[] = [document, ...shadows];
  for (const part of passed) findShadows(part, dom, roots);
  let passwordInView = false;
  let framesUnread = 0;
  let framesRead = 0;
  for (const root of roots) {
    passwordInView ||= dom.all(root, passwords, lookedAt).some((field) => isInView(placeAt(field), dom, sights));
    for (const frame of dom.all(root, frames, lookedAt)) {
      const inside = framesRead < readLimits.frames ? dom.frameDocument(frame) : null;
      if (inside) {
        framesRead += 1;
        roots.push(inside);
        findShadows(inside, dom, roots);
      } else if (framesUnread < resultLimits.framesUnread && isInView(placeAt(frame), dom, sights, leastFramePx)) {
        framesUnread += 1;
      }
    }
  }
  return { passwordInView, framesUnread };
}

/** Also in those that it finds: the list grows while it is gone through. */
function findShadows(within: Document | ShadowRoot | Element, dom: Dom, roots: (Document | ShadowRoot)[]): void {
  const parts: (Document | ShadowRoot | Element)[] = [within];
  for (const part of parts) {
    for (const host of dom.all(part, '*', readLimits.nodes)) {
      const shadow = dom.openShadow(host);
      if (!shadow || roots.includes(shadow)) continue;
      roots.push(shadow);
      parts.push(shadow);
    }
  }
}

function isInView({ element, parent }: Place, dom: Dom, sights: Sights, leastPx = 1): boolean {
  const sight = parent && sights.of(parent);
  if (!sight || !Element.prototype.checkVisibility.call(element, { opacityProperty: true, visibilityProperty: true })) {
    return false;
  }
  const box = dom.rect(element);
  if (box.width < leastPx || box.height < leastPx) return false;
  const { position } = getComputedStyle(element);
  return !isNothing(
    meet(box, position === 'absolute' ? sight.absolute : position === 'fixed' ? sight.fixed : sight.flow),
  );
}
