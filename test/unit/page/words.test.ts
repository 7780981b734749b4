import { describe, expect, it } from 'vitest';
import { indexWords } from '../../../lib/page/words.ts';

/** Do two texts have the word in common that one is asked for with? */
function finds(asked: string, written: string, language = ''): boolean {
  const there = new Set(indexWords(written, language));
  const words = indexWords(asked, language);
  return words.length > 0 && words.every((word) => there.has(word));
}

describe('a word is found', () => {
  it.each([
    ['price', 'Prices'],
    ['batteries', 'a battery'],
    ['running', 'it runs'],
    ['boxes', 'one box'],
    ['cafe', 'Café'],
    ['informacao', 'informações', 'pt'],
    ['precios', 'el precio', 'es'],
    ["Tesla's", 'Tesla'],
    ['open source', 'open-source'],
  ])('%s in "%s"', (asked, written, language = 'en') => {
    expect(finds(asked, written, language)).toBe(true);
  });

  it.each([
    ['universe', 'university'],
    ['2.1', '21'],
    ['9001', '9002'],
  ])('but %s not in "%s"', (asked, written) => {
    expect(finds(asked, written, 'en')).toBe(false);
  });
});

describe('numbers and codes', () => {
  it('stay whole', () => {
    expect(indexWords('version 3.11.2, ISO-9001, 10:30')).toEqual(
      expect.arrayContaining(['3.11.2', 'iso-9001', '10:30']),
    );
  });

  it('are found by their parts and with or without separators', () => {
    expect(finds('9001', 'ISO-9001')).toBe(true);
    expect(finds('1,234,567', '1234567')).toBe(true);
  });
});

describe('languages without spaces', () => {
  it('Japanese', () => {
    expect(finds('東京', '私は東京に住んでいます', 'ja')).toBe(true);
  });

  it('Chinese, among Latin words and numbers', () => {
    const words = indexWords('我在2024年买了iPhone手机', 'zh');
    expect(words).toEqual(expect.arrayContaining(['手机', ...indexWords('iPhone'), '2024']));
  });

  it('Thai', () => {
    expect(finds('ภาษาไทย', 'ฉันพูดภาษาไทยได้', 'th')).toBe(true);
  });

  it('a language that is none does no harm', () => {
    expect(finds('東京', '東京都', 'not a language!')).toBe(true);
  });
});

it('Arabic, Hebrew, Greek, Cyrillic and Hindi words are words', () => {
  for (const word of ['كتاب', 'ספר', 'βιβλίο', 'книга', 'किताब'])
    expect(indexWords(`${word}, ${word}.`)).toHaveLength(2);
});

it('a question alone asks for nothing', () => {
  expect(indexWords('What is this about?')).toEqual([]);
  expect(indexWords('O que é isto?')).toEqual([]);
});
