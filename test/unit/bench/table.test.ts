import { describe, expect, it } from 'vitest';
import { tableLines, toRow } from '../../bench/table.ts';

describe('A row of a benchmark', () => {
  it.each([
    [{ value: 80, target: { atMost: 80 } }, true],
    [{ value: 80.4, target: { atMost: 80 } }, false],
    [{ value: 9, target: { atLeast: 10 } }, false],
    [{ value: 10, target: { atLeast: 10 } }, true],
    [{ value: null, target: { atMost: 80 } }, false],
    [{ value: Number.NaN, target: { atMost: 80 } }, false],
    [{ value: 80 }, null],
  ])('%j: met %s', (measured, met) => {
    expect(toRow({ id: 'x', unit: 'ms', ...measured }).met).toBe(met);
  });

  it('compares with a peer', () => {
    expect(toRow({ id: 'x', value: 55.123, unit: 'ms', peer: 110, target: { atMost: 80 } })).toEqual({
      id: 'x',
      value: 55.1,
      unit: 'ms',
      peer: 110,
      ratio: 0.501,
      target: 80,
      met: true,
    });
  });

  it('says by how much its target is missed, and that nothing was measured', () => {
    const lines = tableLines([
      toRow({ id: 'connect_p50', value: 104, unit: 'ms', target: { atMost: 80 } }),
      toRow({ id: 'memory', value: null, unit: 'MiB', target: { atMost: 600 } }),
      toRow({ id: 'connect_p95', value: 131, unit: 'ms', note: 'on a busy machine' }),
    ]);
    expect(lines.map((line) => line.replaceAll(/ {2,}/g, ' | '))).toEqual([
      'what | measured | peer | target',
      'connect_p50 | 104 ms | 80 ms | MISSED by 24 ms',
      'memory | not measured | 600 MiB | MISSED',
      'connect_p95 | 131 ms | on a busy machine',
    ]);
  });
});
