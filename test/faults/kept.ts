/** What earlier runs found, so that a table can be made of runs of its parts. Not part of the repository. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import type { Measured } from '../bench/table.ts';
import type { Outcome } from './outcome.ts';

const folder = new URL('../../.faults/', import.meta.url);
const file = new URL('results.json', folder);

export interface Kept {
  /** By the name of the case. */
  outcomes: Record<string, Outcome>;
  /** By the name of the part. */
  parts: Record<string, Measured[]>;
}

export async function readKept(): Promise<Kept> {
  const text = await readFile(file, 'utf8').catch(() => '{"outcomes":{},"parts":{}}');
  return JSON.parse(text) as Kept;
}

/** At once, so that a run which is stopped has not been for nothing. */
export async function keep(change: (kept: Kept) => void): Promise<void> {
  const kept = await readKept();
  change(kept);
  await mkdir(folder, { recursive: true });
  await writeFile(file, JSON.stringify(kept));
}
