/** What tags, roles, classes and ids say about a part of a page: hints for the choice, never the choice itself. */
/** Bits, in the order of `hintNames`. A part has the hints of all that it lies in. */
export const learnedHints = [
  'main',
  'article',
  'nav',
  'aside',
  'footer',
  'header',
  'form',
  'dialog',
  'aroundName',
  'commentName',
  'metaName',
  'list',
  'button',
] as const;
/** Not for the choice to weigh: words in drawings, and what the page keeps from screen readers. */
const plainHints = ['drawing', 'unspoken'] as const;
export type Hint = (typeof learnedHints | typeof plainHints)[number];

export const bit = Object.fromEntries(
  [...learnedHints, ...plainHints].map((name, index) => [name, 1 << index]),
) as Record<Hint, number>;

/** Said of most of a page, these say nothing: one that covers more than half of the prose is not counted. */
export const doubtedHints: readonly Hint[] = [...learnedHints, ...plainHints].filter(
  (name) => !/main|article|list|drawing/.test(name),
);

const byTag = new Map<string, number>();
const byRole = new Map<string, number>();
/** Words of class names and ids; a `*` at the end takes all that begin so. */
const byWord = new Map<string, number>();
const byStart: [string, number][] = [];

function means(map: Map<string, number>, all: Partial<Record<Hint, string>>): void {
  for (const [hint, words] of Object.entries(all)) {
    for (const word of words.split(' ')) {
      if (word.endsWith('*')) byStart.push([word.slice(0, -1), bit[hint as Hint]]);
      else map.set(word, bit[hint as Hint]);
    }
  }
}
for (const name of ['main', 'article', 'nav', 'aside', 'footer', 'header', 'form', 'dialog', 'button'] as const) {
  byTag.set(name, bit[name]);
}
means(byTag, { list: 'ul ol', drawing: 'svg' });
means(byRole, {
  main: 'main',
  article: 'article',
  nav: 'navigation menu tablist search toolbar',
  aside: 'complementary',
  footer: 'contentinfo',
  header: 'banner',
  dialog: 'dialog alertdialog',
  button: 'button',
});
means(byWord, {
  aroundName:
    'cookie* consent breadcrumb* sidebar newsletter subscri* shar* social related recommend* popup modal promo* sponsor* ad ads advert* banner menu nav* foot* widget pagination toolbar tag tags signup login cart search skip* toc filter* carousel similar popular more recent',
  commentName: 'comment* repl* review* rating*',
  metaName:
    'meta byline author date time user* posted published caption credit bio price badge label button btn action*',
});

function readNames(names: string): number {
  let hints = 0;
  for (const word of names
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[\s_-]+/)) {
    let named = byWord.get(word);
    if (named === undefined) {
      named = 0;
      for (const [start, flag] of byStart) if (word.startsWith(start)) named |= flag;
      byWord.set(word, named);
    }
    hints |= named;
  }
  return hints;
}

export function hintsOfTag(name: string): number {
  return byTag.get(name) ?? 0;
}

export function hintsOfRole(role: string | null): number {
  return byRole.get(role ?? '') ?? 0;
}

/** Of class attributes and ids. Remembers them: pages repeat theirs a hundred times. */
export function nameReader(): (names: string) => number {
  const known = new Map<string, number>();
  return (names) => {
    let hints = known.get(names);
    if (hints === undefined) known.set(names, (hints = readNames(names)));
    return hints;
  };
}
