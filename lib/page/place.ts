/** An element on the way from the root of the page to its words, as the page is drawn: through slots, shadow roots, frames. */
import type { Dom } from './dom.ts';
import type { Sight, TextSight } from './visible.ts';

export interface Place {
  parent: Place | null;
  element: Element;
  /** Its tag. */
  name: string;
  /** What was found out about it; null: nothing in it can be seen. */
  sight: Sight | null | undefined;
  text: TextSight | undefined;
  /** The nearest, itself included, that is no part of a line; null: not looked at. */
  holder: Place | null;
  /** It does not run on in its line. */
  breaks: boolean;
  keepsSpaces: boolean | undefined;
}

/** For elements that the walk did not come by: what lies around the place where it began, fields, frames. */
export function placeFinder(dom: Dom): (element: Element) => Place {
  const known = new Map<Element, Place>();
  return (element) => {
    let inner: Place | undefined;
    let first: Place | undefined;
    for (let at: Element | null = element; at; at = dom.drawnParent(at)) {
      let place = known.get(at);
      const isKnown = place !== undefined;
      place ??= placeOf(at, dom.name(at));
      first ??= place;
      if (inner) inner.parent = place;
      if (isKnown) break;
      known.set(at, place);
      inner = place;
    }
    return first!;
  };
}

export function placeOf(element: Element, name: string): Place {
  return {
    parent: null,
    element,
    name,
    sight: undefined,
    text: undefined,
    holder: null,
    breaks: false,
    keepsSpaces: undefined,
  };
}
