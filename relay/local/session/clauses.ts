/** Long enough to be worth a breath of its own, short enough that the first sound does not wait for much. */
const MIN_CLAUSE = 24;
const MAX_CLAUSE = 220;

/**
 * Cuts a text where a speaker would breathe: after sentences, and after commas, semicolons, colons and dashes once a
 * clause is long enough. The pieces joined are the text again, so transcript deltas add up exactly.
 */
export function clauses(text: string): string[] {
  const pieces = text.match(/[^.!?…;:,\n]*(?:[.!?…;:,\n]+["'”’)\]]*(?:\s+|$)|[.!?…;:,\n]+|$)/g) ?? [];
  const found: string[] = [];
  let current = '';
  for (const piece of pieces) {
    for (const part of hardCut(piece)) {
      current += part;
      const sentenceEnds =
        /[.!?…\n]["'”’)\]]*\s+$/.test(current) &&
        !/(?:^|\s)(?:\p{L}|Mr|Mrs|Ms|Dr|St|No|vs|approx)\.\s*$/u.test(current);
      const pauses = /[,;:]["'”’)\]]*\s+$/.test(current) && current.length >= MIN_CLAUSE;
      if (!sentenceEnds && !pauses && current.length < MAX_CLAUSE) continue;
      found.push(current);
      current = '';
    }
  }
  if (current) found.push(current);
  return found;
}

/** A run without any stop is cut between words. */
function hardCut(piece: string): string[] {
  return piece.length <= MAX_CLAUSE
    ? [piece]
    : (piece.match(new RegExp(`.{1,${MAX_CLAUSE}}(?:\\s+|$)|\\S+`, 'gs')) ?? [piece]);
}
