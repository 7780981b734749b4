/**
 * An element at a glance: what its tag and attributes hint at, and whether it breaks lines. Pages repeat their classes a
 * hundred times, so what was found out about one is taken for the next. That may be wrong of a page that styles them
 * otherwise, and costs a line break then: whether words can be seen is never taken from here (`visible.ts`).
 */
import type { Dom } from './dom.ts';
import { hintsOfNames, hintsOfPart, unspoken } from './hints.ts';
import { isDraft } from './skip.ts';

export interface Look {
  name: string;
  hints: number;
  /** As computed; empty: to be asked of each. */
  display: string;
  /** The like have the same. */
  kind: string;
}

/** What says more than a class does: such an element is looked at by itself. */
const special = '[id],[style],[hidden],[role],[aria-hidden],[contenteditable],[popover],[open],[slot]';

/** What a browser makes of tags by itself. All other tags are asked, and so are those that menus are made of. */
const usual = new Map<string, string>();
for (const [display, names] of [
  ['inline', 'a abbr b cite code em font i img label small span strong sub sup time u'],
  ['block', 'article blockquote dd dt figcaption figure h1 h2 h3 h4 h5 h6 hr p pre'],
  ['inline-block', 'button'],
  ['list-item', 'li'],
  ['table-row-group', 'tbody'],
  ['table-row', 'tr'],
  ['table-cell', 'td th'],
] as const) {
  for (const name of names.split(' ')) usual.set(name, display);
}

/** Null for drafts: what a person writes is never read. */
export function lookReader(dom: Dom): (element: Element, name: string) => Look | null {
  const bare = new Map<string, Look>();
  const classed = new Map<string, Look>();
  const named = new Map<string, number>();

  /** Remembered: pages repeat their classes a hundred times. */
  function hintsOf(names: string): number {
    let hints = named.get(names);
    if (hints === undefined) named.set(names, (hints = hintsOfNames(names)));
    return hints;
  }

  function ofTag(name: string): Look {
    let look = bare.get(name);
    if (!look) bare.set(name, (look = lookOf(name, usual.get(name) ?? '', name)));
    return look;
  }

  return (element, name) => {
    if (dom.isBare(element)) return ofTag(name);
    const isSpecial = dom.matches(element, special);
    const classes = dom.attribute(element, 'class') ?? '';
    if (!isSpecial) {
      if (!classes) return ofTag(name);
      const known = classed.get(classes);
      if (known?.name === name) return known;
    } else if (isDraft(dom, element)) return null;
    const look = lookOf(name, '', name + classes.slice(0, 12));
    const isNamed = name !== 'body' && name !== 'html';
    if (isNamed) look.hints |= hintsOf(classes);
    if (isSpecial) {
      if (isNamed) look.hints |= hintsOf(dom.attribute(element, 'id') ?? '');
      look.hints |= hintsOfPart(dom.attribute(element, 'role'));
      if (dom.attribute(element, 'aria-hidden') === 'true') look.hints |= unspoken;
    } else {
      const { display } = getComputedStyle(element);
      // One that is hidden may be shown elsewhere.
      if (display !== 'none') look.display = display;
      classed.set(classes, look);
    }
    return look;
  };
}

function lookOf(name: string, display: string, kind: string): Look {
  return { name, hints: hintsOfPart(name), display, kind };
}
