/** A page in pieces that can be found and handed on one by one, cut where the page itself breaks. */
import type { BlockPlace } from './blocks.ts';
import type { PageContent } from './page-result.ts';

export interface Passage {
  /** Of its words: the same passage has it in the next read too. */
  id: string;
  /** The headings it stands under, the highest first. */
  path: string[];
  text: string;
  /** Where it stands in the text of the page. */
  from: number;
  to: number;
}

/** Characters: about 150 tokens. */
const wished = 700;
/** A heading begins a new passage when the one before is as long as this. */
const enough = 350;
/** A block longer than this is cut between sentences. */
const longest = 1000;

export function cutPassages({ text, blocks }: Pick<PageContent, 'text' | 'blocks'>): Passage[] {
  const passages: Passage[] = [];
  const known = new Map<string, number>();
  let open: { path: string[]; from: number; to: number } | undefined;
  let path: { level: number; words: string }[] = [];

  function close(): void {
    if (!open) return;
    const words = text.slice(open.from, open.to);
    const name = hash(words);
    const times = known.get(name) ?? 0;
    known.set(name, times + 1);
    passages.push({
      id: times ? `${name}-${times + 1}` : name,
      path: open.path,
      text: words,
      from: open.from,
      to: open.to,
    });
    open = undefined;
  }

  for (const [kind, level, begin, end] of blocks) {
    if (end <= begin || end > text.length) continue;
    if (kind === 'heading') {
      if (open && open.to - open.from >= enough) close();
      path = [...path.filter((each) => each.level < level), { level, words: text.slice(begin, end) }];
      // What stands in one passage with others is told apart by its own heading.
      if (open) open.to = end;
      continue;
    }
    for (const [from, to] of pieces(text, [kind, level, begin, end])) {
      if (open && to - open.from > wished && (open.to - open.from >= enough || to - open.from > longest)) close();
      open ??= { path: path.map(({ words }) => words), from, to };
      open.to = to;
    }
  }
  close();
  return passages;
}

function pieces(text: string, [, , from, to]: BlockPlace): [number, number][] {
  if (to - from <= longest) return [[from, to]];
  const cuts: [number, number][] = [];
  let begin = from;
  for (const end of sentenceEnds(text.slice(from, to)).map((at) => from + at)) {
    if (end - begin < wished && end < to) continue;
    // A sentence without an end, as in tables of numbers or lists of names.
    while (end - begin > 2 * wished) {
      const space = text.lastIndexOf(' ', begin + wished);
      const at = space > begin ? space + 1 : begin + wished;
      cuts.push([begin, at]);
      begin = at;
    }
    cuts.push([begin, end]);
    begin = end;
  }
  return cuts;
}

/** Offsets after each sentence, the last one at the end. */
export function sentenceEnds(text: string): number[] {
  const ends = [...text.matchAll(/(?:[.!?…]["”’)\]]*\s+(?=[^\p{Ll}])|[。！？]+["」』）]*|\n+)/gu)].map(
    ({ index, 0: { length } }) => index + length,
  );
  return ends.at(-1) === text.length ? ends : [...ends, text.length];
}

/** FNV-1a, in five letters and digits. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193) >>> 0;
  }
  return (value % 36 ** 5).toString(36).padStart(5, '0');
}
