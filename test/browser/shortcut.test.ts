import { afterEach, describe, expect, it } from 'vitest';
import { displayMissing, startDisplay, type Display } from '../support/display.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
let display: Display | undefined;
afterEach(async () => {
  await scene?.close();
  await display?.close();
  scene = undefined;
  display = undefined;
});

/** A second press that comes sooner is taken for the repeat of a key that is held. */
const longerThanHeld = (pressedAt: number): Promise<void> =>
  expect.poll(() => Date.now() - pressedAt).toBeGreaterThan(800);

const missing = displayMissing();

describe.skipIf(missing)(`the real shortcut in a real window${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('starts a call on a page, lets it be read, and ends the call', async () => {
    display = await startDisplay();
    scene = await openScene({
      headless: false,
      display: display.name,
      html: lighthouse,
      says: [{ text: 'What is this page about?', afterS: 1 }],
    });
    const { extension, page } = scene;
    await page.bringToFront();
    await display.press('alt+shift+v');
    const pressedAt = Date.now();
    await extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'the call');
    const read = await extension.waitForSnapshot(
      ({ lines }) => lines.some((line) => line.kind === 'tool' && line.state !== 'running'),
      20_000,
      'the page to be read',
    );
    expect(read.lines.find(({ kind }) => kind === 'tool')).toMatchObject({
      state: 'done',
      source: { title: 'Visiting the lighthouse' },
    });
    await longerThanHeld(pressedAt);
    await display.press('alt+shift+v');
    await extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end of the call');
    await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);
  });

  it('opens the side panel beside the page, which shows the call', async () => {
    display = await startDisplay();
    scene = await openScene({ headless: false, display: display.name, html: lighthouse });
    const { browser, extension, page } = scene;
    await page.bringToFront();
    await display.press('alt+shift+s');
    const target = await browser.waitForTarget((each) => each.url().startsWith(extension.url('sidepanel.html')), {
      timeout: 10_000,
    });
    const panel = await target.asPage();
    await display.press('alt+shift+v');
    await extension.waitForSnapshot(({ turn }) => turn === 'listening', 20_000, 'the call');
    await panel.waitForFunction(() => document.body.innerText.includes('Listening'), { timeout: 5000 });
    expect(await page.evaluate(() => innerWidth)).toBeLessThan(1200);
  });

  it('works on the browser’s own pages too, where nothing can be read', async () => {
    display = await startDisplay();
    scene = await openScene({ headless: false, display: display.name });
    const { extension, page } = scene;
    await page.goto('chrome://version');
    await page.bringToFront();
    await display.press('alt+shift+v');
    const pressedAt = Date.now();
    await extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'the call');
    await display.press('alt+shift+m');
    await extension.waitForSnapshot(({ turn, muted }) => muted && turn === 'muted', 5000, 'the mute');
    await longerThanHeld(pressedAt);
    await display.press('alt+shift+v');
    await extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end of the call');
  });
});
