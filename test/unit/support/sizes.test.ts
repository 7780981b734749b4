import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { measure, table } from '../../support/sizes.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sizes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const page = (script: string) => `<script type="module" crossorigin src="/chunks/${script}"></script>`;

/** An extension whose popup and side panel share a chunk of `sharedBytes`. */
async function build(sharedBytes: number): Promise<void> {
  await mkdir(join(folder, 'chunks'));
  const files = {
    'background.js': 'worker()',
    'audio-worklet.js': 'x'.repeat(1000),
    'offscreen.html': page('offscreen.js'),
    'popup.html': `${page('popup.js')}<link rel="modulepreload" crossorigin href="/chunks/shared.js">`,
    'sidepanel.html': page('panel.js'),
    'chunks/offscreen.js': 'y'.repeat(2000),
    'chunks/popup.js': 'import{a as b}from"./shared.js";b()',
    'chunks/panel.js':
      'import{a as b}from"./shared.js";b();import("./words.en.js");import("./words.es.js");import("./rows.js");import("./past-calls-1.js");import("./page-chip-1.js")',
    'chunks/page-chip-1.js': 'import{c}from"./row.js";import("./chip.es.js")',
    'chunks/chip.es.js': 'c'.repeat(50),
    'chunks/rows.js': 'import{a as b}from"./shared.js";import{c}from"./row.js";import("./said.es.js")',
    'chunks/row.js': 'r'.repeat(300),
    'chunks/past-calls-1.js': 'import{d}from"./panel.js";import{c}from"./row.js";import("./past.es.js")',
    'chunks/past.es.js': 'p'.repeat(600),
    'chunks/said.es.js': 'w'.repeat(400),
    'chunks/shared.js': 's'.repeat(sharedBytes),
    'chunks/words.en.js': 'z'.repeat(500),
    'chunks/words.es.js': 'z'.repeat(700),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

const bytesOf = (part: string) => measure(folder).find((size) => size.part === part)?.bytes;

describe('sizes of a built extension', () => {
  it('counts with each page all the scripts it loads, each once, and one language', async () => {
    await build(10_000);
    expect(bytesOf('offscreen document')).toBe(3000);
    expect(bytesOf('worker')).toBe(8);
    expect(bytesOf('popup')).toBe(10_035);
    expect(bytesOf('side panel')).toBe(10_131 + 700 + 27);
  });

  it('counts apart what a page loads when it is first needed', async () => {
    await build(10_000);
    expect(bytesOf('tool rows, later')).toBe(78 + 300 + 400);
    expect(bytesOf('page chip, later')).toBe(46 + 50);
    // Without the row and the panel, which are there already.
    expect(bytesOf('past calls, later')).toBe(72 + 600);
  });

  it('marks what is over its limit', async () => {
    await build(62_000);
    const lines = table(measure(folder)).split('\n');
    expect(lines.find((line) => line.startsWith('popup'))).toMatch(/60\.6 of 60 KB {2}OVER$/);
    expect(lines.find((line) => line.startsWith('worker'))).not.toContain('OVER');
  });
});
