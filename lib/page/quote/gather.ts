/** All words of a page in reading order, as one text, with the way back from each to its node. */
import type { Dom } from '../dom.ts';
import { readLimits } from '../limits.ts';
import { isDraft, isNeverRead, isSvgText } from '../skip.ts';

/** A text node, and where its words begin in `PageText.text`. */
export interface Piece {
  node: Text;
  /** The element whose lines it stands in. */
  block: Element;
  at: number;
  length: number;
}

export interface PageText {
  /** A line break wherever the page breaks, so that words of two blocks never run together. */
  text: string;
  pieces: Piece[];
}

/** What a quote can lie in: well more than a read hands on. */
const charactersSeen = 10 * readLimits.characters;

/** They break lines wherever they are shown. Whether they are is asked when their words match: style is most of the time. */
const breaking = new Set(
  'p div li ul ol h1 h2 h3 h4 h5 h6 table thead tbody tr td th section article main header footer nav aside blockquote pre dl dt dd figure figcaption'.split(
    ' ',
  ),
);

interface Stay {
  next: Node | null;
  /** What a slot was given; these are no siblings. */
  others: Node[] | undefined;
  block: Element;
  breaks: boolean;
  /** The summary of a closed `<details>`, the only child that shows. */
  only: Node | null | undefined;
}

/** Hidden words too, unless it costs nothing to see that they are: what matches is looked at closely. */
export function gather(root: Element, dom: Dom, deadline: number): PageText {
  const parts: string[] = [];
  const pieces: Piece[] = [];
  const stays: Stay[] = [];
  let length = 0;
  let nodes = 0;
  let frames = 0;

  function isSpent(): boolean {
    nodes += 1;
    return nodes > readLimits.nodes || length > charactersSeen || (nodes % 64 === 0 && performance.now() > deadline);
  }

  function write(words: string): void {
    parts.push(words);
    length += words.length;
  }

  function enter(element: Element, around: Element): void {
    const name = dom.name(element);
    if (name === 'br') return write('\n');
    if (isNeverRead(name) || (!dom.isBare(element) && isDraft(dom, element))) return;
    const display = breaking.has(name) ? 'block' : getComputedStyle(element).display;
    if (display === 'none') return;
    const breaks = !(display === 'inline' || display === 'contents' || display.startsWith('ruby') || isSvgText(name));
    const isFrame = name === 'iframe' || name === 'frame';
    const framed = isFrame && (frames += 1) <= readLimits.frames ? dom.frameDocument(element) : null;
    const slotted = name === 'slot' ? dom.slotted(element) : [];
    if (breaks) write('\n');
    stays.push({
      next: framed ? dom.rootElement(framed) : isFrame ? null : dom.firstChild(dom.openShadow(element) ?? element),
      others: slotted.length > 0 ? slotted : undefined,
      block: breaks ? element : around,
      breaks,
      only:
        name === 'details' && dom.attribute(element, 'open') === null
          ? dom.find(element, ':scope > summary')
          : undefined,
    });
  }

  enter(root, root);
  // By a list: a page may nest deeper than the stack.
  for (let stay = stays.at(-1); stay; stay = stays.at(-1)) {
    const node: Node | null = stay.others ? (stay.others.shift() ?? null) : stay.next;
    if (!node) {
      if (stay.breaks) write('\n');
      stays.pop();
      continue;
    }
    if (!stay.others) stay.next = dom.nextSibling(node);
    if (stay.only !== undefined && node !== stay.only) continue;
    if (isSpent()) break;
    const type = dom.nodeType(node);
    if (type === 1) enter(node as Element, stay.block);
    else if (type === 3) {
      const words = dom.data(node).slice(0, charactersSeen - length);
      if (words) pieces.push({ node: node as Text, block: stay.block, at: length, length: words.length });
      write(words);
    }
  }
  return { text: parts.join(''), pieces };
}

/** Without the words of some pieces. What stood beside them comes together, as it does on the screen. */
export function without({ text, pieces }: PageText, hidden: ReadonlySet<Piece>): PageText {
  const kept: PageText = { text: '', pieces: [] };
  const parts: string[] = [];
  let from = 0;
  let removed = 0;
  for (const piece of pieces) {
    if (hidden.has(piece)) {
      parts.push(text.slice(from, piece.at));
      from = piece.at + piece.length;
      removed += piece.length;
    } else {
      kept.pieces.push({ ...piece, at: piece.at - removed });
    }
  }
  parts.push(text.slice(from));
  kept.text = parts.join('');
  return kept;
}

/** The parts of text nodes that stand between two places of the text. */
export function piecesBetween(
  { pieces }: PageText,
  from: number,
  to: number,
): { piece: Piece; from: number; to: number }[] {
  let low = 0;
  let high = pieces.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { at, length } = pieces[middle]!;
    if (at + length <= from) low = middle + 1;
    else high = middle;
  }
  const found = [];
  for (let piece = pieces[low]; piece && piece.at < to; piece = pieces[(low += 1)]) {
    found.push({ piece, from: Math.max(0, from - piece.at), to: Math.min(piece.length, to - piece.at) });
  }
  return found;
}
