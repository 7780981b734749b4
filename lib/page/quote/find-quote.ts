/** Finds words on a page among those that a person can see. Runs inside the page. */
import { longestFound } from '../../protocol/point.ts';
import { cleanText, cut } from '../clean.ts';
import { openDom, type Dom } from '../dom.ts';
import { readLimits } from '../limits.ts';
import { maskSecrets } from '../secrets.ts';
import { gather, piecesBetween, without, type PageText, type Piece } from './gather.ts';
import { findMatches, type Match } from './match.ts';
import { distanceFromView } from './place.ts';
import { seer } from './seen.ts';

export interface FoundQuote {
  /** As it stands on the page, on one line; ` … ` where the quote leaves words out. */
  text: string;
  /** False when more than case, spaces or the forms of signs differs. */
  exact: boolean;
  /** In reading order, one for each text node. */
  ranges: Range[];
}

/** Hidden words that look like the quote are left out, and the rest is searched again. */
const mostRounds = 4;
/** Of its block, on each side: a code is known by the words that stand near it. */
const contextCharacters = 500;

/** Null when nobody can see the words, or the budget (`readLimits`) ran out before they came. */
export function findQuote(document: Document, quote: string): FoundQuote | null {
  const dom = openDom();
  const root = dom.rootElement(document);
  if (!root) return null;
  // Layout first, so that a page that just changed does not spend the search's time on it.
  dom.rect(root);
  const deadline = performance.now() + readLimits.ms;
  const isTimeUp = () => performance.now() > deadline;
  let page = gather(root, dom, performance.now() + readLimits.ms * 0.6);
  for (let round = 0; round < mostRounds && !isTimeUp(); round += 1) {
    const matches = findMatches(page.text, quote, isTimeUp).filter(({ spans }) =>
      spans.every((span) => holdsNoSecret(page.text, span)),
    );
    const hidden = new Set<Piece>();
    const isSeen = seer(dom, deadline);
    const seen = matches.filter((match) => lookAt(match, page, isSeen, hidden));
    if (seen.length > 0) return found(best(seen, page, dom), page);
    // Hidden words may stand between those that are seen.
    if (matches.length === 0) hideAll(page, isSeen, hidden, isTimeUp);
    if (hidden.size === 0) return null;
    page = without(page, hidden);
  }
  return null;
}

/** What a read would have masked is not told by a quote of the words around it. */
function holdsNoSecret(text: string, [from, to]: [from: number, to: number]): boolean {
  const start = Math.max(text.lastIndexOf('\n', from) + 1, from - contextCharacters);
  const end = text.indexOf('\n', to);
  const context = text.slice(start, Math.min(end < 0 ? text.length : end, to + contextCharacters));
  return maskSecrets(context).includes(text.slice(from, to));
}

type IsSeen = ReturnType<typeof seer>;

/** Takes note of what turned out to be hidden. */
function lookAt({ spans }: Match, page: PageText, isSeen: IsSeen, hidden: Set<Piece>): boolean {
  const before = hidden.size;
  for (const span of spans) {
    for (const { piece, from, to } of piecesBetween(page, ...span)) {
      if (!isSeen(piece, from, to)) hidden.add(piece);
    }
  }
  return hidden.size === before;
}

function hideAll({ pieces }: PageText, isSeen: IsSeen, hidden: Set<Piece>, isTimeUp: () => boolean): void {
  for (const piece of pieces) {
    if (isTimeUp()) return;
    if (!isSeen(piece, 0, piece.length)) hidden.add(piece);
  }
}

/** Of those that say the same: one in the content, and the nearest to what is in view. */
function best(matches: Match[], page: PageText, dom: Dom): Match {
  const [first] = matches as [Match];
  const rivals = matches.filter(({ exact, score }) => exact === first.exact && score === first.score);
  if (rivals.length === 1) return first;
  const ranked = rivals.map((match) => {
    const [{ piece, from, to }] = piecesBetween(page, ...match.spans[0]!) as [ReturnType<typeof piecesBetween>[0]];
    const around = Element.prototype.closest.call(piece.block, 'nav, aside, header, footer, dialog, [role=navigation]');
    return { match, around: around ? 1 : 0, distance: distanceFromView(rangeOf(piece, from, to), dom) };
  });
  return ranked.toSorted((a, b) => a.around - b.around || a.distance - b.distance)[0]!.match;
}

function found({ spans, exact }: Match, page: PageText): FoundQuote {
  const words = spans.map(([from, to]) => cleanText(page.text.slice(from, to)).replace(/\s+/g, ' ').trim());
  const ranges = spans.flatMap((span) =>
    piecesBetween(page, ...span).map(({ piece, from, to }) => rangeOf(piece, from, to)),
  );
  return { text: cut(words.join(' … '), longestFound), exact, ranges };
}

function rangeOf({ node }: Piece, from: number, to: number): Range {
  const range = new Range();
  range.setStart(node, from);
  range.setEnd(node, to);
  return range;
}
