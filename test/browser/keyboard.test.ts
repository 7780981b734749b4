/** The whole product with a keyboard and nothing else. */
import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { focusOf, pressAt, tabTo, walk, type Stop } from '../support/keyboard.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { isLive, isSpeaking, linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

async function open(name: 'popup' | 'sidepanel' | 'options' | 'welcome', options: SceneOptions = {}) {
  scene = await openScene({ ...options, settings: { autoStart: false, ...options.settings } });
  const { extension, browser } = scene;
  const page = await browser.newPage();
  await page.goto(extension.url(`${name}.html`));
  await page.waitForSelector('main');
  return { ...scene, page };
}

const textOf = (page: Page) => page.evaluate(() => document.body.innerText);
const shows = (page: Page, words: RegExp) => expect.poll(() => textOf(page), { timeout: 20_000 }).toMatch(words);
const focusIs = (page: Page, name: RegExp) => expect.poll(() => focusOf(page), { timeout: 10_000 }).toMatch(name);

/** Every stop is named, seen and in order, nothing holds the focus, and the way back is the way there. */
async function walkBothWays(page: Page): Promise<string[]> {
  const there = await walk(page);
  const back = await walk(page, { back: true });
  for (const { name, wrong } of [...there, ...back]) expect(wrong, name).toEqual([]);
  // That button comes and goes as the walk scrolls the conversation.
  const lasting = (stops: Stop[]) => stops.map(({ name }) => name).filter((name) => name !== 'Go to the latest');
  expect(lasting(back).toReversed()).toEqual(lasting(there));
  return lasting(there);
}

const phaseIs = (phase: Snapshot['phase']) => (snapshot: Snapshot) => snapshot.phase === phase;
const isMuted = ({ muted }: Snapshot) => muted;
const question = 'Please tell me when the tower opens in the morning.';

describe('the first page by keyboard', () => {
  it('is agreed to, gone through and closed', async () => {
    const { page } = await open('welcome', { agreed: false, permission: 'ask' });
    await focusIs(page, /Before you begin/);
    expect(await walkBothWays(page)).toEqual(['I agree', 'Not now']);
    await pressAt(page, /^I agree/);

    await focusIs(page, /Allow the microphone|Say something/);
    await pressAt(page, /^Connect a relay/, 'Enter', { back: true });
    await focusIs(page, /Connect a relay/);
    await walkBothWays(page);
    // Arrows choose among the ways to connect.
    await tabTo(page, /Address and token/);
    for (const [way, words] of [
      ['Pairing link', /Pairing code/],
      ['Try it without a key', /npm start/],
    ] as const) {
      await page.keyboard.press('ArrowRight');
      await focusIs(page, new RegExp(way));
      await shows(page, words);
    }
    await walkBothWays(page);
    for (const title of [/Allow the microphone/, /Say something/, /Parley is at hand/]) {
      await pressAt(page, /^(Next|Skip this step)/);
      await focusIs(page, title);
      await walkBothWays(page);
    }
  });
});

describe('the options by keyboard', () => {
  it('are walked through, and every kind of field is changed', async () => {
    const { page, extension } = await open('options');
    const stored = async () => (await extension.readSettings())!;
    const names = await walkBothWays(page);
    expect(names.length).toBeGreaterThan(25);

    await pressAt(page, /^Hands-free/, 'ArrowRight');
    await expect.poll(async () => (await stored()).talkMode).toBe('tap');
    await pressAt(page, /^Patience/, 'ArrowRight');
    await expect.poll(async () => (await stored()).patience).toBe(3);
    await pressAt(page, /^Noisy room/, 'Space');
    await expect.poll(async () => (await stored()).noisyRoom).toBe(true);
    await pressAt(page, /own figures/, 'Enter');
    await tabTo(page, /^Language/);
    await page.keyboard.press('End');
    await shows(page, /Opciones/);
    for (const key of ['Home', 'ArrowDown'] as const) await page.keyboard.press(key);
    await shows(page, /Behaviour/);
    await pressAt(page, /^I use a screen reader/, 'Space');
    await expect.poll(async () => (await stored()).talkMode).toBe('hold');
  });

  it('erase nothing before a second press, and Escape takes the first one back', async () => {
    const { page, extension } = await open('options');
    await pressAt(page, /^Erase everything/);
    // On the way out, not on the press that cannot be taken back.
    await focusIs(page, /^Cancel/);
    await page.keyboard.press('Escape');
    await focusIs(page, /^Erase everything/);
    expect((await extension.readSettings())?.relay.deviceToken).toBe(scene!.relay.deviceToken);

    await page.keyboard.press('Enter');
    await tabTo(page, /^Erase everything/, { back: true });
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await extension.readSettings())?.relay.deviceToken ?? '').toBe('');
    await focusIs(page, /^Erase everything/);
  });
});

