import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { variables } from '../../../relay/settings/variables.ts';

it('The relay’s README lists every setting, and none that is not', async () => {
  const text = await readFile(new URL('../../../relay/README.md', import.meta.url), 'utf8');
  const table = text.slice(text.indexOf('## Every setting'));
  const listed = [...table.matchAll(/^\| (`[^|]+) \|/gm)].flatMap(([, cell = '']) =>
    [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name]) => name!),
  );
  expect(listed.toSorted()).toEqual(Object.keys(variables.shape).toSorted());
});
