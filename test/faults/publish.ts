/** The tables that stand in the repository: all of it beside the cases, and what people ask first in the README. */
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { commitOf, tableLines, toRow, type Measured } from '../bench/table.ts';
import { findBrowser } from '../support/browser.ts';
import { missing } from './all.ts';
import type { FaultCase } from './case.ts';
import type { Kept } from './kept.ts';
import { markdownOf, summaryOf, type Outcome } from './outcome.ts';

const full = new URL('README.md', import.meta.url);
const readme = new URL('../../README.md', import.meta.url);
const marks = ['<!-- faults: written by `npm run faults -- --write` -->', '<!-- /faults -->'] as const;

/** `all`: every case there is; the kept outcomes of those that there no longer are stay out. */
export async function publish(all: readonly FaultCase[], order: readonly string[], kept: Kept): Promise<void> {
  const outcomes = order.flatMap((name) => kept.outcomes[name] ?? []);
  const head = await headOf(outcomes);
  const parts = Object.values(kept.parts).flat();
  const gone = missing(all);
  const notes = gone.length > 0 ? [`Not written yet: ${gone.join(', ')}.`] : [];
  const text = [title, ...notes, head, markdownOf(outcomes), partsOf(parts)].join('\n\n');
  await writeFile(full, `${text}\n`);
  await intoReadme([head, summaryOf(outcomes), partsOf(parts)].join('\n\n'));
}

const title = `# Faults

What happens to a call when something goes wrong: each row is a fault, played against the built extension in Chromium with the
relay and its local engine. \`npm run faults\` plays them, \`--only F40\` one, \`--write\` writes this file. Behind each it is
checked that the call is live or over for a named reason, that nothing is left open, that no line of the transcript is missing or there
twice, that popup, panel and badge say the same, that no secret is in storage or log, that at most six grants were asked for in a
minute, that no context had an uncaught error, and that the next call works.`;

/** Date, commit, machine: a figure without them is none. */
async function headOf(outcomes: readonly Outcome[]): Promise<string> {
  const played = outcomes.filter(({ isPlayed }) => isPlayed);
  const held = played.filter(({ broken }) => broken.length === 0);
  const machine = `${cpus().length} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GB`;
  const version = spawnSync((await findBrowser()) ?? 'false', ['--version'], { encoding: 'utf8' }).stdout.trim();
  const day = new Date().toISOString().slice(0, 10);
  return `${day}, commit ${commitOf()}, ${process.platform}, ${machine}, ${version.split('\n')[0]}: ${held.length} of ${played.length} rows hold, ${outcomes.length - played.length} are not played.`;
}

function partsOf(parts: readonly Measured[]): string {
  return parts.length === 0 ? '' : ['```', ...tableLines(parts.map(toRow)), '```'].join('\n');
}

async function intoReadme(text: string): Promise<void> {
  const before = await readFile(readme, 'utf8');
  const [from, to] = [before.indexOf(marks[0]), before.indexOf(marks[1])];
  if (from < 0 || to < 0) throw new Error(`README.md has no place for it: ${marks.join(' … ')}`);
  await writeFile(readme, `${before.slice(0, from + marks[0].length)}\n\n${text}\n\n${before.slice(to)}`);
}
