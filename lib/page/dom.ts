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
  parent(node: Node): Node | null;
  nodeType(node: Node): number;
  /** `textContent`: hidden words too. For measuring, never for reading. */
  text(node: Node): string;
  /** Lower-case tag name. */
  name(element: Element): string;
  attribute(element: Element, name: string): string | null;
  openShadow(element: Element): ShadowRoot | null;
  /** The first match inside. */
  find(within: Element, selector: string): Element | null;
  rootElement(document: Document): Element | null;
  body(document: Document): HTMLElement | null;
  title(document: Document): string;
  all(document: Document, selector: string): Element[];
}

/** Built when the reader runs, because there is no DOM where its parts are tested. */
export function openDom(): Dom {
  const localName = getter<Element, string>(Element.prototype, 'localName');
  const textContent = getter<Node, string | null>(Node.prototype, 'textContent');
  const { getAttribute, querySelector } = Element.prototype;
  const { querySelectorAll } = Document.prototype;
  return {
    firstChild: getter(Node.prototype, 'firstChild'),
    nextSibling: getter(Node.prototype, 'nextSibling'),
    parent: getter(Node.prototype, 'parentNode'),
    nodeType: getter(Node.prototype, 'nodeType'),
    text: (node) => textContent(node) ?? '',
    name: (element) => localName(element).toLowerCase(),
    attribute: (element, name) => getAttribute.call(element, name),
    openShadow: getter(Element.prototype, 'shadowRoot'),
    find: (within, selector) => querySelector.call(within, selector),
    rootElement: getter(Document.prototype, 'documentElement'),
    body: getter(Document.prototype, 'body'),
    title: getter(Document.prototype, 'title'),
    all: (document, selector) => [...querySelectorAll.call(document, selector)] as Element[],
  };
}
