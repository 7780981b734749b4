import { plain } from './intent.ts';

const STOP_WORDS = new Set(
  (
    'a an the this that these those it its is are was were be been being am do does did done have has had will would can could should shall may might must ' +
    'of in on at to for from by with about as into than then and or but not no nor so if i me my you your he she we us they them their his her our ' +
    'what who whom whose when where why which how much many tell say says said page article site website please know there here just also any some ' +
    'explain find list describe give show read name define s ' +
    'o os as um uma de da do das dos em no na nos nas ao aos pelo pela por para com que qual quais quem quando onde como quanto quantos quantas se e foi ser sao tem ha mais sobre me voce sua seu diga ' +
    'el la los las un una del al en y con cual cuales quien quienes cuando donde cuanto cuantos cuantas esta este es son fue hay su sus lo le mas dime pagina'
  ).split(' '),
);

/** Search words of a text: no stop words, plural and verb endings cut. */
export function terms(text: string): string[] {
  return plain(text)
    .split(' ')
    .filter((word) => word.length > 0 && !STOP_WORDS.has(word))
    .map(stem);
}

/** The words to search a page for, as they were said; empty where none says what is meant. At most 200 characters. */
export function searchWords(question: string): string {
  const words = question.split(/[^\p{L}\p{M}\p{N}]+/u).filter((word) => word && !STOP_WORDS.has(plain(word)));
  return words.join(' ').slice(0, 200).trim();
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
