import { describe, expect, it } from 'vitest';
import { fold, renderBlocks, tidy, type Block } from '../../../lib/page/blocks.ts';

describe('words of a block', () => {
  it('are folded as a browser folds them, with their line breaks', () => {
    expect(tidy(`${fold('  One\n   line ', false)}\n${fold(' and another  ', false)}`, 'text')).toBe(
      'One line\nand another',
    );
  });

  it('keep their shape in code', () => {
    expect(tidy(fold('if (a) {\n  b();\n}\n', true), 'code')).toBe('if (a) {\n  b();\n}');
  });

  it('are one line in a heading and in a row, without empty cells at its end', () => {
    expect(tidy('Two\nlines', 'heading')).toBe('Two lines');
    expect(tidy('Tea | 2 € | ', 'row')).toBe('Tea | 2 €');
  });

  it('are none where nothing shows', () => {
    expect(tidy(' \u200b\n', 'heading')).toBe('');
  });
});

describe('rendered', () => {
  const blocks: Block[] = [
    { kind: 'heading', level: 2, text: 'Prices' },
    { kind: 'item', level: 1, text: 'Tea' },
    { kind: 'row', level: 0, text: 'Tea | 2 €' },
    { kind: 'code', level: 0, text: 'brew()' },
  ];

  it('headings, items, rows and code can be told apart', () => {
    expect(renderBlocks(blocks).text).toBe('## Prices\n  - Tea\nTea | 2 €\n\nbrew()');
  });

  it('each block can be found again without its mark', () => {
    const { text, places } = renderBlocks(blocks);
    expect(places.map(([kind, level, from, to]) => ({ kind, level, text: text.slice(from, to) }))).toEqual(blocks);
  });

  it('stops at its limit, and no block says more than there is', () => {
    const { places } = renderBlocks(blocks, 12);
    expect(places.map(([kind, , , to]) => [kind, to])).toEqual([['heading', 9]]);
  });
});
