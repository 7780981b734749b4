/** The walk over the live DOM, the only way in which text leaves a page: within a budget, and only what can be seen. */
import { BlockWriter, type Block } from './blocks.ts';
import type { Dom } from './dom.ts';
import { readLimits } from './limits.ts';
import { isNeverRead, isSurrounding } from './skip.ts';
import { isFolded, isOutOfReach, isTextHidden, openSight, sightInside, type Sight } from './visible.ts';

export interface WalkOptions {
  /** `content` leaves out menus, footers and the like; `everything` reads all that is visible. */
  strip: 'content' | 'everything';
  /** Only what lies in this range (a selection). */
  range?: Range;
  characters: number;
  /** On `performance.now()`'s clock. */
  deadline: number;
}

export interface Walked {
  blocks: Block[];
  /** A budget ran out before the end. */
  truncated: boolean;
}

/** What a node knows from its parents. */
interface Place {
  sight: Sight;
  textHidden: boolean;
  /** Block breaks are spaces here: inside a heading or a table cell. */
  flat: boolean;
  /** Whitespace is kept. */
  kept: boolean;
  listDepth: number;
  inContent: boolean;
  depth: number;
}

const elementNode = 1;
const textNode = 3;

export function walk(root: Element, dom: Dom, options: WalkOptions): Walked {
  const view = window;
  const writer = new BlockWriter();
  const measure = new Range();
  const rootLength = options.strip === 'content' ? dom.text(root).length : 0;
  let nodes = 0;
  let truncated = false;

  function spent(): boolean {
    if (truncated) return true;
    nodes += 1;
    truncated =
      nodes > readLimits.nodes ||
      writer.characters + writer.pending > options.characters ||
      (nodes % 64 === 0 && performance.now() > options.deadline);
    return truncated;
  }

  function visit(node: Node, place: Place): void {
    if (spent()) return;
    const type = dom.nodeType(node);
    if (type === textNode) visitText(node as Text, place);
    else if (type === elementNode) visitElement(node as Element, place);
  }

  function visitText(node: Text, place: Place): void {
    if (place.textHidden) return;
    const whole = options.range ? textInRange(node, options.range) : node.data;
    const text = whole.slice(0, 2 * options.characters);
    truncated ||= text.length < whole.length;
    if (!/\S/.test(text)) {
      if (text) writer.add(text, place.kept);
      return;
    }
    measure.selectNodeContents(node);
    if (isOutOfReach(measure.getBoundingClientRect(), view, place.sight.fixed)) return;
    writer.add(text, place.kept);
  }

  function visitElement(element: Element, place: Place): void {
    if (options.range && !options.range.intersectsNode(element)) return;
    const name = dom.name(element);
    if (name === 'br') return place.flat ? writer.space() : writer.lineBreak();
    if (isNeverRead(dom, element, name)) return;
    if (
      options.strip === 'content' &&
      element !== root &&
      isSurrounding(dom, element, name, place.inContent, rootLength)
    )
      return;
    const style = view.getComputedStyle(element);
    const sight = sightInside(element, style, place.sight, view);
    if (!sight) return;
    if (place.depth >= readLimits.depth) {
      truncated = true;
      return;
    }
    const inside: Place = {
      sight,
      textHidden: isTextHidden(style, sight),
      flat: place.flat,
      kept: /^(?:pre|break-spaces)/.test(style.whiteSpace),
      listDepth: place.listDepth + (name === 'ul' || name === 'ol' ? 1 : 0),
      inContent: place.inContent || name === 'main' || name === 'article',
      depth: place.depth + 1,
    };
    visitAs(element, name, style.display, place, inside);
  }

  /** Opens and closes the blocks that an element stands for. */
  function visitAs(element: Element, name: string, display: string, place: Place, inside: Place): void {
    if (place.flat) {
      const apart = !/^(?:inline|ruby|contents)/.test(display);
      if (apart) writer.space();
      visitChildren(element, name, inside);
      if (apart) writer.space();
      return;
    }
    const heading = headingLevel(dom, element, name);
    if (heading) return enclosed('heading', heading, { ...inside, flat: true });
    if (name === 'pre') return enclosed('code', 0, inside);
    if (display === 'list-item' || name === 'li') return enclosed('item', Math.max(0, inside.listDepth - 1), inside);
    if (display === 'table-row' && !dom.find(element, layoutParts)) return enclosed('row', 0, inside);
    if (display === 'table-cell') {
      const inRow = dom.find(dom.parent(element) as Element, layoutParts) === null;
      if (!inRow) writer.close();
      else writer.cell();
      return visitChildren(element, name, { ...inside, flat: inRow });
    }
    if (display.startsWith('inline') || display === 'contents' || display.startsWith('ruby')) {
      // Boxes side by side are words apart.
      if (display.startsWith('inline-')) writer.space();
      visitChildren(element, name, inside);
      if (display.startsWith('inline-')) writer.space();
      return;
    }
    writer.close();
    visitChildren(element, name, inside);
    writer.close();

    function enclosed(kind: Block['kind'], level: number, within: Place): void {
      writer.open(kind, level);
      visitChildren(element, name, within);
      writer.shut();
    }
  }

  function visitChildren(element: Element, name: string, place: Place): void {
    if (name === 'slot') {
      const assigned = (element as HTMLSlotElement).assignedNodes();
      if (assigned.length > 0) return assigned.forEach((node) => visit(node, place));
    }
    for (let child = dom.firstChild(dom.openShadow(element) ?? element); child; child = dom.nextSibling(child)) {
      if (truncated) return;
      if (name === 'details' && isFolded(dom, child, element)) continue;
      visit(child, place);
    }
  }

  visit(root, {
    sight: sightAbove(root, dom, view),
    textHidden: false,
    flat: false,
    kept: false,
    listDepth: 0,
    inContent: false,
    depth: 0,
  });
  writer.close();
  return { blocks: writer.blocks, truncated };
}

/** A row that holds these lays out a page, it does not tabulate. */
const layoutParts = 'table, p + p, h1, h2, h3, h4, h5, h6, ul, ol, pre, blockquote, article, section';

/** What the parents of the root do to it. When they hide it, the walk starts from a sight in which nothing shows. */
function sightAbove(root: Element, dom: Dom, view: Window): Sight {
  const parents: Element[] = [];
  for (let node = dom.parent(root); node && dom.nodeType(node) === elementNode; node = dom.parent(node)) {
    parents.unshift(node as Element);
  }
  let sight: Sight = openSight;
  for (const parent of parents) {
    const inside = sightInside(parent, view.getComputedStyle(parent), sight, view);
    if (!inside) return { ...sight, opacity: 0 };
    sight = inside;
  }
  return sight;
}

function headingLevel(dom: Dom, element: Element, name: string): number {
  const plain = /^h([1-6])$/.exec(name);
  if (plain) return Number(plain[1]);
  if (dom.attribute(element, 'role') !== 'heading') return 0;
  const level = Number(dom.attribute(element, 'aria-level') ?? 2);
  return level >= 1 && level <= 6 ? Math.trunc(level) : 2;
}

function textInRange(node: Text, range: Range): string {
  if (!range.intersectsNode(node)) return '';
  const from = node === range.startContainer ? range.startOffset : 0;
  const to = node === range.endContainer ? range.endOffset : node.length;
  return node.data.slice(from, to);
}
