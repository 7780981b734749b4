import { afterEach, expect, it } from 'vitest';
import { aliveOf } from '../support/alive.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** The browser ends a worker that has had nothing to do for half a minute. */
const timeout = 100_000;

it('with nothing open, nothing of Parley runs', async () => {
  scene = await openScene({ html: lighthouse, microphone: 'none', settings: { autoStart: false, warmUp: false } });
  const { browser, extension, page } = scene;
  const panel = await extension.openPage('sidepanel');
  await page.bringToFront();
  const popup = await extension.clickToolbar(page);
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  await extension.waitForSnapshot(({ turn, lines }) => turn === 'waiting' && lines.length > 1, 20_000, 'an answer');
  expect(aliveOf(browser, extension).join()).toContain('offscreen.html');

  await extension.send({ type: 'end' });
  await Promise.all([panel.close(), popup.close()]);
  await expect.poll(() => aliveOf(browser, extension), { timeout, interval: 500 }).toEqual([]);
});
