/**
 * An element at a glance: what its tag and attributes hint at, and whether it breaks lines. Pages repeat their classes a
 * hundred times, so what was found out about one is taken for the next. That may be wrong of a page that styles them
 * otherwise, and costs a line break then: whether words can be seen is never taken from here (`visible.ts`).
 */
import type { Dom } from './dom.ts';
import { bit, hintsOfRole, hintsOfTag, nameReader } from './hints.ts';
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
const special = '[id], [style], [hidden], [role], [aria-hidden], [contenteditable], [popover], [open], [slot]';

/** What a browser makes of tags by itself. All other tags are asked, and so are those that menus are made of. */
const usual = new Map<string, string>();
for (const [display, names] of [
  [
    'inline',
    'a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr',
  ],
  ['block', 'article blockquote body center dd dt figcaption figure h1 h2 h3 h4 h5 h6 header hr html main p pre'],
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
  const hintsOfNames = nameReader();
  const bare = new Map<string, Look>();
  const classed = new Map<string, Look>();

  function ofTag(name: string): Look {
    let look = bare.get(name);
    if (!look) {
      look = { name, hints: hintsOfTag(name), display: usual.get(name) ?? '', kind: name };
      bare.set(name, look);
    }
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
    const look = { name, hints: hintsOfTag(name), display: '', kind: name + classes.slice(0, 12) };
    if (name !== 'body' && name !== 'html') look.hints |= hintsOfNames(classes);
    if (isSpecial) {
      if (name !== 'body' && name !== 'html') look.hints |= hintsOfNames(dom.attribute(element, 'id') ?? '');
      look.hints |= hintsOfRole(dom.attribute(element, 'role'));
      if (dom.attribute(element, 'aria-hidden') === 'true') look.hints |= bit.unspoken;
    } else {
      const { display } = getComputedStyle(element);
      // One that is hidden may be shown elsewhere.
      if (display !== 'none') look.display = display;
      classed.set(classes, look);
    }
    return look;
  };
}
