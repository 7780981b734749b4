/** What is never read, whatever it says. */
import type { Dom } from './dom.ts';

/**
 * No words, or words that nobody sees (`<noscript>` is not here: it shows where scripts are off, and style says so); then
 * fields: what a person typed or chose is theirs, hidden or not.
 */
const neverRead = new Set(
  'script style template head title desc metadata defs meta link canvas video audio object embed map input textarea select option optgroup datalist progress meter output'.split(
    ' ',
  ),
);

export function isNeverRead(name: string): boolean {
  return neverRead.has(name);
}

/** What a person writes: editors that are no form fields. */
export function isDraft(dom: Dom, element: Element): boolean {
  const editable = dom.attribute(element, 'contenteditable');
  if (editable !== null && editable !== 'false') return true;
  return /^(?:text|search)box$/.test(dom.attribute(element, 'role') ?? '');
}

/** Words inside a drawing; each `<text>` is a block, its parts are not. */
export function isSvgText(name: string): boolean {
  return name === 'tspan' || name === 'textPath';
}
