/** Can a person see these words? Asked of what writes down a read, so that pointing and reading have the same eyes. */
import type { Dom } from '../dom.ts';
import { FirstLines } from '../first-line.ts';
import { placeFinder } from '../place.ts';
import { PageWriter } from '../write.ts';
import type { Piece } from './gather.ts';
import { wordsIn } from './quote-words.ts';

export function seer(dom: Dom, deadline: number): (piece: Piece, from: number, to: number) => boolean {
  const writer = new PageWriter(dom);
  const firstLines = new FirstLines();
  const placeAt = placeFinder(dom);
  return ({ node, block }, from, to) => {
    const data = dom.data(node);
    const words = spaced(data.slice(from, to));
    const parent = dom.drawnParent(node);
    if (!words || !parent) return !words;
    const lines = placeAt(block);
    const sight = writer.sights.of(lines);
    if (!sight || (firstLines.differs(lines) && !writer.sights.firstLineShows(lines, sight))) return false;
    return spaced(writer.seenOf({ node, data, place: placeAt(parent) }, from, to, deadline)) === words;
  };
}

function spaced(text: string): string {
  return [...wordsIn(text)].map(({ word }) => word).join(' ');
}
