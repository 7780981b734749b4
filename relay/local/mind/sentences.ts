const ABBREVIATION = /(?:^|[\s(])(?:\p{Lu}|Mr|Mrs|Ms|Dr|Prof|St|No|vs|etc|e\.g|i\.e|approx|Sra?|[ap]\.m)\.$/u;

/** What a reader writes before headings and list items. */
const MARK = /^(?:#{1,6}|-) /;

/** A page's text as sentences: cut at line breaks and after stops, not after abbreviations or inside numbers. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n+/)
    .map((line) => line.replace(/\s+/g, ' ').trim().replace(MARK, ''))
    .filter((line) => /[\p{L}\p{N}]/u.test(line))
    .flatMap(splitLine);
}

function splitLine(line: string): string[] {
  const found: string[] = [];
  let current = '';
  for (const piece of line.split(/(?<=[.!?…]["'”’)]*)\s+(?=["'“‘(¿¡]?[\p{Lu}\p{N}])/u)) {
    current = current ? `${current} ${piece}` : piece;
    if (ABBREVIATION.test(current)) continue;
    found.push(current);
    current = '';
  }
  if (current) found.push(current);
  return found;
}

/** At most so many characters, cut between words and marked as cut. */
export function shortened(text: string, length: number): string {
  const tidy = text.replace(/\s+/g, ' ').trim();
  if (tidy.length <= length) return tidy;
  return `${tidy
    .slice(0, length)
    .replace(/\s+\S*$/, '')
    .replace(/[,;:]$/, '')}…`;
}
