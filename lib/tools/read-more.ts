import * as z from 'zod/mini';
import { cut } from '../page/clean.ts';
import { defineTool, objectSchema } from './tool.ts';
import type { Read } from './reads.ts';

/** About 1,000 tokens. */
const characters = 4_000;
const mostIds = 4;
const longestId = 20;

export const readMore = defineTool({
  name: 'read_more',
  description:
    'Hands on more of a page that was read before, without reading it anew: passages whole and with what stands around ' +
    'them, by their ids in search_page; or what follows, by the "next" of an earlier result. Without ids it goes on where ' +
    'the last result ended.',
  parameters: z.strictObject({
    passages: z.optional(z.array(z.string().check(z.maxLength(longestId))).check(z.minLength(1), z.maxLength(mostIds))),
  }),
  jsonSchema: objectSchema({
    passages: { type: 'array', minItems: 1, maxItems: mostIds, items: { type: 'string', maxLength: longestId } },
  }),
  async run({ passages = [] }, { kept }) {
    const ids = passages.filter((id) => id !== 'next');
    const read = ids.length > 0 ? ids.map((id) => kept.withPassage(id)).find(Boolean) : kept.latest;
    if (!read) return { ok: false, fault: 'no-such-passage', problem: 'use search_page or read_page first' };
    const starts = ids.length > 0 ? ids.map((id) => read.passages.findIndex((each) => each.id === id)) : [read.next];
    const asked = starts.filter((at) => at in read.passages);
    if (asked.length === 0) return { ok: false, fault: 'no-such-passage', problem: 'the text ends there' };
    // What follows next is what follows here.
    kept.keep(read);
    return {
      ok: true,
      read,
      room: characters,
      write(room, mark) {
        const chosen = choose(read, asked, room);
        const text = cut(wordsOf(read, chosen), room);
        const upTo = chosen.at(-1)! + 1;
        return {
          fields: {
            path: read.passages[chosen[0]!]!.path.slice(-3).map((heading) => cut(heading, 80)),
            text: mark(text),
          },
          characters: text.length,
          truncated: upTo < read.passages.length || read.page.truncated,
          upTo,
        };
      },
    };
  },
});

/** What was asked for, then what stands around it, then what follows, as far as there is room. Indices, in their order. */
function choose({ passages, next }: Read, asked: number[], room: number): number[] {
  const chosen = new Set<number>();
  let left = room;
  const take = (at: number): boolean => {
    const passage = passages[at];
    if (!passage || chosen.has(at)) return false;
    // With the headings before it.
    const size = passage.to - (passages[at - 1]?.to ?? 0) + 3;
    if (size > left && chosen.size > 0) return false;
    chosen.add(at);
    left -= size;
    return true;
  };
  asked.forEach(take);
  // What comes next was asked for because all before it is known.
  for (const at of asked) if (at !== next) take(at - 1);
  for (let at = Math.max(...asked) + 1; take(at);) at += 1;
  return [...chosen].toSorted((one, other) => one - other);
}

function wordsOf({ page, passages }: Read, chosen: number[]): string {
  let text = '';
  for (const [index, at] of chosen.entries()) {
    const follows = chosen[index - 1] === at - 1;
    const { from, to } = passages[at]!;
    text += follows ? page.text.slice(passages[at - 1]!.to, to) : (text && '\n…\n') + page.text.slice(from, to);
  }
  return text;
}
