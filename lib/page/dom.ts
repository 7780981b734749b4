/**
 * The DOM through its prototypes. `<form><input name="firstChild">` and `<img name="body">` replace the properties of
 * their form and document, in an extension's world too: a page could break the walk with it, or steer it.
 */
type Getter<T extends object, R> = (from: T) => R;

function getter<T extends object, R>(prototype: T, name: keyof T & string): Getter<T, R> {
  const get = Object.getOwnPropertyDescriptor(prototype, name)?.get;
  if (!get) throw new TypeError(`no getter ${name}`);
  return (from) => get.call(from) as R;
}

export interface Dom {
  firstChild(node: Node): Node | null;
  nextSibling(node: Node): Node | null;
  /** In the tree as it is drawn: through slots, shadow roots and same-origin frames. */
  drawnParent(node: Node): Element | null;
  nodeType(node: Node): number;
  data(text: Node): string;
  /** Tag, in lower case but for names such as `textPath`. */
  name(element: Element): string;
  attribute(element: Element, name: string): string | null;
  matches(element: Element, selector: string): boolean;
  /** Has no attributes at all, as most inline elements. */
  isBare(element: Element): boolean;
  openShadow(element: Element): ShadowRoot | null;
  slotted(slot: Element): Node[];
  /** Of a frame whose origin is the page's own; null for all others, and for one whose whole page is a draft. */
  frameDocument(frame: Element): Document | null;
  document(node: Node): Document;
  view(document: Document): Window | null;
  rect(element: Element): DOMRect;
  /** The next outer element that is positioned or transformed; null for drawings. */
  offsetParent(element: Element): Element | null;
  /** The first match inside. */
  find(within: Element, selector: string): Element | null;
  rootElement(document: Document): Element | null;
  title(document: Document): string;
  /** The first `limit` matches inside. */
  all(within: Document | ShadowRoot | Element, selector: string, limit: number): Element[];
}

const elementNode = 1;
const documentNode = 9;
const fragmentNode = 11;

/** Built when the reader runs, because there is no DOM where its parts are tested. */
export function openDom(): Dom {
  const localName = getter<Element, string>(Element.prototype, 'localName');
  const parentNode = getter<Node, Node | null>(Node.prototype, 'parentNode');
  const nodeType = getter<Node, number>(Node.prototype, 'nodeType');
  const slotOf = getter<Element, Element | null>(Element.prototype, 'assignedSlot');
  const slotOfText = getter<Text, Element | null>(Text.prototype, 'assignedSlot');
  const host = getter<ShadowRoot, Element>(ShadowRoot.prototype, 'host');
  const ownerDocument = getter<Node, Document | null>(Node.prototype, 'ownerDocument');
  const designMode = getter<Document, string>(Document.prototype, 'designMode');
  const view = getter<Document, Window | null>(Document.prototype, 'defaultView');
  const namespace = getter<Element, string | null>(Element.prototype, 'namespaceURI');
  const inside = {
    iframe: getter<HTMLIFrameElement, Document | null>(HTMLIFrameElement.prototype, 'contentDocument'),
    frame: getter<HTMLFrameElement, Document | null>(HTMLFrameElement.prototype, 'contentDocument'),
  };
  const offsetParent = getter<HTMLElement, Element | null>(HTMLElement.prototype, 'offsetParent');
  const { getAttribute, hasAttributes, matches, querySelector, getBoundingClientRect } = Element.prototype;
  const { assignedNodes } = HTMLSlotElement.prototype;
  // A drawing may hold an element of the same name.
  const isHtml = (element: Element, name: string) =>
    localName(element) === name && namespace(element) === 'http://www.w3.org/1999/xhtml';
  return {
    firstChild: getter(Node.prototype, 'firstChild'),
    nextSibling: getter(Node.prototype, 'nextSibling'),
    drawnParent(node) {
      const type = nodeType(node);
      const slot = type === elementNode ? slotOf(node as Element) : type === 3 ? slotOfText(node as Text) : null;
      if (slot) return slot;
      const parent = parentNode(node);
      if (!parent) return null;
      const parentType = nodeType(parent);
      if (parentType === elementNode) return parent as Element;
      if (parentType === fragmentNode) return host(parent as ShadowRoot);
      // `frameElement` is null where the outer page is another origin's.
      return parentType === documentNode ? (view(parent as Document)?.frameElement ?? null) : null;
    },
    nodeType,
    data: getter<Node, string>(CharacterData.prototype as unknown as Node, 'data' as keyof Node & string),
    name: localName,
    attribute: (element, attribute) => getAttribute.call(element, attribute),
    matches: (element, selector) => matches.call(element, selector),
    isBare: (element) => !hasAttributes.call(element),
    openShadow: getter(Element.prototype, 'shadowRoot'),
    slotted: (slot) => (isHtml(slot, 'slot') ? assignedNodes.call(slot as HTMLSlotElement) : []),
    frameDocument(frame) {
      const document = isHtml(frame, 'iframe')
        ? inside.iframe(frame as HTMLIFrameElement)
        : isHtml(frame, 'frame')
          ? inside.frame(frame as HTMLFrameElement)
          : null;
      return document && designMode(document) !== 'on' ? document : null;
    },
    document: (node) => ownerDocument(node) ?? (node as Document),
    view,
    offsetParent: (element) => (element instanceof HTMLElement ? offsetParent(element) : null),
    rect: (element) => getBoundingClientRect.call(element),
    find: (within, selector) => querySelector.call(within, selector),
    rootElement: getter(Document.prototype, 'documentElement'),
    title: getter(Document.prototype, 'title'),
    all(within, selector, limit) {
      const type = nodeType(within);
      const { querySelectorAll } =
        type === documentNode
          ? Document.prototype
          : type === elementNode
            ? Element.prototype
            : DocumentFragment.prototype;
      const found = querySelectorAll.call(within, selector);
      const all: Element[] = [];
      for (let index = 0; index < found.length && index < limit; index += 1) all.push(found[index]!);
      return all;
    },
  };
}
