import * as z from 'zod';

/** What a tool of the extension returned, as far as the mind uses it. */
export type ToolOutput =
  | { kind: 'page'; title: string; text: string; truncated: boolean }
  /** What a search found, best first, as one text. */
  | { kind: 'passages'; title: string; text: string }
  | { kind: 'outline'; title: string }
  | { kind: 'error'; code: unknown; say: string | null }
  | { kind: 'other' };

const title = z.string().catch('');
const page = z.object({ title, text: z.string(), truncated: z.boolean().catch(false) });
const passages = z.object({ title, passages: z.array(z.object({ text: z.string() })) });
const outline = z.object({ title: z.string(), outline: z.array(z.unknown()) });
const failure = z.object({
  error: z.unknown(),
  say: z.string().check(z.minLength(1), z.maxLength(400)).nullable().catch(null),
});

/** Reads a tool's output string. Anything unexpected is `other`; it never throws. */
export function readToolOutput(output: string): ToolOutput {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return { kind: 'other' };
  }
  const failed = failure.safeParse(value);
  if (failed.success && failed.data.error !== undefined)
    return { kind: 'error', code: failed.data.error, say: failed.data.say };
  const read = page.safeParse(value);
  if (read.success) return { kind: 'page', ...read.data, text: withoutMarks(read.data.text) };
  const found = passages.safeParse(value);
  if (found.success) {
    const text = found.data.passages.map((passage) => withoutMarks(passage.text)).join('\n');
    return { kind: 'passages', title: found.data.title, text };
  }
  const begun = outline.safeParse(value);
  return begun.success ? { kind: 'outline', title: begun.data.title } : { kind: 'other' };
}

/** Page words come between `⟦…⟧` and `⟦/…⟧`, with a number nobody can guess in them. */
function withoutMarks(text: string): string {
  return text.replace(/⟦\/?[\w-]*⟧/g, '');
}
