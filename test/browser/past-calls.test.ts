/** Past calls as the side panel shows them: a call that was made is found, read, renamed, taken along and thrown away. */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';

const question = 'What can you do?';

const hasAnswer = (snapshot: Snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'final');

let scene: Scene;
let panel: Page;
let downloads: string;

beforeAll(async () => {
  downloads = await mkdtemp(join(tmpdir(), 'parley-downloads-'));
  scene = await openScene({ microphone: 'none', settings: { autoStart: false } });
  const session = await scene.browser.target().createCDPSession();
  await session.send('Browser.setDownloadBehavior', { behavior: 'allow', downloadPath: downloads });
  panel = await scene.extension.openPage('sidepanel');
  await scene.extension.send({ type: 'say', text: question });
  await scene.extension.waitForSnapshot(hasAnswer, 30_000, 'an answer');
  await scene.extension.send({ type: 'end' });
  await scene.extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end');
}, 90_000);
afterAll(async () => {
  await scene?.close();
  await rm(downloads, { recursive: true, force: true });
});

const textOf = (page: Page) => page.evaluate(() => document.body.innerText);
const shows = (words: RegExp) => expect.poll(() => textOf(panel), { timeout: 20_000 }).toMatch(words);
const showsNot = (words: RegExp) => expect.poll(() => textOf(panel), { timeout: 20_000 }).not.toMatch(words);
const press = (name: string) => panel.locator(`::-p-aria([name="${name}"][role="button"])`).click();

async function type(box: string, text: string): Promise<void> {
  await panel.locator(box).fill(text);
}

/** The last file of that kind, as soon as it is whole. */
async function downloaded(ending: string): Promise<string> {
  let text = '';
  await expect
    .poll(
      async () => {
        const name = (await readdir(downloads)).find((each) => each.endsWith(ending));
        text = name ? await readFile(join(downloads, name), 'utf8') : '';
        return text.length;
      },
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0);
  return text;
}

describe('a call that is over', () => {
  it('stands in the list under what was asked, and can be found by its words', async () => {
    await press('Past calls');
    await shows(/What can you do\?/);
    await type('input[type=search]', 'nowhere to be found');
    await shows(/No past call has/);
    await type('input[type=search]', 'CAN YOU');
    await showsNot(/No past call has|Searching/);
    await shows(/What can you do\?/);
    await panel.locator('.past-head button').click();
    await shows(/Copy all/);
  });

  it('opens to be read', async () => {
    await press('Past calls');
    await panel.locator('.call > button').click();
    await shows(/Export as Markdown/);
    expect(await panel.$$eval('.past .row', (rows) => rows.length)).toBeGreaterThan(1);
  });

  it('gets a name of its own', async () => {
    await press('Rename');
    await type('.past-actions input', 'What it does');
    await press('Save');
    await expect.poll(() => panel.$eval('.past h2', (title) => title.textContent)).toBe('What it does');
  });

  it('is taken along as Markdown and as JSON', async () => {
    await press('Export as Markdown');
    expect(await downloaded('.md')).toMatch(/^# What it does\n[^]*What can you do?/);
    await press('Export as JSON');
    expect(JSON.parse(await downloaded('.json'))).toMatchObject({ calls: [{ title: 'What it does' }] });
  });

  it('stays when it is pinned, and says so in the list', async () => {
    await press('Pin');
    await shows(/Unpin/);
    await press('All past calls');
    await shows(/What it does[^]*Pinned/);
  });

  it('is thrown away only after a second press', async () => {
    await panel.locator('.call > button').click();
    await press('Delete');
    await shows(/for good/);
    await press('Cancel');
    await press('Delete');
    await press('Delete');
    await shows(/No calls yet/);
  });
});
