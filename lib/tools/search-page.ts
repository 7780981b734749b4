import * as z from 'zod/mini';
import { cleanLine, cut } from '../page/clean.ts';
import { search } from '../page/search.ts';
import { estimateTokens } from '../page/tokens.ts';
import { defineTool, objectSchema } from './tool.ts';

const longestQuery = 200;
/** Of title, headings and passages: a tenth of a long page. */
const tokens = 400;

export const searchPage = defineTool({
  name: 'search_page',
  description:
    'Finds the passages of the page in view that answer a question. The first choice for any question about something on ' +
    'the page. Give the few words that the passage itself will have, in the language of the page. Nothing found: try other ' +
    'words once, then read_page.',
  parameters: z.strictObject({ query: z.string().check(z.minLength(1), z.maxLength(longestQuery)) }),
  jsonSchema: objectSchema({ query: { type: 'string', minLength: 1, maxLength: longestQuery } }, ['query']),
  async run({ query }, context) {
    const found = await context.read();
    if (!found.ok) return found;
    const { read } = found;
    const { text, title, language, truncated } = read.page;
    if (!text.trim()) return { ok: false, fault: 'empty-page' };
    const room = tokens - estimateTokens(title);
    const hits = search(read.passages, cleanLine(query, longestQuery), room, language);
    if (hits.length === 0) return { ok: false, fault: 'nothing-found', problem: 'try other words, or read_page' };
    return {
      ok: true,
      read,
      room: 4 * tokens,
      write(most, mark) {
        const passages = hits.map(({ passage: { id, path }, text: words }) => ({
          id,
          path: path.slice(-3).map((heading) => cut(heading, 80)),
          text: mark(cut(words, most)),
        }));
        const characters = hits.reduce((sum, { text: words }) => sum + Math.min(words.length, most), 0);
        // What follows is what follows the best one.
        return { fields: { passages }, characters, truncated, upTo: read.passages.indexOf(hits[0]!.passage) + 1 };
      },
    };
  },
});
