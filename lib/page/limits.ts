/** How much one read may cost the page and hand back (reliability.md 3.4). Characters are UTF-16 units. */
export const readLimits = {
  characters: 60_000,
  nodes: 20_000,
  ms: 250,
  /** Deeper than any page a person wrote; keeps the recursion inside the stack. */
  depth: 600,
} as const;

/** Sizes of what `readPage` returns; the schema in `page-result.ts` holds it to them. */
export const resultLimits = {
  title: 300,
  url: 2048,
  language: 35,
  contentType: 100,
  headings: 40,
  heading: 200,
  text: readLimits.characters,
  selection: 8000,
  description: 500,
} as const;
