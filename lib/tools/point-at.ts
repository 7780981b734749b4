import * as z from 'zod/mini';
import { cleanLine, cut } from '../page/clean.ts';
import { longestQuote } from '../protocol/messages.ts';
import { returnAddress } from './address.ts';
import { safeLine } from './judge-page.ts';
import { defineTool, objectSchema } from './tool.ts';

export const pointAt = defineTool({
  name: 'point_at',
  description:
    'Shows the person where on the page an answer stands: scrolls there and marks the words. Call it in the same response ' +
    'as the spoken answer, whenever that rests on a passage, with the exact words of one sentence as they stand on the ' +
    'page. Say nothing about marking, and nothing after it.',
  parameters: z.strictObject({ quote: z.string().check(z.minLength(1), z.maxLength(longestQuote)) }),
  jsonSchema: objectSchema({ quote: { type: 'string', minLength: 1, maxLength: longestQuote } }, ['quote']),
  async run({ quote }, context) {
    const words = cleanLine(quote.replace(/⟦[^⟧]{0,40}⟧/g, ''), longestQuote);
    if (!words) return { ok: false, fault: 'not-on-page' };
    let read = context.kept.withWords(words) ?? context.kept.latest;
    if (!read) {
      const found = await context.read();
      if (!found.ok) return found;
      ({ read } = found);
    }
    const pointed = await context.point(read.place, words);
    if (!pointed.ok) return pointed;
    const { place, page } = read;
    const text = cut(safeLine(pointed.text, longestQuote), longestQuote);
    return {
      ok: true,
      said: { marked: true, exact: pointed.exact },
      quote: { text, title: page.title, url: returnAddress(page.url), place },
    };
  },
});
