/** Where the content of a page is. */
import type { Dom } from './dom.ts';

/** Shorter than this is a teaser or an empty shell, not what the person came for. */
export const enoughCharacters = 200;

/** Places to read, best first; the next is tried when one holds too little. */
export function contentRoots(document: Document, dom: Dom): Element[] {
  const roots: Element[] = [];
  const main = longest(dom, dom.all(document, 'main, [role=main]'));
  if (main) roots.push(main);
  else {
    // One article is the page; many are a list of teasers, and the list is the page.
    const articles = dom.all(document, 'article');
    const best = longest(dom, articles);
    const total = articles.reduce((sum, article) => sum + length(dom, article), 0);
    if (best && length(dom, best) > 0.7 * total) roots.push(best);
  }
  const body = dom.body(document) ?? dom.rootElement(document);
  if (body) roots.push(body);
  return roots;
}

function longest(dom: Dom, elements: Element[]): Element | undefined {
  return elements
    .filter((element) => Element.prototype.checkVisibility.call(element))
    .sort((a, b) => length(dom, b) - length(dom, a))[0];
}

function length(dom: Dom, element: Element): number {
  return dom.text(element).length;
}
