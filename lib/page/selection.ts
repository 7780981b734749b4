/** What the person has marked, read by the same walk: a page can select its own hidden text. */
import { renderBlocks } from './blocks.ts';
import { cut } from './clean.ts';
import type { Dom } from './dom.ts';
import { readLimits, resultLimits } from './limits.ts';
import { walk } from './walk.ts';

/** Empty when nothing is marked, and in fields and drafts: what a person typed is never read. */
export function readSelection(dom: Dom): string {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
  const range = selection.getRangeAt(0);
  const holder = range.commonAncestorContainer;
  const root = dom.nodeType(holder) === 1 ? (holder as Element) : (dom.parent(holder) as Element | null);
  if (!root || dom.nodeType(root) !== 1 || isInDraft(root)) return '';
  const deadline = performance.now() + readLimits.ms;
  const { blocks } = walk(root, dom, { strip: 'everything', range, characters: resultLimits.selection, deadline });
  return cut(renderBlocks(blocks), resultLimits.selection);
}

function isInDraft(element: Element): boolean {
  return Element.prototype.closest.call(element, '[contenteditable]:not([contenteditable="false"])') !== null;
}
