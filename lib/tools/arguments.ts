/** A model's arguments, as JSON text, held to what a tool takes. */
import * as z from 'zod/mini';

export type Arguments = { ok: true; value: unknown } | { ok: false; problem: string };

/** The longest that any tool takes, written with an escape for each letter. */
const mostCharacters = 8_000;

export function parseArguments(parameters: z.ZodMiniType, text: string): Arguments {
  if (text.length > mostCharacters) return { ok: false, problem: 'arguments too long' };
  let value: unknown;
  try {
    // Models send nothing at all for a tool without parameters.
    value = JSON.parse(text.trim() || '{}');
  } catch {
    return { ok: false, problem: 'arguments are not JSON' };
  }
  const parsed = parameters.safeParse(value);
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, problem: parsed.error.issues.map(describeIssue).join('; ') };
}

function describeIssue(issue: z.core.$ZodIssue): string {
  if (issue.code === 'unrecognized_keys') return `unknown ${issue.keys.join(', ')}`;
  return `${issue.path.join('.') || 'arguments'}: ${issue.code}`;
}
