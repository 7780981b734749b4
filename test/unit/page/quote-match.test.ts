import { describe, expect, it } from 'vitest';
import { findMatches } from '../../../lib/page/quote/match.ts';

const lighthouse = `Visiting the lighthouse
The lighthouse stands on the northern cliff and was built in stone by local fishermen.
Opening hours
The tower opens at nine in the morning and closes at six in the evening.
A ticket costs twelve euros (12.50 € with a map) for adults, and children enter for free.
The keeper is called Martha; she tells “stories about storms” every Sunday — come early…
Over 1,234,567 people have climbed the 199 steps since 1905.`;

/** What is marked of a text, parts joined by ` … `; null for nothing. */
function marked(quote: string, text = lighthouse): string | null {
  const [first] = findMatches(text, quote);
  return first ? first.spans.map(([from, to]) => text.slice(from, to)).join(' … ') : null;
}
const isExact = (quote: string, text = lighthouse) => findMatches(text, quote)[0]?.exact;

describe('a quote that is there', () => {
  it.each([
    ['word for word', 'closes at six in the evening.', 'closes at six in the evening.'],
    ['in another case', 'THE TOWER OPENS AT NINE', 'The tower opens at nine'],
    ['with other spaces', 'opens  at\n\tnine', 'opens at nine'],
    [
      'with other quotation marks and dashes',
      `"stories about storms" every Sunday - come early`,
      '“stories about storms” every Sunday — come early',
    ],
    ['with the forms of signs', 'every sunday — come early...', 'every Sunday — come early…'],
    [
      'across two blocks',
      'by local fishermen. Opening hours The tower',
      'by local fishermen.\nOpening hours\nThe tower',
    ],
    ['of one word', 'Martha', 'Martha'],
    ['with its currency', '12.50 €', '12.50 €'],
    ['in brackets of its own', '(12.50 € with a map)', '(12.50 € with a map)'],
    ['a number written otherwise', 'Over 1.234.567 people have climbed', 'Over 1,234,567 people have climbed'],
  ])('%s', (_, quote, words) => {
    expect(marked(quote)).toBe(words);
  });

  it('is exact when only its form differs', () => {
    expect(isExact('THE TOWER opens\nat nine')).toBe(true);
    expect(isExact('"stories about storms" every Sunday - come early...')).toBe(true);
    expect(isExact('A ticket costs twelve euros for adults')).toBe(false);
    expect(isExact('for adults and children enter for free')).toBe(false);
  });

  it.each([
    [
      'a soft hyphen and shapeless characters',
      'A co\u00adoperative li\u200bght\ufeffhouse',
      'cooperative lighthouse',
      'co\u00adoperative li\u200bght\ufeffhouse',
    ],
    ['letters in two compositions', 'Sa\u0303o Joa\u0303o', 'são joão', 'Sa\u0303o Joa\u0303o'],
    ['ligatures and wide letters', 'ｅﬃcient', 'efficient', 'ｅﬃcient'],
    ['Hebrew without its points', 'שָׁלוֹם עוֹלָם', 'שלום עולם', 'שָׁלוֹם עוֹלָם'],
    ['Arabic without its vowels', 'السَّلامُ عَلَيْكُم يا صديقي', 'السلام عليكم', 'السَّلامُ عَلَيْكُم'],
    ['Japanese', '灯台は北の崖に立っています。', '北の崖に', '北の崖に'],
    ['Thai', 'ประภาคารเปิดเวลาเก้าโมงเช้า', 'เปิดเวลาเก้าโมง', 'เปิดเวลาเก้าโมง'],
    ['Korean', '탑은 아침 아홉 시에 엽니다.', '아침 아홉 시에', '아침 아홉 시에'],
  ])('%s', (_, text, quote, words) => {
    expect(marked(quote, text)).toBe(words);
  });

  it('is found in every place, in order', () => {
    const matches = findMatches('tea with milk. Tea, with milk? tea with milk', 'tea with milk');
    expect(matches.map(({ spans }) => spans[0]![0])).toEqual([0, 31]);
  });
});

