/** What the panel shows of a reading, and the clicks in it: one call, from the refusal to a chip whose tab is gone. */
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene;
let panel: Page;
let popup: Page;

beforeAll(async () => {
  scene = await openScene({
    html: lighthouse,
    microphone: 'none',
    settings: { autoStart: false, askFirst: ['127.0.0.1'] },
  });
  panel = await scene.extension.openPage('sidepanel');
  // The panel stays beside the page: the page is the tab in view, and the click on the icon lets Parley read it.
  await scene.page.bringToFront();
  popup = await scene.extension.clickToolbar(scene.page);
}, 60_000);
afterAll(() => scene?.close());

/** Asked now and then, because a page that is not in front draws no frames to wait for. */
const textOf = (page: Page) => page.evaluate(() => document.body.innerText);
const shows = (page: Page, words: RegExp) => expect.poll(() => textOf(page), { timeout: 20_000 }).toMatch(words);

/** A press that needs no window in front: puppeteer's own would bring the page there. */
async function press(page: Page, words: RegExp): Promise<void> {
  const pressed = await page.evaluate((pattern) => {
    const fits = (each: HTMLElement) => new RegExp(pattern, 'u').test(each.innerText);
    const found = [...document.querySelectorAll<HTMLElement>('button, summary')].findLast(fits);
    found?.click();
    return found !== undefined;
  }, words.source);
  expect(pressed, `something to press that says ${words}`).toBe(true);
}

const hostOf = (page: Page) => new URL(page.url()).host;

/** Everything that the call sends from now on, as it goes over the line. */
async function watchWire(offscreen: Page): Promise<() => Promise<string[]>> {
  await offscreen.evaluate(() => {
    const wire: string[] = ((globalThis as { wire?: string[] }).wire = []);
    for (const line of [WebSocket.prototype, RTCDataChannel.prototype]) {
      const send = line.send as (data: unknown) => void;
      line.send = function sendAndKeep(this: unknown, data: unknown) {
        if (typeof data === 'string') wire.push(data);
        send.call(this, data);
      };
    }
  });
  return () => offscreen.evaluate(() => (globalThis as { wire?: string[] }).wire ?? []);
}

describe('a site that asks first', () => {
  it('is read after a click in the panel, and the question goes on by itself', async () => {
    const { extension, page } = scene;
    await panel.focus('textarea');
    await panel.keyboard.type('How much is a ticket?');
    await panel.keyboard.press('Enter');

    await shows(panel, /may hold private things/);
    const button = new RegExp(`Let Parley read ${hostOf(page)} in this call`);
    await shows(panel, button);
    await shows(popup, button);
    expect(
      linesOf(extension.snapshots.last!, 'assistant')
        .map(({ text }) => text)
        .join(),
    ).not.toMatch(/twelve/);

    const wire = await watchWire(await extension.offscreen());
    await press(panel, button);
    await shows(panel, /until this call ends\. The answer goes on by itself\./);
    await shows(panel, /twelve euros/);
    expect(await textOf(panel)).not.toMatch(button);

    // A row opens on exactly what went over the line, and on nothing that is more than text.
    await press(panel, /^(Searched|Read) the page/);
    await expect.poll(() => panel.$eval('.sent pre', (pre) => pre.textContent)).toContain('twelve euros');
    const shown = await panel.$$eval('.sent pre', (all) => all.map((pre) => [pre.textContent, pre.childElementCount]));
    const outputs = (await wire())
      .map((text) => JSON.parse(text) as { item?: { type?: string; output?: string } })
      .flatMap(({ item }) => (item?.type === 'function_call_output' ? [item.output] : []));
    expect(shown).toHaveLength(1);
    expect(outputs).toContain(shown[0]![0]);
    expect(shown[0]![1]).toBe(0);
  }, 60_000);
});

describe('a chip', () => {
  const chip = () => panel.$eval('.chip.quote', (each) => each.textContent);

  it('shows the words of the answer on their page again, also when the call is over', async () => {
    const { extension } = scene;
    await expect.poll(chip, { timeout: 10_000 }).toMatch(/“A ticket costs twelve euros.*”Visiting the lighthouse/);
    await extension.send({ type: 'end' });
    await expect.poll(() => textOf(panel), { timeout: 10_000 }).toMatch(/You hung up/);
    await panel.bringToFront();
    await press(panel, /A ticket costs twelve euros/);
    await shows(panel, /Marked on the page again/);
    expect(await scene.page.evaluate(() => document.visibilityState)).toBe('visible');
  }, 40_000);

  it('whose tab is gone shows the whole address, and opens it on another click only', async () => {
    const { browser, page } = scene;
    const origin = `http://${hostOf(page)}`;
    await page.close();
    const before = (await browser.pages()).length;
    await press(panel, /A ticket costs twelve euros/);
    await expect.poll(() => panel.$eval('.leads code', (code) => code.textContent)).toContain(`${origin}/#:~:text=`);
    expect(await panel.$eval('.leads code b', (part) => part.textContent)).toBe(origin);
    expect(await panel.$$eval('a', (links) => links.length)).toBe(0);
    expect(await browser.pages()).toHaveLength(before);
    await press(panel, /^Open it in a new tab$/);
    const opened = await browser.waitForTarget((target) => target.url().startsWith(`${origin}/`), { timeout: 10_000 });
    expect(await (await opened.asPage()).title()).toBe('Visiting the lighthouse');
  }, 40_000);
});
