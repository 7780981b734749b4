/** What the person has marked, read with the same eyes: a page can select its own hidden text. */
import { renderBlocks } from './blocks.ts';
import { cut } from './clean.ts';
import { collect } from './collect.ts';
import type { Dom } from './dom.ts';
import { resultLimits } from './limits.ts';
import type { Place } from './place.ts';
import type { PageWriter } from './write.ts';

/** Empty when nothing is marked, and in fields and drafts: what a person typed is never read. */
export function readSelection(
  dom: Dom,
  writer: PageWriter,
  placeAt: (element: Element) => Place,
  deadline: number,
): string {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return '';
  const range = selection.getRangeAt(0);
  const holder = range.commonAncestorContainer;
  const root = dom.nodeType(holder) === 1 ? (holder as Element) : dom.drawnParent(holder);
  if (!root || isInDraft(root)) return '';
  const outside = dom.drawnParent(root);
  const { drafts } = collect(root, dom, { range, deadline, everything: true, around: outside && placeAt(outside) });
  const { blocks } = writer.write(drafts, { range, characters: resultLimits.selection, deadline });
  return cut(renderBlocks(blocks).text, resultLimits.selection);
}

function isInDraft(element: Element): boolean {
  return Element.prototype.closest.call(element, '[contenteditable]:not([contenteditable="false"])') !== null;
}