describe('a quote that is nearly there', () => {
  it.each([
    [
      'shortened',
      'The tower opens at nine and closes at six',
      'The tower opens at nine in the morning and closes at six',
    ],
    ['without its commas', 'for adults and children enter for free', 'for adults, and children enter for free'],
    ['misspelt', 'The ligthouse stands on the northen cliff', 'The lighthouse stands on the northern cliff'],
    ['with a word too many', 'The tower always opens at nine in the morning', 'The tower opens at nine in the morning'],
    [
      'with another word',
      'The lighthouse sits on the northern cliff and was built',
      'The lighthouse stands on the northern cliff and was built',
    ],
    [
      'with an omission',
      'The lighthouse stands on the northern cliff ... the tower opens at nine',
      'The lighthouse stands on the northern cliff … The tower opens at nine',
    ],
    [
      'with a long omission',
      'Visiting the lighthouse ... children enter for free',
      'Visiting the lighthouse … children enter for free',
    ],
    [
      'with an omission in brackets',
      'The lighthouse […] was built in stone by local fishermen',
      'The lighthouse … was built in stone by local fishermen',
    ],
  ])('%s', (_, quote, words) => {
    expect(marked(quote)).toBe(words);
    expect(isExact(quote)).toBe(false);
  });

  it('without its accents', () => {
    expect(marked('o farol nao abre as segundas', 'Atenção: o farol não abre às segundas-feiras.')).toBe(
      'o farol não abre às segundas',
    );
  });

  it('in a language without spaces, by characters', () => {
    const text = '灯台は北の崖に立ち、地元の漁師によって石で建てられました。塔は朝九時に開きます。';
    expect(marked('灯台は北の崖に立ち地元の漁師が石で建てられました', text)).toBe(
      '灯台は北の崖に立ち、地元の漁師によって石で建てられました',
    );
  });

  it('takes the place that has most of it', () => {
    const text = `The tower opens at nine or ten. ${lighthouse}`;
    expect(marked('The tower opened at nine in the morning and closes at six', text)).toBe(
      'The tower opens at nine in the morning and closes at six',
    );
  });
});

describe('a quote that is not there marks nothing', () => {
  it.each([
    ['other words', 'The restaurant serves fish on Fridays'],
    ['with another number', 'Over 1,234,567 people have climbed the 198 steps since 1905'],
    ['half of it', 'The tower opens at nine and the restaurant serves fish on most Fridays'],
    ['the words in another order', 'evening the in six at closes and morning the in nine at opens'],
    ['three words nearly', 'the tower open'],
    ['few words, with another sign between', 'keeper is: called'],
    ['part of a word', 'house'],
    ['nothing', ''],
    ['only signs', '… — ?!'],
    [
      'its words with as many others between',
      'The lighthouse opens at nine every Sunday',
      'The old white lighthouse on that cliff opens its doors at just about nine or ten every single long Sunday',
    ],
    ['scattered words', 'The lighthouse in nine storms for free'],
  ])('%s', (_, quote, text = lighthouse) => {
    expect(marked(quote, text)).toBe(null);
  });
});

describe('within its budget', () => {
  it('gives up when the time is up', () => {
    expect(findMatches(lighthouse, 'The ligthouse stands on the northen cliff', () => true)).toEqual([]);
  });

  it('holds few matches of a text that is nothing but the quote', () => {
    expect(findMatches('tea with hot milk '.repeat(20_000), 'tea with hot milk').length).toBeLessThan(50);
    expect(findMatches('a a a a a b '.repeat(20_000), 'a a a a a a a c').length).toBeLessThan(50);
  });

  it('is not held up by signs without end', () => {
    const signs = '$.'.repeat(100_000);
    expect(marked('tea with hot milk', `tea with ${signs} hot milk`)).toContain('tea with $.');
    expect(marked(`tea with hot milk${signs.slice(0, 500)}a`, 'tea with hot milk')).toBe(null);
    expect(findMatches(`${'tea '.repeat(9)}milk `.repeat(5000), 'tea … '.repeat(100)).length).toBeLessThan(50);
  });

  it.each(['\ud800 tea with hot milk \udfff', '\0tea with hot milk\0', '__proto__ constructor toString valueOf'])(
    'takes strange text: %j',
    (text) => {
      expect(findMatches(text, text)).toHaveLength(1);
    },
  );
});
