import { afterEach, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import { openScene, type Scene } from '../support/scene.ts';
import { linesToChoose, onlyOver } from '../support/way.ts';
import { isAnswered } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const question = 'Please tell me when the tower opens in the morning.';
const shown = (view: Page) => view.$eval('.times', (line) => (line as HTMLElement).innerText);

it(
  'how quick a spoken call is stands in popup and panel, when the person wants to know',
  onlyOver(['call', 'grant'], 'only WebRTC tells its round trip'),
  async () => {
    scene = await openScene({ html: lighthouse, says: [{ text: question }], settings: { showTimes: true } });
    const { extension, page } = scene;
    const popup = await extension.clickToolbar(page);
    const { times, transport } = await extension.waitForSnapshot(
      (snapshot) => isAnswered(snapshot) && snapshot.times.firstSoundMs !== null,
      60_000,
      'an answer that was timed',
    );
    expect(transport).toBe('webrtc');
    // The provider waits for half a second of silence before it answers.
    expect(times.firstSoundMs).toBeGreaterThan(300);
    expect(times.roundTripMs).toBeGreaterThan(0);
    expect(await shown(popup)).toMatch(/\d\.\d s to answer.*WebRTC.*\d ms/s);
    const panel = await extension.openPage('sidepanel');
    await panel.waitForSelector('.times');
    expect(await shown(panel)).toMatch(/\d\.\d s to answer.*WebRTC.*\d ms/s);
    await extension.writeSettings({ showTimes: false });
    await panel.waitForFunction(() => !document.querySelector('.times'));
  },
);

it('a call by WebSocket tells its kind, and no round trip', async () => {
  scene = await openScene({
    html: lighthouse,
    says: [{ text: question }],
    settings: { showTimes: true, transport: linesToChoose.at(-1)! },
  });
  const { extension, page } = scene;
  const popup = await extension.clickToolbar(page);
  await extension.waitForSnapshot(({ times }) => times.firstSoundMs !== null, 60_000, 'an answer that was timed');
  expect(await shown(popup)).toMatch(/\d\.\d s to answer.*(WebSocket|Through the relay)/s);
  expect(await shown(popup)).not.toMatch(/\bms\b/);
});
