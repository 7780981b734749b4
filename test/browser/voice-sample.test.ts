import { afterEach, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import { startListening } from '../support/listen.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesToChoose } from '../support/way.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const press = (view: Page, label: string) => view.locator(`::-p-xpath(//button[normalize-space()="${label}"])`).click();
const hasButton = (view: Page, label: string) =>
  view.waitForFunction(
    (wanted) => [...document.querySelectorAll('button')].some(({ textContent }) => textContent === wanted),
    { timeout: 30_000 },
    label,
  );

it.each(['auto', linesToChoose[0]] as const)(
  'a voice is heard from the options, by the line that the settings want (%s), and everything closes afterwards',
  async (transport) => {
    scene = await openScene({ settings: { transport }, microphone: 'none' });
    const { extension } = scene;
    const options = await extension.openPage('options');
    await press(options, 'Hear the voice');
    const listening = await startListening(await extension.offscreen());
    await hasButton(options, 'Stop');
    await expect.poll(() => listening.firstSoundAt(), { timeout: 20_000 }).not.toBeNull();
    await hasButton(options, 'Hear the voice');
    await expect.poll(() => extension.hasOffscreen(), { timeout: 10_000 }).toBe(false);
    expect(await options.$eval('main', (page) => page.textContent)).not.toMatch(/try again/i);
    // No call was made of it.
    expect(await extension.send({ type: 'hello' })).toMatchObject({ phase: 'idle', lines: [] });
  },
);

it('a second press silences the voice', async () => {
  scene = await openScene();
  const { extension } = scene;
  const options = await extension.openPage('options');
  await press(options, 'Hear the voice');
  const listening = await startListening(await extension.offscreen());
  await expect.poll(() => listening.firstSoundAt(), { timeout: 20_000 }).not.toBeNull();
  await press(options, 'Stop');
  await hasButton(options, 'Hear the voice');
  await expect.poll(() => extension.hasOffscreen(), { timeout: 10_000 }).toBe(false);
});

it('a voice that the relay does not know is named as what is wrong', async () => {
  scene = await openScene({ settings: { voice: 'nobody' } });
  const options = await scene.extension.openPage('options');
  await press(options, 'Hear the voice');
  await options.waitForFunction(() => /another model or voice/.test(document.body.innerText), { timeout: 15_000 });
  await expect.poll(() => scene?.extension.hasOffscreen(), { timeout: 10_000 }).toBe(false);
});

it('a running call is not talked over', async () => {
  scene = await openScene();
  const { extension, page } = scene;
  await page.bringToFront();
  await extension.send({ type: 'say', text: 'Hello' });
  await extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'the call');
  const options = await extension.openPage('options');
  await press(options, 'Hear the voice');
  await options.waitForFunction(() => /A call is running/.test(document.body.innerText), { timeout: 10_000 });
  expect(extension.snapshots.last?.phase).toBe('live');
});
