/**
 * Where a page shows what a person typed or chose, and what is another site's. A style that hides it (`insertCSS`) would
 * not reach into shadow trees, would be seen by the person, and would stay behind when the worker dies.
 */
export interface PrivateInView {
  /** Of the view, in CSS pixels, with its scroll bars. */
  width: number;
  height: number;
  /** Left, top, right, bottom; those out of view too, which may be scrolled into it. */
  boxes: [number, number, number, number][];
}

/**
 * Runs inside the page, so it holds all that it needs. Null when the page is too large to be sure. Prototypes are the
 * script's own, but names of form fields shadow what is asked of a form or document, so they are asked through those.
 */
export function findPrivate(): PrivateInView | null {
  // Not by `instanceof`: elements of another frame have other prototypes.
  const fields = 'input,textarea,select,iframe,frame,object,embed,fencedframe,:read-write:not(:read-write *)';
  const buttons = /^(?:button|submit|reset|image)$/;
  const mostBoxes = 5000;
  const deadline = performance.now() + 500;
  // In a PDF's or a film's own page this is what is looked at.
  const isFile = !/html|xml|text/.test(document.contentType);
  const hosts = (chrome as { dom?: { openOrClosedShadowRoot(element: Element): ShadowRoot | null } }).dom;
  let isComplete = true;

  const all = (root: Node, selector: string): Element[] => {
    const { querySelectorAll } = root.nodeType === Node.DOCUMENT_NODE ? Document.prototype : DocumentFragment.prototype;
    return [...querySelectorAll.call(root as Document, selector)];
  };

  const find = (root: Node): Element[] => {
    const found = all(root, fields).filter(
      (element) =>
        Element.prototype.checkVisibility.call(element, { opacityProperty: true, visibilityProperty: true }) &&
        isPrivate(element),
    );
    for (const host of all(root, ':not(form)')) {
      isComplete &&= performance.now() < deadline;
      if (!isComplete) break;
      // The exact way costs ten times as much, and closed trees belong to elements of a page's own making.
      const tree = host.localName.includes('-') ? hosts?.openOrClosedShadowRoot(host as HTMLElement) : host.shadowRoot;
      if (tree) found.push(...find(tree));
    }
    return found;
  };

  const isPrivate = (element: Element): boolean => {
    const name = element.localName;
    if (name === 'input') return !buttons.test((element as HTMLInputElement).type);
    if (name === 'object' || name === 'embed') return !isFile;
    if (name !== 'iframe' && name !== 'frame') return true;
    const inner = (element as HTMLIFrameElement).contentDocument;
    // One of our own site is covered whole when something in it is private: rare, and no geometry can be wrong.
    return !inner || find(inner).length > 0;
  };

  const { scale, offsetLeft, offsetTop } = window.visualViewport ?? { scale: 1, offsetLeft: 0, offsetTop: 0 };
  const boxes = find(document)
    .flatMap((element) => {
      // Words may stand beyond the box of an element that is edited in place.
      const words = document.createRange();
      words.selectNodeContents(element);
      return [Element.prototype.getBoundingClientRect.call(element), words.getBoundingClientRect()];
    })
    .map(({ left, top, right, bottom }): PrivateInView['boxes'][number] => [
      (left - offsetLeft) * scale,
      (top - offsetTop) * scale,
      (right - offsetLeft) * scale,
      (bottom - offsetTop) * scale,
    ]);
  return isComplete && boxes.length <= mostBoxes ? { width: innerWidth, height: innerHeight, boxes } : null;
}
