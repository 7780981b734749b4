/**
 * The walk over the live DOM: finds the blocks of a page and where their words stand, without reading what style says of
 * them beyond "inline, block or none". What is chosen of them is looked at closely when it is written.
 */
import type { BlockKind } from './blocks.ts';
import { DraftWriter, type Box, type Draft } from './draft.ts';
import type { Dom } from './dom.ts';
import { inArticle, inDialog, inFooter, inNav, unspoken } from './hints.ts';
import { readLimits } from './limits.ts';
import { lookReader, type Look } from './looks.ts';
import type { Place } from './place.ts';
import { isNeverRead, isSvgText } from './skip.ts';

export interface CollectOptions {
  /** Only what lies in this range (a selection). */
  range?: Range;
  /** On `performance.now()`'s clock. */
  deadline: number;
  /** Menus, footers and dialogs too. On most pages they are half of the nodes, and never what a person asks about. */
  everything: boolean;
  /** What the root is in. */
  around: Place | null;
}

export interface Collected {
  drafts: Draft[];
  /** Parents before their children. */
  boxes: Box[];
  /** Parts that were passed over. */
  passed: Element[];
  shadows: ShadowRoot[];
  /** A budget ran out before the end. */
  truncated: boolean;
}

/** An element that the walk is in: by a list of these, because a page may nest deeper than the stack. */
interface Stay extends Place {
  box: Box;
  /** Of the inline elements since the box. */
  hints: number;
  linked: boolean;
  /** Block breaks are spaces here: inside a heading or a table row. */
  flat: boolean;
  listDepth: number;
  next: Node | null;
  /** Nodes that are no siblings: what a slot was given. */
  others: Node[] | undefined;
  end: 'shut' | 'close' | 'space' | undefined;
  /** The first summary of a closed `<details>`, the only child that shows. */
  only: Node | null | undefined;
}

const passedOver = inNav | inFooter | inDialog | unspoken;

/** Pages have words around their content, but not so many that the rest of a longer one would change the choice. */
const charactersSeen = 2.5 * readLimits.characters;

