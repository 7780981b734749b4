/** UTF-16 units. */
const characters = 60_000;

/** How much one read may cost the page and hand back (reliability.md 3.4). */
export const readLimits = {
  characters,
  nodes: 60_000,
  /** For finding the content, for writing it down, and for the selection, each. */
  ms: 250,
  /** Same-origin frames looked into. */
  frames: 60,
} as const;

/** Sizes of what `readPage` returns; the schema in `page-result.ts` holds it to them. */
export const resultLimits = {
  title: 300,
  url: 2048,
  language: 35,
  contentType: 100,
  headings: 40,
  heading: 200,
  text: characters,
  /** Each is at least one character and a line break. */
  blocks: characters / 2,
  selection: 8000,
  description: 500,
  siteName: 100,
  author: 100,
  published: 40,
  framesUnread: 100,
} as const;
