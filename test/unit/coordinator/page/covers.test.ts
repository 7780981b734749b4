import { expect, it } from 'vitest';
import { covers } from '../../../../lib/coordinator/page/picture.ts';

const view = (...boxes: [number, number, number, number][]) => ({ width: 1000, height: 500, boxes });

it('covers what was private at any moment, as parts of the view', () => {
  expect(covers([view([100, 50, 300, 100]), view([100, 50, 300, 100])])).toEqual([[0.1, 0.1, 0.3, 0.2]]);
});

it('covers the whole way of what moved', () => {
  expect(covers([view([0, 300, 100, 350]), view([0, 100, 100, 150])])).toEqual([[0, 0.2, 0.1, 0.7]]);
});

it('covers both what went and what came', () => {
  expect(covers([view([0, 0, 100, 50], [0, 100, 100, 150]), view([500, 0, 1000, 500])])).toEqual([
    [0, 0, 0.1, 0.1],
    [0, 0.2, 0.1, 0.3],
    [0.5, 0, 1, 1],
  ]);
});

it('covers nothing where a field has no size', () => {
  expect(covers([view([0, 0, 0, 0]), view([0, 0, 0, 0])])).toEqual([]);
  expect(covers([view([0, 0, 0, 0]), view([100, 100, 200, 200])])).toEqual([[0.1, 0.2, 0.2, 0.4]]);
});
