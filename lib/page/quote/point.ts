/** Points at words: finds them, marks them, brings them into view. Runs inside the page. */
import type { PointResult, PointWorld } from '../../protocol/point.ts';
import { openDom } from '../dom.ts';
import { findQuote } from './find-quote.ts';
import { mark } from './mark.ts';
import { bringIntoView } from './place.ts';

/** Null: not there, and nothing was marked. The mark before stays then. */
export function point(document: Document, world: PointWorld): PointResult | null {
  const wish = world.parleyWish;
  delete world.parleyWish;
  if (!wish || Date.now() > wish.until) return null;
  const found = findQuote(document, wish.quote);
  const [first] = found?.ranges ?? [];
  if (!found || !first) return null;
  const dom = openDom();
  world.parleyMark?.unmark();
  const erase = mark(found.ranges, dom);
  const unmark = () => {
    erase();
    removeEventListener('pagehide', unmark);
    delete world.parleyMark;
  };
  world.parleyMark = { documentId: wish.documentId, unmark };
  // A page that was left may be kept by the browser, and come back long after the answer.
  addEventListener('pagehide', unmark);
  bringIntoView(whole(found.ranges), dom);
  return {
    text: found.text,
    exact: found.exact,
    framed: found.ranges.some(({ startContainer }) => dom.document(startContainer) !== document),
  };
}

/** From the first to the last, where one tree has both. */
function whole(ranges: readonly Range[]): Range {
  const [first, last] = [ranges[0]!, ranges.at(-1)!];
  const all = first.cloneRange();
  if (first.startContainer.getRootNode() === last.endContainer.getRootNode()) {
    all.setEnd(last.endContainer, last.endOffset);
  }
  return all;
}
