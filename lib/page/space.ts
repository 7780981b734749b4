/** Elements turned and moved in space: with their back to who looks, or behind them. Asked only of few. */
import type { Dom } from './dom.ts';
import type { Place } from './place.ts';

/** `backface-visibility` is `hidden`. Those that share a space with what they are in are turned together with it. */
export function isTurnedAway(place: Place): boolean {
  let faces = 1;
  for (let at: Place | null = place; at; at = at.parent) {
    const { transform, rotate } = getComputedStyle(at.element);
    // The third column of the matrix: where the front points to.
    if ((matrixOf(transform)?.[10] ?? 1) < 0) faces *= -1;
    const [, degrees] = /^[xy] (-?[\d.]+)deg$/.exec(rotate) ?? [];
    if (degrees && Math.cos((Number(degrees) * Math.PI) / 180) < 0) faces *= -1;
    if (!at.parent || getComputedStyle(at.parent.element).transformStyle !== 'preserve-3d') break;
  }
  return faces < 0;
}

/**
 * Says of an element whether it, or what it lies in, was moved nearer than the eye. The next one outward that may have been
 * is its `offsetParent`: whatever is transformed is one.
 */
export function behindFinder(dom: Dom): (element: Element) => boolean {
  const known = new Map<Element, boolean>();
  const isBehind = (element: Element): boolean => {
    let behind = known.get(element);
    if (behind !== undefined) return behind;
    known.set(element, false);
    const outer = dom.offsetParent(element);
    behind = isNearerThanEye(element, dom) || (outer !== null && isBehind(outer));
    known.set(element, behind);
    return behind;
  };
  return isBehind;
}

/** Typed style first: it tells what is turned in space without the layout that a computed matrix takes twice as long to ask for. */
function isNearerThanEye(element: Element, dom: Dom): boolean {
  const typed = Element.prototype.computedStyleMap.call(element).get('transform') as Typed | undefined;
  if (!typed || typed.value === 'none' || typed.is2D) return false;
  const matrix = matrixOf(getComputedStyle(element).transform);
  if (!matrix) return false;
  const around = dom.drawnParent(element);
  const eye = around ? Number.parseFloat(getComputedStyle(around).perspective) : NaN;
  return matrix[15]! <= 0 || matrix[14]! >= eye;
}

/** A `CSSKeywordValue` or a `CSSTransformValue`; of which, a class of another frame's cannot be asked. */
interface Typed {
  value?: string;
  is2D?: boolean;
}

function matrixOf(transform: string): number[] | undefined {
  return /^matrix3d\((.*)\)$/.exec(transform)?.[1]?.split(',').map(Number);
}