export function collect(root: Element, dom: Dom, { range, deadline, everything, around }: CollectOptions): Collected {
  const writer = new DraftWriter();
  const boxes: Box[] = [];
  const passed: Element[] = [];
  const shadows: ShadowRoot[] = [];
  const lookAt = lookReader(dom);
  const stays: Stay[] = [];
  let nodes = 0;
  let frames = 0;
  let truncated = false;

  function isSpent(): boolean {
    nodes += 1;
    if ((nodes & 63) === 0) {
      truncated ||= nodes > readLimits.nodes || writer.characters > charactersSeen || performance.now() > deadline;
    }
    return truncated;
  }

  function boxOf({ name, kind }: Look, hints: number, parent: Box | null): Box {
    const box: Box = {
      parent,
      name,
      kind,
      hints,
      words: 0,
      links: 0,
      prose: 0,
      clean: 0,
      blocks: 0,
      alike: null,
      marks: 0,
    };
    boxes.push(box);
    return box;
  }

  function enter(element: Element, outer: Stay | null): void {
    if (range && !range.intersectsNode(element)) return;
    const name = dom.name(element);
    if (name === 'br') return writer.separate(outer?.flat ? ' ' : '\n');
    // Most drawings are icons.
    if (isNeverRead(name) || (name === 'svg' && !dom.find(element, 'text, foreignObject'))) return;
    const look = lookAt(element, name);
    if (!look) return;
    const { hints } = look;
    if (!everything && hints & passedOver && !(outer && outer.box.hints & inArticle)) {
      passed.push(element);
      return;
    }
    const display = look.display || getComputedStyle(element).display;
    if (display === 'none') return;
    const inline = isInline(display) || isSvgText(name);
    const boxed = !outer || !inline;
    const stay: Stay = {
      parent: outer ?? around,
      element,
      name,
      sight: undefined,
      text: undefined,
      holder: null,
      breaks: false,
      keepsSpaces: undefined,
      box: boxed ? boxOf(look, outer ? hints | outer.hints : hints, outer ? outer.box : null) : outer.box,
      hints: boxed ? 0 : outer.hints | hints,
      linked: name === 'a' || (outer !== null && outer.linked),
      flat: outer !== null && outer.flat,
      listDepth: (outer ? outer.listDepth : 0) + (name === 'ul' || name === 'ol' ? 1 : 0),
      next: null,
      others: undefined,
      end: undefined,
      only: undefined,
    };
    if (!inline) stay.end = begin(stay, display);
    lead(stay);
    stays.push(stay);
  }

  /** Opens the block that an element stands for; says how it ends. */
  function begin(stay: Stay, display: string): Stay['end'] {
    const { element, name } = stay;
    if (stay.flat || display.startsWith('inline-')) {
      writer.separate(display === 'table-cell' ? ' | ' : ' ');
      return 'space';
    }
    const heading = headingLevel(dom, element, name);
    if (heading) {
      stay.flat = true;
      return opened('heading', heading);
    }
    if (name === 'pre') return opened('code', 0);
    if (display === 'list-item' || name === 'li') return opened('item', Math.max(0, stay.listDepth - 1));
    if (display === 'table-row' && !dom.find(element, layoutParts)) {
      stay.flat = true;
      return opened('row', 0);
    }
    writer.close();
    return 'close';
  }

  function opened(kind: BlockKind, level: number): 'shut' {
    writer.open(kind, level);
    return 'shut';
  }

  /** Says what comes next inside. */
  function lead(stay: Stay): void {
    const { element, name } = stay;
    if (name === 'slot') {
      const slotted = dom.slotted(element);
      if (slotted.length > 0) {
        stay.others = slotted;
        return;
      }
    }
    if (name === 'iframe' || name === 'frame') {
      frames += 1;
      const inside = frames <= readLimits.frames ? dom.frameDocument(element) : null;
      stay.next = inside && dom.rootElement(inside);
      return;
    }
    const shadow = dom.openShadow(element);
    if (shadow) shadows.push(shadow);
    stay.next = dom.firstChild(shadow ?? element);
    if (name === 'details' && dom.attribute(element, 'open') === null) {
      stay.only = dom.find(element, ':scope > summary');
    }
  }

  function leave(end: Stay['end']): void {
    if (end === 'shut') writer.shut();
    else if (end === 'close') writer.close();
    else if (end === 'space') writer.separate(' ');
  }

  enter(root, null);
  for (let at = stays.at(-1); at; at = stays[stays.length - 1]) {
    const node: Node | null = at.others ? (at.others.shift() ?? null) : at.next;
    if (!node || truncated) {
      leave(at.end);
      stays.pop();
      continue;
    }
    if (!at.others) at.next = dom.nextSibling(node);
    if (at.only !== undefined && node !== at.only) continue;
    if (isSpent()) continue;
    const type = dom.nodeType(node);
    if (type === 1) enter(node as Element, at);
    else if (type === 3 && (!range || range.intersectsNode(node))) {
      const data = dom.data(node);
      writer.add(node as Text, data.slice(0, 2 * readLimits.characters), at, at.box, at.hints, at.linked);
    }
  }
  writer.close();
  return { drafts: writer.drafts, boxes, passed, shadows, truncated };
}

export function isInline(display: string): boolean {
  return display === 'inline' || display === 'contents' || display.endsWith('math') || display.startsWith('ruby');
}

/** A row that holds these lays out a page, it does not tabulate. */
const layoutParts = 'table,p+p,h1,h2,h3,h4,h5,h6,ul,ol,pre,blockquote,article,section';

function headingLevel(dom: Dom, element: Element, name: string): number {
  if (/^h[1-6]$/.test(name)) return Number(name[1]);
  if (dom.attribute(element, 'role') !== 'heading') return 0;
  const level = Number(dom.attribute(element, 'aria-level') ?? 2);
  return level >= 1 && level <= 6 ? Math.trunc(level) : 2;
}
