/** Word F1, as the benchmark's own: lower-cased `[\p{L}\p{N}_]+` as multisets. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

export function wordF1(found: string, wanted: string): number {
  const counts = new Map<string, number>();
  const wantedWords = wordsOf(wanted);
  for (const word of wantedWords) counts.set(word, (counts.get(word) ?? 0) + 1);
  const foundWords = wordsOf(found);
  let shared = 0;
  for (const word of foundWords) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    shared += 1;
  }
  return shared === 0 ? 0 : (2 * shared) / (foundWords.length + wantedWords.length);
}
