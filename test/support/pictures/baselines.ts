/** The pictures that are kept, and what is left of a comparison that failed. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare, isSame } from './compare.ts';
import { readPng, writePng, type Picture } from './png.ts';

export const baselines = fileURLToPath(new URL('../../browser/faces', import.meta.url));

export const baselineOf = (name: string) => join(baselines, `${name}.png`);

const renew = 'When it is meant to be so, `npm run faces` renews the pictures.';

/** Null: it looks as it is kept. Otherwise what is wrong with it, in words. */
export async function complaintOf(name: string, actual: Picture): Promise<string | null> {
  if (!existsSync(baselineOf(name))) return `${name}: there is no picture of it yet. ${renew}`;
  const difference = compare(actual, readPng(await readFile(baselineOf(name))));
  if (isSame(difference)) return null;
  const { strong, slight, sizes, drawn } = difference;
  const folder = join(tmpdir(), 'parley-faces');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `${name}.actual.png`), writePng(actual));
  await writeFile(join(folder, `${name}.difference.png`), writePng(drawn));
  const parts = [sizes, `${strong} cells are others`, `${(slight * 100).toFixed(0)} % are a shade different`];
  return `${name}: ${parts.filter(Boolean).join(', ')}. See ${folder}/${name}.*.png. ${renew}`;
}
