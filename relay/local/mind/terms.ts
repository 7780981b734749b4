import { plain } from './intent.ts';

const STOP_WORDS = new Set(
  (
    'a an the this that these those it its is are was were be been being am do does did done have has had will would can could should shall may might must ' +
    'of in on at to for from by with about as into than then and or but not no nor so if i me my you your he she we us they them their his her our ' +
    'what who whom whose when where why which how much many tell say says said page article site website please know there here just also any some ' +
    'explain find list describe give show read name define ' +
    'o os as um uma de da do das dos em no na nos nas por para com que qual quais quem quando onde como quanto se e ' +
    'el la los las un una del al en y con cual quien cuando donde cuanto esta este pagina'
  ).split(' '),
);

/** Search words of a text: no stop words, plural and verb endings cut. */
export function terms(text: string): string[] {
  return plain(text)
    .split(' ')
    .filter((word) => word.length > 0 && !STOP_WORDS.has(word))
    .map(stem);
}

/** Enough of a stemmer that "trains", "leaves" and "leaving" meet "train" and "leave". */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  return word
    .replace(/ies$/, 'y')
    .replace(/(?<![siu])s$/, '')
    .replace(/(ing|ed)$/, (ending) => (word.length - ending.length >= 3 ? '' : ending))
    .replace(/e$/, '');
}
