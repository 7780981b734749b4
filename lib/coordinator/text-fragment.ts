/** An address that leads to words on its page: https://wicg.github.io/scroll-to-text-fragment/ */

/** A longer quote is told by its beginning and its end, which may stand in different blocks. */
const longest = 60;
const wordsOfAnEnd = 5;

/** Null for what is not on the web. What the address already points at stays. */
export function textFragment(address: string, quote: string): string | null {
  const url = URL.parse(address);
  const words = wordsOf(quote);
  if (!url || !/^https?:$/.test(url.protocol) || words.length === 0) return null;
  const [first, last] = [words[0]!, words.at(-1)!];
  const end = Math.min(wordsOfAnEnd, words.length >> 1);
  const isWhole = end === 0 || (last.to - first.from <= longest && !quote.includes('…'));
  const parts = isWhole
    ? [quote.slice(first.from, last.to)]
    : [quote.slice(first.from, words[end - 1]!.to), quote.slice(words.at(-end)!.from, last.to)];
  const place = url.hash.slice(1).split(':~:')[0];
  url.hash = '';
  return `${url.href}#${place}:~:text=${parts.map(encode).join(',')}`;
}

/** The browser finds whole words only, and breaks languages without spaces as this does. */
function wordsOf(text: string): { from: number; to: number }[] {
  return [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)]
    .filter(({ isWordLike }) => isWordLike)
    .map(({ index, segment }) => ({ from: index, to: index + segment.length }));
}

/** A `-` says something of its own in a text fragment. */
function encode(words: string): string {
  return encodeURIComponent(words.replace(/\s+/g, ' ').toWellFormed()).replaceAll('-', '%2D');
}
