import { describe, expect, it } from 'vitest';
import { renderBlocks, type Block } from '../../../lib/page/blocks.ts';
import { cutPassages, type Passage } from '../../../lib/page/passages.ts';
import { search } from '../../../lib/page/search.ts';
import { estimateTokens } from '../../../lib/page/tokens.ts';

const filler = 'Many people like to drink something warm in the morning before they go to their work in the town. ';

function page(...sections: [heading: string, words: string][]): Passage[] {
  const blocks = sections.flatMap(([heading, words]): Block[] => [
    { kind: 'heading', level: 2, text: heading },
    { kind: 'text', level: 0, text: `${words} ${filler.repeat(5)}`.trim() },
  ]);
  const { text, places } = renderBlocks(blocks);
  return cutPassages({ text, blocks: places });
}

const tea = page(
  ['About', 'Tea is a drink.'],
  ['Shipping', 'We send parcels to Norway within 5 days.'],
  ['Returns', 'Send it back within 30 days and we refund the price.'],
  ['Part numbers', 'The kettle is KT-2200/B, the lid KT-2210.'],
);

describe('a search', () => {
  it.each([
    ['How long does shipping to Norway take?', '5 days'],
    ['Can I return it?', '30 days'],
    ['KT-2210', 'KT-2210'],
    ['kt-2200/b', 'KT-2200/B'],
  ])('%s', (question, answer) => {
    expect(search(tea, question, 400)[0]!.text).toContain(answer);
  });

  it('finds by the heading above as well', () => {
    expect(search(tea, 'part numbers', 400)[0]!.passage.path).toEqual(['Part numbers']);
  });

  it('finds nothing where no word is shared', () => {
    expect(search(tea, 'submarine', 400)).toEqual([]);
    expect(search(tea, '', 400)).toEqual([]);
    expect(search([], 'tea', 400)).toEqual([]);
  });

  it('keeps to its room, and still shows the sentence that answers', () => {
    const found = search(tea, 'Norway parcels morning town', 90);
    expect(
      found.reduce((sum, { text, passage }) => sum + estimateTokens(text + passage.path.join(' ')), 0),
    ).toBeLessThanOrEqual(95);
    expect(found[0]!.text).toContain('Norway');
    expect(found[0]!.whole).toBe(false);
  });

  it('hands on three passages at most, the best first', () => {
    const found = search(tea, 'people drink something warm in Norway', 2000);
    expect(found).toHaveLength(3);
    expect(found[0]!.text).toContain('Norway');
    expect(found.map(({ score }) => score)).toEqual(found.map(({ score }) => score).toSorted((a, b) => b - a));
  });

  it('works in a language without spaces', () => {
    const blocks: Block[] = ['天気の話です。今日は晴れです。', '東京への行き方：新幹線で二時間です。'].map((words) => ({
      kind: 'text',
      level: 0,
      text: words.repeat(20),
    }));
    const { text, places } = renderBlocks(blocks);
    expect(search(cutPassages({ text, blocks: places }), '新幹線', 400, 'ja')[0]!.text).toContain('二時間');
  });
});
