import type { Page } from 'puppeteer';
import { afterEach, expect, it } from 'vitest';
import type { Line } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** Asked now and then, because a page that is not in front draws no frames to wait for. */
const textOf = (page: Page) => page.evaluate(() => document.body.innerText);

it('a question typed in the panel is answered in text about the page, and no microphone is opened', async () => {
  scene = await openScene({ html: lighthouse, microphone: 'none', settings: { autoStart: false } });
  const { extension, page } = scene;
  const panel = await extension.openPage('sidepanel');
  // The panel stays beside the page: the page is the tab in view, and the click on the icon lets Parley read it.
  await page.bringToFront();
  await extension.clickToolbar(page);
  await panel.focus('textarea');
  await panel.keyboard.type('How much is a ticket?');
  await panel.keyboard.press('Enter');

  await expect.poll(() => textOf(panel), { timeout: 20_000 }).toMatch(/twelve euros/);
  const { lines, microphone, phase } = await extension.waitForSnapshot(
    (snapshot) => snapshot.turn === 'waiting' && snapshot.lines.length >= 5,
    5000,
    'the end of the answer',
  );
  expect({ phase, microphone }).toEqual({ phase: 'live', microphone: false });
  const isDigest = (line: Line) => line.kind === 'tool' && line.name === 'page_outline';
  // It may be there before the first words or after them.
  expect(lines.filter(isDigest)).toMatchObject([{ state: 'done' }]);
  expect(lines.filter((line) => !isDigest(line))).toMatchObject([
    { kind: 'person', text: 'How much is a ticket?', typed: true },
    { kind: 'tool', name: 'search_page', state: 'done' },
    { kind: 'assistant' },
    { kind: 'tool', name: 'point_at', state: 'done' },
  ]);
  // A second question goes into the same call.
  await panel.focus('textarea');
  await panel.keyboard.type('Who is the keeper?');
  await panel.keyboard.press('Enter');
  await expect.poll(() => textOf(panel), { timeout: 20_000 }).toMatch(/Martha/);
  expect(extension.snapshots.last?.callId).toBe(extension.snapshots.seen[0]?.snapshot.callId);
});
