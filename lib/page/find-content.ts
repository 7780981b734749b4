/** Which blocks of a page hold its content, before any of them is looked at closely: the part that Readability has too. */
import { chooseContent } from './choose.ts';
import { collect, type Collected } from './collect.ts';
import type { Dom } from './dom.ts';
import type { Draft } from './draft.ts';
import type { Place } from './place.ts';

export interface FoundContent {
  content: Draft[];
  /** All but menus, footers and dialogs. */
  all: Collected;
}

export function findContent(root: Element, around: Place | null, dom: Dom, deadline: number): FoundContent {
  const all = collect(root, dom, { deadline, everything: false, around });
  return { content: chooseContent(all.drafts, all.boxes), all };
}
