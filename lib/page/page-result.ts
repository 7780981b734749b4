/** What the injected reader returns. It comes out of a page's process, so it is held to its sizes before anyone reads it. */
import * as z from 'zod/mini';
import { resultLimits as limits } from './limits.ts';

const upTo = (length: number) => z.string().check(z.maxLength(length));

export const pageContent = z.object({
  title: upTo(limits.title),
  url: upTo(limits.url),
  /** BCP 47 as the page declares it, or empty. */
  language: upTo(limits.language),
  /** MIME type of the document; `application/pdf` in the PDF viewer. */
  contentType: upTo(limits.contentType),
  headings: z.array(upTo(limits.heading)).check(z.maxLength(limits.headings)),
  /** One block a line; `# ` before headings, `- ` before list items, ` | ` between table cells. */
  text: upTo(limits.text),
  /** Length of `text`. */
  characters: z.number(),
  /** There was more than a read takes. */
  truncated: z.boolean(),
  selection: upTo(limits.selection),
  description: upTo(limits.description),
});
export type PageContent = z.infer<typeof pageContent>;
