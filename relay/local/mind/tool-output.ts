import * as z from 'zod';

/** What a reading tool of the extension returned, as far as the mind uses it. */
export type ToolOutput =
  | { kind: 'page'; title: string; url: string; headings: string[]; text: string; truncated: boolean }
  | { kind: 'error'; say: string | null }
  | { kind: 'other' };

const page = z.object({
  title: z.string().catch(''),
  url: z.string().catch(''),
  headings: z.array(z.string()).catch([]),
  text: z.string(),
  truncated: z.boolean().catch(false),
});

const failure = z.object({ error: z.unknown(), say: z.optional(z.string().check(z.minLength(1), z.maxLength(400))) });

/** Reads a tool's output string. Anything unexpected is `other`; it never throws. */
export function readToolOutput(output: string): ToolOutput {
  let value: unknown;
  try {
    value = JSON.parse(output);
  } catch {
    return { kind: 'other' };
  }
  const failed = failure.safeParse(value);
  if (failed.success && failed.data.error !== undefined) return { kind: 'error', say: failed.data.say ?? null };
  const read = page.safeParse(value);
  return read.success ? { kind: 'page', ...read.data } : { kind: 'other' };
}
