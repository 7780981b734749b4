/** What is never read, and what is not the content of a page. */
import type { Dom } from './dom.ts';

/** No words, or words that nobody sees. */
const wordless = new Set(
  'script style noscript template head title meta link svg canvas video audio iframe frame frameset object embed map'.split(
    ' ',
  ),
);

/** What a person typed or chose is theirs: never read, hidden or not. */
const fields = new Set('input textarea select option optgroup datalist progress meter output'.split(' '));

export function isNeverRead(dom: Dom, element: Element, name: string): boolean {
  if (wordless.has(name) || fields.has(name)) return true;
  const editable = dom.attribute(element, 'contenteditable');
  return editable !== null && editable !== 'false';
}

const landmarks = new Set('nav footer aside dialog'.split(' '));
const landmarkRoles = new Set(
  'navigation contentinfo complementary search menu menubar toolbar dialog alertdialog tablist tooltip'.split(' '),
);
const noise =
  /(?:^|[\s_-])(?:cookies?|consent|gdpr|breadcrumbs?|sidebar|newsletter|subscribe|share|sharing|social|related|recommended|popup|modal|skip-link|sr-only|visually-hidden|screen-reader-text)(?:[\s_-]|$)/i;

/**
 * Around the content: menus, side columns, footers, consent banners. `inContent`: inside `<main>` or `<article>`, where a
 * `<header>` holds the title and not the site's name. `rootLength`: characters in all that is looked at.
 */
export function isSurrounding(
  dom: Dom,
  element: Element,
  name: string,
  inContent: boolean,
  rootLength: number,
): boolean {
  if (landmarks.has(name) || (name === 'header' && !inContent)) return true;
  if (name === 'button' || dom.attribute(element, 'aria-hidden') === 'true') return true;
  const role = dom.attribute(element, 'role');
  if (role !== null && (landmarkRoles.has(role) || (role === 'banner' && !inContent))) return true;
  if (name === 'body' || name === 'main' || name === 'article') return false;
  const names = `${dom.attribute(element, 'class') ?? ''} ${dom.attribute(element, 'id') ?? ''}`;
  // `with-sidebar` and `skip-link-target` name what holds the content.
  return noise.test(names) && !dom.find(element, 'h1, main, [role=main]') && dom.text(element).length < rootLength / 3;
}
