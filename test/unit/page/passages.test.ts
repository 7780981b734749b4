import { describe, expect, it } from 'vitest';
import { renderBlocks, type Block } from '../../../lib/page/blocks.ts';
import { cutPassages, type Passage } from '../../../lib/page/passages.ts';

const sentence = 'Green tea is made from leaves that have not been left to wither, and it is drunk hot or cold. ';
const heading = (level: number, text: string): Block => ({ kind: 'heading', level, text });
const text = (words: string): Block => ({ kind: 'text', level: 0, text: words });
const long = (times: number): Block => text(sentence.repeat(times).trim());

function cut(...blocks: Block[]): Passage[] {
  const rendered = renderBlocks(blocks);
  return cutPassages({ text: rendered.text, blocks: rendered.places });
}

describe('passages', () => {
  it('end where blocks end, at about 700 characters', () => {
    const passages = cut(...Array.from({ length: 20 }, () => long(3)));
    expect(passages.length).toBeGreaterThan(6);
    for (const passage of passages) {
      expect(passage.text.length).toBeLessThanOrEqual(1000);
      expect(passage.text).toMatch(/cold\.$/);
    }
  });

  it('know the headings they stand under', () => {
    const passages = cut(
      heading(1, 'Tea'),
      long(4),
      heading(2, 'Kinds'),
      long(4),
      heading(3, 'Sencha'),
      long(4),
      heading(2, 'Prices'),
      long(4),
    );
    expect(passages.map(({ path }) => path)).toEqual([
      ['Tea'],
      ['Tea', 'Kinds'],
      ['Tea', 'Kinds', 'Sencha'],
      ['Tea', 'Prices'],
    ]);
  });

  it('hold short sections together, with the headings between them', () => {
    const [only, ...rest] = cut(heading(2, 'One'), text('First.'), heading(2, 'Two'), text('Second.'));
    expect(only!.text).toBe('First.\n\n## Two\nSecond.');
    expect(rest).toEqual([]);
  });

  it('are cut between sentences where a block is too long, and lose nothing', () => {
    const passages = cut(long(40));
    expect(passages.length).toBeGreaterThan(3);
    expect(passages.map((passage) => passage.text).join('')).toBe(sentence.repeat(40).trim());
  });

  it('are cut where there is no sentence at all', () => {
    const passages = cut(text('x'.repeat(5000)), text('名'.repeat(3000)));
    expect(Math.max(...passages.map((passage) => passage.text.length))).toBeLessThan(1500);
  });

  it('keep their ids when other parts of the page change', () => {
    const before = cut(long(4), heading(2, 'Kinds'), text(`Sencha. ${sentence.repeat(5)}`));
    const after = cut(
      text(`News! ${sentence.repeat(4)}`),
      long(5),
      heading(2, 'Kinds'),
      text(`Sencha. ${sentence.repeat(5)}`),
    );
    expect(after.at(-1)!.id).toBe(before.at(-1)!.id);
  });

  it('never share an id', () => {
    const passages = cut(...Array.from({ length: 9 }, () => long(8)));
    expect(new Set(passages.map(({ id }) => id)).size).toBe(passages.length);
  });

  it('say where they stand', () => {
    const blocks = [heading(1, 'Tea'), long(8), long(8)];
    const rendered = renderBlocks(blocks);
    for (const { from, to, text: words } of cut(...blocks)) expect(rendered.text.slice(from, to)).toBe(words);
  });

  it('of nothing are none, and places that lie are passed over', () => {
    expect(cut()).toEqual([]);
    expect(
      cutPassages({
        text: 'Tea',
        blocks: [
          ['text', 0, 2, 1],
          ['text', 0, 0, 99],
        ],
      }),
    ).toEqual([]);
  });
});
