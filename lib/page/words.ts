/** Words as they are looked up: of one case, without accents and endings; numbers and codes stay whole. */

/** Scripts that put no space between words. */
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const unspacedRuns =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}\p{M}ー々]+/gu;
/** `3.11`, `ISO-9001`, `A/4`, `o'clock` are one at first. */
const spaced = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[.,'’:/_-][\p{L}\p{N}\p{M}]+)*/gu;

/** English, Portuguese, Spanish: words that are in every passage, and those that questions are made of. */
const idle = new Set(
  (
    'a an and are as at be been but by can could did do does for from had has have how i if in into is it its many me much my of on or our ' +
    'she he should so some than that the their them then there these they this those to was we were what when where which who whom whose why will with would you your ' +
    'about also any page site tell say says does please ' +
    'ao aos as com como da das de dele do dos e ela ele em era essa esse esta este eu foi ha isso isto ja la lhe mais mas me meu na nao nas no nos o os ou para pela pelo por ' +
    'porque qual quais quando quanto quantos que quem se sem ser seu sua sao tem um uma voce onde ' +
    'al cual cuales cuando cuanto cuantos del donde el ella ellos en es esa ese eso esta este esto fue hay la las le lo los muy ni para pero por quien se si sin sobre su sus un una y'
  ).split(' '),
);

/** `language`: BCP 47, of the page. */
export function indexWords(text: string, language = ''): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, (marks) => (/[\u0300-\u036f]/.test(marks) ? '' : marks))
    .toLowerCase()
    .normalize('NFC');
  const found: string[] = [];
  const rest = unspaced.test(plain)
    ? plain.replace(unspacedRuns, (run) => {
        found.push(...segments(run, language));
        return ' ';
      })
    : plain;
  for (const [word] of rest.matchAll(spaced)) found.push(...looked(word));
  return found;
}

function looked(word: string): string[] {
  if (/\d/.test(word)) {
    // `1,234` and `1234` are one number; the parts of a code are looked for too.
    const whole = word.replace(/(\d)[,’'](?=\d{3})/g, '$1');
    const parts = whole.split(/[^\p{L}\p{N}\p{M}]+/u);
    return parts.length > 1 ? [whole, ...parts.filter((part) => part.length > 1)] : [whole];
  }
  return word
    .replace(/['’]s?$|['’](?:s|t|re|ve|ll|d|m)\b/g, '')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((part) => part && !idle.has(part))
    .map(stem);
}

/** Only what is sure to join forms of one word in languages with such endings; others are left as they are. */
export function stem(word: string): string {
  if (word.length < 4 || !/^[a-z]+$/.test(word)) return word;
  let short = word
    .replace(/oes$/, 'ao')
    .replace(/ies$/, 'y')
    .replace(/(ss|sh|ch|x|z)es$/, '$1')
    .replace(/([^su])s$/, '$1');
  if (short.length > 5)
    short = short.replace(/(?:ingly|edly|ing|ed|ly|ment|mente)$/, '').replace(/([^aeiouls])\1$/, '$1');
  return short.length > 4 ? short.replace(/[eao]$/, '') : short;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segments(run: string, language: string): string[] {
  let segmenter = segmenters.get(language);
  if (!segmenter) {
    const known = Intl.Segmenter.supportedLocalesOf(isTag(language) ? [language] : []);
    segmenters.set(language, (segmenter = new Intl.Segmenter(known, { granularity: 'word' })));
  }
  return [...segmenter.segment(run)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length === 1;
  } catch {
    return false;
  }
}
