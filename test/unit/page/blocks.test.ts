import { expect, it } from 'vitest';
import { BlockWriter, renderBlocks } from '../../../lib/page/blocks.ts';

function written(write: (writer: BlockWriter) => void): string {
  const writer = new BlockWriter();
  write(writer);
  writer.close();
  return renderBlocks(writer.blocks);
}

it('folds whitespace as a browser does, and keeps line breaks', () => {
  const text = written((writer) => {
    writer.add('  One\n   line ', false);
    writer.lineBreak();
    writer.add(' and another  ', false);
  });
  expect(text).toBe('One line\nand another');
});

it('marks headings, list items and table rows', () => {
  const text = written((writer) => {
    writer.open('heading', 2);
    writer.add('Prices', false);
    writer.open('item', 1);
    writer.close(); // `<li><p>`: the item waits for its words
    writer.add('Tea', false);
    writer.open('row');
    for (const cell of ['Tea', '2 €', '']) {
      writer.cell();
      writer.add(cell, false);
    }
  });
  expect(text).toBe('## Prices\n  - Tea\nTea | 2 €');
});

it('keeps the shape of code', () => {
  const text = written((writer) => {
    writer.add('Run:', false);
    writer.open('code');
    writer.add('if (a) {\n  b();\n}\n', true);
  });
  expect(text).toBe('Run:\n\nif (a) {\n  b();\n}');
});

it('does not make a block of nothing', () => {
  const text = written((writer) => {
    writer.open('heading', 1);
    writer.add(' \u200b\n', false);
    writer.shut();
    writer.add('Words', false);
  });
  expect(text).toBe('Words');
});
