import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import { displayMissing, startDisplay, type Display } from '../support/display.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { said } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
let display: Display | undefined;
afterEach(async () => {
  await scene?.close();
  await display?.close();
  scene = undefined;
  display = undefined;
});

const textOf = (page: Page, selector: string) =>
  page.$eval(selector, (element) => (element as HTMLElement).innerText).catch(() => '');
const shows = (page: Page, text: RegExp, selector = '.page-chip') =>
  expect.poll(() => textOf(page, selector), { timeout: 10_000 }).toMatch(text);
const pressChip = (page: Page) => page.locator('.page-chip > button').click();

async function openPopup(options: SceneOptions): Promise<Scene & { popup: Page }> {
  scene = await openScene({ ...options, settings: { autoStart: false, ...options.settings } });
  return { ...scene, popup: await scene.extension.clickToolbar(scene.page) };
}

describe('the chip in the popup', () => {
  it('names the page whose icon was pressed, and says that it can be read', async () => {
    const { popup, page } = await openPopup({ html: lighthouse });
    await shows(popup, /Visiting the lighthouse[^]*can be read/);
    await shows(popup, new RegExp(new URL(page.url()).host));
    await pressChip(popup);
    await shows(popup, /password field, you are asked first/);
  });

  it('says of a site on the list that it is never read, and leads to the list', async () => {
    const { popup, browser, extension } = await openPopup({
      html: lighthouse,
      settings: { neverRead: ['127.0.0.1'] },
    });
    await shows(popup, /is never read/);
    await pressChip(popup);
    await shows(popup, /Your list is in the options/);
    await popup.locator('.page-chip [role=status] button').click();
    await browser.waitForTarget((target) => target.url().startsWith(extension.url('options.html')), { timeout: 5000 });
  });

  it('says of a private site that it asks first, and follows the settings', async () => {
    const { popup, extension } = await openPopup({ html: lighthouse, settings: { askFirst: ['127.0.0.1'] } });
    await shows(popup, /you are asked first/);
    await pressChip(popup);
    await shows(popup, /Nothing is read until you allow it/);
    await extension.writeSettings({ askFirst: [] });
    await shows(popup, /can be read/);
  });

  it('has no sign of reading on the browser’s own pages', async () => {
    scene = await openScene({ settings: { autoStart: false } });
    await scene.page.goto('chrome://version');
    const popup = await scene.extension.clickToolbar(scene.page);
    await shows(popup, /cannot be read/);
    await pressChip(popup);
    await shows(popup, /lets no extension read its own pages/);
  });

  it('lets no title speak for the host, nor be more than text', async () => {
    const title = '\u202ebank.example \u2066<b id="made">can be read</b>' + 'x'.repeat(5000);
    const { popup } = await openPopup({
      html: `<script>document.title = ${JSON.stringify(title).replaceAll('<', '\\u003c')}</script>`,
    });
    await shows(popup, /127\.0\.0\.1:\d+/);
    const drawn = await popup.$eval('.page-chip > button', (chip) => {
      const [shown, host] = ['.title', 'bdi'].map((part) => chip.querySelector<HTMLElement>(part)!);
      return {
        made: chip.querySelector('#made') !== null,
        characters: shown!.textContent.length,
        isolated: [shown!, host!].map((element) => getComputedStyle(element).unicodeBidi),
        lines: shown!.getBoundingClientRect().height < 30,
        fits: chip.scrollWidth <= chip.clientWidth,
      };
    });
    expect(drawn).toEqual({
      made: false,
      characters: 150,
      isolated: ['isolate', 'isolate'],
      lines: true,
      fits: true,
    });
  });
});

const missing = displayMissing();

/** The real one, beside the page: a hidden panel follows nothing. */
async function openPanel(): Promise<Scene & { panel: Page }> {
  display = await startDisplay();
  scene = await openScene({ html: lighthouse, headless: false, display: display.name, microphone: 'none' });
  await scene.page.bringToFront();
  await display.press('alt+shift+s');
  const { browser, extension } = scene;
  const target = await browser.waitForTarget((each) => each.url().startsWith(extension.url('sidepanel.html')), {
    timeout: 10_000,
  });
  const panel = await target.asPage();
  await shows(panel, /can be read/);
  return { ...scene, panel };
}

const starters = (panel: Page) => panel.$$eval('.starters .chip', (chips) => chips.map((chip) => chip.textContent));
const pressStarter = (panel: Page, text: string) => panel.locator(`.starters ::-p-text(${text})`).click();

describe.skipIf(missing)(`the chip and the starters in the panel${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('follow the tab in view and where it goes', async () => {
    const { panel, page, browser } = await openPanel();
    await shows(panel, /Visiting the lighthouse/);
    await page.evaluate(() => (document.title = 'Closed today'));
    await shows(panel, /Closed today/);

    // Another site: the press on the icon was not for that one.
    await page.goto(page.url().replace('127.0.0.1', 'localhost'));
    await shows(panel, /needs your click first/);
    await pressChip(panel);
    await shows(panel, /Press the toolbar icon[^]*Let Parley read/);
    expect(await starters(panel)).toContain('Summarise this page');

    const other = await browser.newPage();
    await other.goto('chrome://version');
    await shows(panel, /cannot be read/);
    await expect.poll(() => starters(panel)).toEqual(['What can you do?']);
    await other.close();
    await shows(panel, /needs your click first/);
  });

  it('begin a question that the person ends, and one about the page that is answered', async () => {
    const { panel, extension } = await openPanel();
    await pressStarter(panel, 'What does it say about');
    await panel.keyboard.type('tickets?');
    expect(await panel.$eval('textarea', ({ value }) => value)).toBe('What does this page say about tickets?');
    await panel.keyboard.press('Enter');
    await expect.poll(() => textOf(panel, '.transcript'), { timeout: 20_000 }).toMatch(/twelve euros/);
    expect(said(extension.snapshots.last!)).toEqual(['What does this page say about tickets?']);
    expect(await panel.$('.starters')).toBeNull();
  });

  it('explain what is selected, also in the middle of a call', async () => {
    const { panel, page, extension } = await openPanel();
    await extension.send({ type: 'start', microphone: false });
    await extension.waitForSnapshot(({ phase, lines }) => phase === 'live' && lines.length > 0, 20_000, 'the outline');
    expect(await starters(panel)).not.toContain('Explain the selected text');
    await page.evaluate(() => getSelection()!.selectAllChildren(document.querySelectorAll('p')[3]!));
    await panel.mouse.move(100, 5);
    await panel.mouse.move(100, 200);
    await panel.evaluate(() => dispatchEvent(new Event('focus')));
    await expect.poll(() => starters(panel), { timeout: 5000 }).toContain('Explain the selected text');
    await pressStarter(panel, 'Explain the selected text');
    await expect.poll(() => textOf(panel, '.transcript'), { timeout: 20_000 }).toMatch(/Martha/);
    const { lines } = extension.snapshots.last!;
    expect(lines.some((line) => line.kind === 'tool' && line.name === 'read_selection')).toBe(true);
  });
});