describe('the popup by keyboard', () => {
  it('begins a call, mutes it, stops the answer, opens the panel and hangs up', async () => {
    const { page, extension } = await open('popup', { html: lighthouse, says: [{ text: question }] });
    // A tab is no popup: what the press opens would be beside another window.
    await page.evaluate(() => {
      chrome.sidePanel.open = () => {
        document.title = 'panel opened';
        return new Promise(() => undefined);
      };
    });
    await walkBothWays(page);
    await pressAt(page, /^Press to talk/);
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await focusIs(page, /^Press to/);

    await extension.waitForSnapshot(isSpeaking, 60_000, 'an answer');
    await page.keyboard.press('Escape');
    await extension.waitForSnapshot(({ turn }) => turn === 'listening', 10_000, 'the stop');

    await pressAt(page, /^Mute/, 'Space');
    await extension.waitForSnapshot(isMuted, 5000, 'silence');
    await focusIs(page, /^Unmute/);
    await walkBothWays(page);
    await tabTo(page, /^Unmute/);
    await page.keyboard.press('Space');
    await extension.waitForSnapshot((snapshot) => !isMuted(snapshot), 5000, 'the microphone');

    await pressAt(page, /^Open side panel/);
    await expect.poll(() => page.title()).toBe('panel opened');
    await tabTo(page, /^Hang up/);
    await page.keyboard.press('Enter');
    await extension.waitForSnapshot(phaseIs('ended'), 10_000, 'the end');
    // Where one would begin again, and not at the top of the page.
    await focusIs(page, /^Press to talk/);

    await pressAt(page, /^Hands-free/, 'ArrowRight');
    await expect.poll(async () => (await extension.readSettings())?.talkMode).toBe('tap');
    await focusIs(page, /^Tap/);
  });

  it('holds the talk button by Space, and by Enter, for as long as the key is down', async () => {
    const { page, extension } = await open('popup', { settings: { talkMode: 'hold' } });
    await tabTo(page, /^Hold to talk|^Press to talk/);
    for (const key of ['Space', 'Enter'] as const) {
      await page.keyboard.down(key);
      await extension.waitForSnapshot(({ turn }) => turn === 'held', 20_000, `the turn by ${key}`);
      await extension.waitForSnapshot(isLive, 20_000, 'the call');
      await focusIs(page, /^Release to send/);
      await page.keyboard.up(key);
      await extension.waitForSnapshot(({ turn }) => turn === 'resting', 10_000, `the end of it by ${key}`);
    }
  });
});

describe('the panel by keyboard', () => {
  it('asks, reads, copies, unfolds what was sent, and shows the words on the page', async () => {
    const { page: panel, extension } = await open('sidepanel', { html: lighthouse, microphone: 'none' });
    const site = scene!.page;
    // The page is the tab in view, and the click on the icon lets Parley read it.
    await site.bringToFront();
    await extension.clickToolbar(site);
    await panel.evaluate(() => document.querySelector('textarea')?.focus());
    await panel.keyboard.type('How much is a ticket?');
    await panel.keyboard.press('Enter');
    await extension.waitForSnapshot(
      (snapshot) => snapshot.turn === 'waiting' && linesOf(snapshot, 'tool').some(({ quote }) => quote),
      30_000,
      'the answer and its quote',
    );
    await panel.bringToFront();
    await shows(panel, /twelve euros/);
    await walkBothWays(panel);

    await tabTo(panel, /^Copy all/);
    await panel.keyboard.press('ArrowUp');
    await focusIs(panel, /^Copy$/);
    await panel.keyboard.press('Enter');
    await shows(panel, /Copied/);

    await pressAt(panel, /^Searched/, 'Enter');
    await panel.waitForSelector('.sent pre');
    await walkBothWays(panel);
    await tabTo(panel, /^Searched/);
    await panel.keyboard.press('Enter');
    await panel.waitForSelector('.sent pre', { hidden: true });

    await pressAt(panel, /^“.*”/u, 'Enter');
    await shows(panel, /Shown on the page|marked/i);
  });

  it('finds a past call, renames it, and throws it away after a second press', async () => {
    const { page: panel, extension } = await open('sidepanel', { microphone: 'none' });
    await focusIs(panel, /Write a message/);
    await panel.keyboard.type('What can you do?');
    await panel.keyboard.press('Enter');
    await extension.waitForSnapshot(
      (snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'final'),
      30_000,
      'an answer',
    );
    await pressAt(panel, /^Hang up/);
    await extension.waitForSnapshot(phaseIs('ended'), 10_000, 'the end');
    await focusIs(panel, /^Press to talk/);

    await pressAt(panel, /^Past calls/);
    await focusIs(panel, /^Search past calls/);
    await panel.keyboard.type('can you');
    await shows(panel, /What can you do\?/);
    await walkBothWays(panel);
    await panel.focus('input[type=search]');
    await panel.keyboard.press('Escape');
    await expect.poll(() => panel.$eval('input[type=search]', ({ value }) => value)).toBe('');

    await pressAt(panel, /^What can you do\?/);
    await focusIs(panel, /^All past calls/);
    await pressAt(panel, /^Rename/);
    await panel.keyboard.press('Escape');
    await focusIs(panel, /^Rename/);
    await panel.keyboard.press('Enter');
    await panel.keyboard.type('What it does');
    await panel.keyboard.press('Enter');
    await focusIs(panel, /^Rename/);
    await expect.poll(() => panel.$eval('.past h2', (title) => title.textContent)).toBe('What it does');
    await walkBothWays(panel);

    // Back in the list one is where one was.
    await tabTo(panel, /^Rename/);
    await panel.keyboard.press('Escape');
    await focusIs(panel, /^What it does/);
    await panel.keyboard.press('Enter');
    await pressAt(panel, /^Delete/);
    await focusIs(panel, /^Cancel/);
    await panel.keyboard.press('Escape');
    await focusIs(panel, /^Delete/);
    await panel.keyboard.press('Enter');
    await pressAt(panel, /^Delete/, 'Enter', { back: true });
    await shows(panel, /No calls yet/);
    await focusIs(panel, /^Search past calls/);
    await panel.keyboard.press('Escape');
    await focusIs(panel, /Write a message/);
  });
});
