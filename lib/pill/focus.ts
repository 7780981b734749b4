/** What has the focus on the page, as a box. Its place is all that is looked at. */
import type { Box } from './place.ts';

/** A text that fills more of the view than this is not to be left; then the caret in it is what counts. */
const mostOfView = 0.5;

/** `own`: the pill's host. Null: nothing has it, or the pill itself. */
export function focusedBox(window: Window, own: Element): Box | null {
  const element = focusedElement(window.document);
  if (!element || element === own || element === window.document.body) return null;
  const box = element.getBoundingClientRect();
  const isLarge = box.width * box.height > mostOfView * window.innerWidth * window.innerHeight;
  return (isLarge && caretBox(window)) || box;
}

/** The innermost one, as far as the page lets others look. */
function focusedElement(document: Document): Element | null {
  let element: unknown = document.activeElement;
  while (element instanceof Element && element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  // An image of that name takes the property's place.
  return element instanceof Element ? element : null;
}

function caretBox(window: Window): Box | null {
  const selection = window.getSelection();
  if (!selection || selection.rangeCount === 0) return null;
  const box = selection.getRangeAt(0).getBoundingClientRect();
  return box.height > 0 ? box : null;
}

/** Calls `changed` when something else may have the focus, or it may be elsewhere; at most once a frame. */
export function watchFocus(window: Window, changed: () => void, signal: AbortSignal): void {
  let waits = false;
  const soon = () => {
    if (waits) return;
    waits = true;
    window.requestAnimationFrame(() => {
      waits = false;
      if (!signal.aborted) changed();
    });
  };
  const options = { capture: true, passive: true, signal };
  for (const type of ['focusin', 'focusout', 'scroll', 'resize', 'input']) window.addEventListener(type, soon, options);
  window.document.addEventListener('selectionchange', soon, options);
}
