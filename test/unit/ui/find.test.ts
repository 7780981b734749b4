import { describe, expect, it } from 'vitest';
import { find, type Part } from '../../../lib/ui/view/find.ts';

const leaf = (text: string): Part<string> => ({ of: text, text, parts: [] });
const branch = (text: string, ...parts: Part<string>[]): Part<string> => ({ of: text, text, parts });

const echo = leaf('Eliminar el eco');
const tones = leaf('Short tones at the start, the end and a fault');
const neverRead = leaf('Nunca ler: um site por linha');
const language = leaf('Idioma: Português (Brasil)');
const page = [branch('Sound', branch('Your voice', echo), tones), branch('Páginas', neverRead), language];

const found = (query: string) => [...find(page, query).shown];

describe('a search through the options', () => {
  it('shows what has the word, with the section it stands in, and counts it once', () => {
    expect(new Set(found('tones'))).toEqual(new Set(['Sound', tones.of]));
    expect(find(page, 'tones').count).toBe(1);
  });

  it.each(['PORTUGUES', 'português', 'portugue\u0302s', '  ortug '])(
    'counts no accents, case or spaces: %j',
    (query) => {
      expect(found(query)).toEqual([language.of]);
    },
  );

  it('wants every word, in any order, also from the headings above', () => {
    expect(found('eco voice sound')).toContain(echo.of);
    expect(found('fault short')).toContain(tones.of);
    expect(found('eco tones')).toEqual([]);
  });

  it('shows all of a section whose heading has the word', () => {
    expect(found('sound')).toEqual(expect.arrayContaining([echo.of, tones.of, 'Your voice']));
    expect(found('paginas')).toEqual(expect.arrayContaining([neverRead.of, 'Páginas']));
  });

  it('for nothing shows everything', () => {
    expect(find(page, ' ')).toMatchObject({ count: 4, shown: { size: 7 } });
  });

  it('for what is nowhere shows nothing', () => {
    expect(find(page, 'zebra')).toEqual({ shown: new Set(), count: 0 });
  });
});
