/** What the injected reader returns. It comes out of a page's process, so it is held to its sizes before anyone reads it. */
import * as z from 'zod/mini';
import { unpackPlaces } from './blocks.ts';
import { resultLimits as limits } from './limits.ts';

const upTo = (length: number) => z.string().check(z.maxLength(length));

export const pageContent = z.object({
  title: upTo(limits.title),
  url: upTo(limits.url),
  /** Of the same origin, or empty. */
  canonical: upTo(limits.url),
  /** BCP 47 as the page declares it, or empty. */
  language: upTo(limits.language),
  /** MIME type of the document; `application/pdf` in the PDF viewer. */
  contentType: upTo(limits.contentType),
  headings: z.array(upTo(limits.heading)).check(z.maxLength(limits.headings)),
  /** One block a line; `# ` before headings, `- ` before list items, ` | ` between table cells. */
  text: upTo(limits.text),
  /** Kind, level, and where each block stands in `text` without its mark. */
  blocks: z.pipe(
    // Four numbers of up to five digits, each with a comma.
    upTo(24 * limits.blocks),
    z.transform((packed: string, { issues }) => {
      const places = unpackPlaces(packed);
      const isGood =
        places !== null &&
        places.length <= limits.blocks &&
        places.every(([, level, from, to]) => level <= 100 && from <= limits.text && to <= limits.text);
      if (isGood) return places;
      issues.push({ code: 'custom', message: 'no places of blocks', input: packed });
      return z.NEVER;
    }),
  ),
  /** Length of `text`. */
  characters: z.number(),
  /** There was more than a read takes. */
  truncated: z.boolean(),
  selection: upTo(limits.selection),
  description: upTo(limits.description),
  siteName: upTo(limits.siteName),
  author: upTo(limits.author),
  /** As the page writes it, or empty. */
  published: upTo(limits.published),
  /** A field for a password can be seen, also one that shows what is typed. */
  passwordInView: z.boolean(),
  /** Frames that can be seen and were not read: of other origins, or too many. */
  framesUnread: z.int().check(z.gte(0), z.lte(limits.framesUnread)),
});
export type PageContent = z.output<typeof pageContent>;
/** As it crosses from the page. */
export type ReturnedPage = z.input<typeof pageContent>;
