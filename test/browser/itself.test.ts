/** What becomes of a call, and of the person, when a part of the extension itself fails. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import { idleSnapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { isLive } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const secret = 'marzipan';
const press = (view: Page, label: string) => view.locator(`::-p-xpath(//button[normalize-space()="${label}"])`).click();
const notice = async (view: Page) =>
  (await view.waitForSelector('.notice p'))?.evaluate((sentence) => sentence.textContent);

it('an error that nobody caught leaves the call alone, and is in the diagnostics without what it quotes', async () => {
  scene = await openScene({ html: lighthouse });
  const { extension, page } = scene;
  await page.bringToFront();
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  await extension.waitForSnapshot(isLive, 20_000, 'the call');
  const options = await extension.openPage('options');
  const fails = (where: string) => `setTimeout(() => { throw new TypeError('no "${secret}" in the ${where}') });
    void Promise.reject(new RangeError('no "${secret}" in the ${where}'));`;
  await (await extension.worker()).evaluate(fails('worker'));
  await (await extension.offscreen()).evaluate(fails('document'));
  await options.evaluate(fails('page'));
  const contexts = ['worker', 'document', 'page'];
  const seen: string[] = [];
  // As every other test would have found them.
  await expect
    .poll(() => {
      seen.push(...extension.uncaught.take());
      return contexts.filter((where) => seen.some((line) => line.includes(`in the ${where}`)));
    })
    .toEqual(contexts);
  await press(options, 'Show diagnostics');
  const box = await options.waitForSelector('.diagnostics textarea');
  const text = (await box?.evaluate((element) => (element as HTMLTextAreaElement).value)) ?? '';
  for (const where of contexts)
    for (const kind of ['TypeError', 'RangeError']) expect(text).toContain(`${kind}: no ‹…› in the ${where}`);
  expect(text).not.toContain(secret);
  expect(extension.snapshots.last?.phase).toBe('live');
});

describe('a person whose Parley does not answer', () => {
  it('is told so on a page that was open all along, reloads it there, and is on the same page again', async () => {
    scene = await openScene({ relay: 'none', developer: true });
    const { browser, extension } = scene;
    const options = await extension.openPage('options');
    await options.waitForSelector('main');
    const worker = await extension.worker();
    await worker.evaluate(() => {
      setTimeout(() => {
        for (const end = Date.now() + 20_000; Date.now() < end;);
      });
    });
    // They were elsewhere meanwhile, and come back.
    await options.evaluate(() => window.dispatchEvent(new Event('focus')));
    expect(await notice(options)).toBe('Parley is not answering. Reload it to start afresh.');
    const gone = new Promise((resolve) => options.once('close', resolve));
    await press(options, 'Reload extension');
    await gone;
    const again = await browser.waitForTarget((one) => one.url() === extension.url('options.html'), {
      timeout: 30_000,
    });
    await (await again.page())?.waitForSelector('h1');
  });
});

it('a panel that cannot be drawn says so and can be opened afresh', async () => {
  scene = await openScene({ relay: 'none' });
  const { extension } = scene;
  const panel = await extension.openPage('sidepanel');
  await panel.waitForSelector('.talk');
  const broken = { ...idleSnapshot, bootId: 'a', phase: 'live', microphone: true, microphoneTrouble: 'nonsense' };
  await extension.hidden.evaluate((snapshot) => {
    // As a host that lives would.
    void navigator.locks.request('parley-host', () => new Promise(() => undefined));
    new BroadcastChannel('parley-snapshots').postMessage(snapshot);
  }, broken);
  expect(await notice(panel)).toMatch(/^Something in Parley failed/);
  await press(panel, 'Try again');
  await panel.waitForSelector('.talk');
});
