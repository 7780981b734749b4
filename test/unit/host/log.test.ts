import { expect, it } from 'vitest';
import { createLog } from '../../../lib/host/log.ts';

it('remembers the last two hundred lines, each with its time', () => {
  const log = createLog(
    () => undefined,
    () => Date.UTC(2026, 0, 2, 3, 4, 5, 6),
  );
  for (let line = 1; line <= 201; line += 1) log.write(`line ${line}`);
  expect(log.lines()).toHaveLength(200);
  expect(log.lines()[0]).toBe('03:04:05.006 line 2');
});

it('tells the console all, and remembers what is nobody’s secret', () => {
  const said: string[] = [];
  const log = createLog((line) => void said.push(line));
  log.write('no way to https://relay.example/mine');
  expect(said).toEqual(['parley: no way to https://relay.example/mine']);
  expect(log.lines()[0]).toMatch(/ no way to ‹address›$/);
});
