/** A mark on words that leaves the page's DOM and selection alone. */
import type { Dom } from '../dom.ts';

/** As the style sheet of the coordinator calls it: `::highlight(parley)`. */
const name = 'parley';

type View = Window & typeof globalThis;

/** A new mark takes the place of the one before. Call what is returned to take it away. */
export function mark(ranges: readonly Range[], dom: Dom): () => void {
  const byView = new Map<View, Range[]>();
  for (const range of ranges) {
    const view = dom.view(dom.document(range.startContainer)) as View | null;
    if (view) byView.set(view, [...(byView.get(view) ?? []), range]);
  }
  for (const [view, own] of byView) {
    const highlight = new view.Highlight(...own);
    // Over the page's own.
    highlight.priority = 1000;
    view.CSS.highlights.set(name, highlight);
  }
  return () => {
    for (const view of byView.keys()) view.CSS.highlights.delete(name);
  };
}
