import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../../lib/tools/arguments.ts';
import { failure, maxOutputBytes } from '../../../lib/tools/outcome.ts';
import { tools } from '../../../lib/tools/index.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { damagedText, oddJson, oddText } from '../../support/odd-values.ts';

/** What a model sends when it means well. */
const meant: unknown[] = [
  {},
  { query: 'opening hours', limit: 3 },
  { query: 'ticket' },
  { quote: 'The tower opens at nine in the morning.' },
  { section: 'Tickets', from: 'p3' },
  { tab: 7 },
  { heading: 'Opening hours' },
  { passage: 'p1', id: 'p1' },
];

describe('the arguments of a tool', () => {
  it.each(tools.map((tool) => [tool.name, tool] as const))(
    'of %s, whatever the model sends, fit its schema or are refused with a short sentence',
    (_, tool) => {
      const texts = fc.oneof(
        { weight: 6, arbitrary: damagedText(meant) },
        { weight: 2, arbitrary: oddJson.map((value) => JSON.stringify(value)) },
        { weight: 1, arbitrary: oddText },
      );
      fc.assert(
        fc.property(texts, (text) => {
          const read = parseArguments(tool.parameters, text);
          if (read.ok) {
            expect(tool.parameters.safeParse(read.value)).toEqual({ success: true, data: read.value });
            expect(Object.getPrototypeOf(read.value)).toBe(Object.prototype);
            return;
          }
          const { output } = failure('invalid-arguments', read.problem);
          expect(new TextEncoder().encode(output).length).toBeLessThan(2_000);
          expect(JSON.parse(output)).toMatchObject({ error: 'invalid-arguments' });
        }),
        howMany(300, Math.ceil(100_000 / tools.length)),
      );
    },
    patience,
  );

  it.each([
    ['a megabyte', JSON.stringify({ query: 'x'.repeat(1_000_000) })],
    ['nesting without end', '['.repeat(7_000)],
    ['half of something', '{"query": "op'],
    ['a zero byte and half a letter', String.raw`[null,"\u0000\ud800"]`],
    ['a prototype', '{"__proto__":{"query":"x"},"constructor":1}'],
  ])('are refused where they are %s', (_, text) => {
    for (const tool of tools) expect(parseArguments(tool.parameters, text).ok).toBe(false);
  });

  it('that are refused leave room in an output', () => {
    expect(failure('invalid-arguments', 'x'.repeat(100_000)).output.length).toBeLessThan(maxOutputBytes);
  });
});
