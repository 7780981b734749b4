import * as z from 'zod/mini';
import { cut } from '../page/clean.ts';
import type { PageContent } from '../page/page-result.ts';
import { estimateTokens } from '../page/tokens.ts';
import { defineTool, objectSchema } from './tool.ts';

/** With title, address and frame about 300 tokens: every call may begin with it. */
const outlineTokens = 100;
const beginningTokens = 110;
const headingCharacters = 60;
/** A line shorter than this is a label, not prose. */
const prose = 80;

export const pageOutline = defineTool({
  name: 'page_outline',
  description:
    'Title, address, headings and first words of the page in view. Use it to see what page it is now, when the person may ' +
    'have gone to another one, and what sections it has.',
  parameters: z.strictObject({}),
  jsonSchema: objectSchema({}),
  async run(_args, context) {
    const found = await context.read();
    if (!found.ok) return found;
    const { read } = found;
    const { page } = read;
    const outline = outlineOf(page.headings);
    const beginning = beginningOf(page);
    return {
      ok: true,
      read,
      room: beginning.length,
      write(room, mark) {
        const words = cut(beginning, room);
        return {
          fields: {
            outline,
            beginning: mark(words),
            ...(page.selection ? { selected: `${page.selection.length} characters` } : {}),
          },
          characters: outline.join('').length + words.length,
          truncated: page.truncated || words.length < page.text.trim().length,
        };
      },
    };
  },
});

function outlineOf(headings: readonly string[]): string[] {
  const outline: string[] = [];
  let tokens = 0;
  for (const heading of headings) {
    const short = cut(heading, headingCharacters);
    tokens += estimateTokens(short) + 2;
    if (tokens > outlineTokens) break;
    outline.push(short);
  }
  return outline;
}

/** Where the prose begins; the first words where there is none. */
function beginningOf({ text, blocks }: PageContent): string {
  const first = blocks.find(([kind, , from, to]) => kind === 'text' && to - from >= prose);
  const all = text.slice(first?.[2] ?? 0);
  let words = cut(all, 5 * beginningTokens);
  while (estimateTokens(words) > beginningTokens) words = cut(words, Math.floor(words.length * 0.9));
  const space = words === all ? 0 : words.lastIndexOf(' ');
  return (space > words.length * 0.8 ? words.slice(0, space) : words).trim();
}
