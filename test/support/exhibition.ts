/**
 * The built extension without relay or call, in which every face can be seen in every state: what a page is told comes from
 * plain data (`exhibition/exhibits.ts`), the clock and the devices stand still, and what is drawn is drawn the same again.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer';
import type { PillNote } from '../../lib/protocol/pill.ts';
import type { Settings } from '../../lib/protocol/settings.ts';
import { idleSnapshot, type Level } from '../../lib/protocol/snapshot.ts';
import { builtExtension, launchBrowser } from './browser.ts';
import type { Exhibit } from './exhibition/exhibit.ts';
import { now, pageSeen } from './exhibition/lines.ts';
import { setStage, type Staged } from './exhibition/stage.ts';
import { Stored } from './exhibition/stored.ts';
import { openExtension, type Extension } from './extension.ts';
import { servePage } from './scene.ts';

export interface Look {
  /** CSS pixels. */
  width: number;
  height: number;
  /** Of the pixels: 2 is 200 %, where a window has half as many CSS pixels. */
  zoom?: number;
  theme?: 'light' | 'dark';
  /** Of the person. Default: English. */
  language?: Settings['language'];
  /** Further media features, such as `forced-colors`. */
  features?: { name: string; value: string }[];
}

export interface Exhibition {
  browser: Browser;
  extension: Extension;
  /** The face in its state, in a page that is used again: it stands until the next call. */
  show(exhibit: Exhibit, look: Look): Promise<Page>;
  /** What is shown, in another size or theme. */
  turn(look: Omit<Look, 'language'>): Promise<Page>;
  close(): Promise<void>;
}

const fonts = fileURLToPath(new URL('font/fonts.conf', import.meta.url));

const patienceMs = 10_000;

/** `extensionDir`: another build than the usual one. */
export async function openExhibition({ extensionDir = builtExtension } = {}): Promise<Exhibition> {
  const browser = await launchBrowser({
    headless: true,
    extensionDir,
    extraArgs: ['--lang=en-US', '--font-render-hinting=none', '--disable-lcd-text', '--force-color-profile=srgb'],
    // Where fontconfig rules: the same letters on every machine.
    env: { TZ: 'UTC', LANGUAGE: 'en_US', LANG: 'en_US.UTF-8', FONTCONFIG_FILE: fonts },
  });
  const extension = await openExtension(browser);
  const site = await servePage(
    '<!doctype html><title>A page</title><style>:root{color-scheme:light dark}body{font:16px system-ui}</style>',
  );
  const pill = await readFile(join(extensionDir, 'pill.js'), 'utf8');
  const page = await browser.newPage();
  const stored = new Stored(extension);
  let stage: string | null = null;

  let level: Level | null = null;

  async function wear(look: Look): Promise<void> {
    await page.setViewport({ width: look.width, height: look.height, deviceScaleFactor: look.zoom ?? 1 });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: look.theme ?? 'light' },
      ...(look.features ?? []),
    ]);
  }

  async function turn(look: Look): Promise<Page> {
    await wear(look);
    await page.evaluate(settle, level);
    return page;
  }

  async function show(exhibit: Exhibit, look: Look): Promise<Page> {
    await stored.make(exhibit, look.language);
    await wear(look);
    level = exhibit.level ?? null;
    if (stage) await page.removeScriptToEvaluateOnNewDocument(stage);
    stage = null;
    // Another page before it, or a fragment alone would load nothing.
    await page.goto('about:blank');
    if (exhibit.face === 'pill') {
      await page.goto(site.url);
      await showPill(page, pill, noteOf(exhibit, look));
    } else {
      ({ identifier: stage } = await page.evaluateOnNewDocument(setStage, stagedOf(exhibit)));
      await page.goto(extension.url(`${exhibit.face}.html${exhibit.address ?? ''}`));
      await page.waitForSelector('main');
      await act(page, exhibit);
    }
    await page.evaluate(drawn);
    await page.evaluate(settle, level);
    return page;
  }

  return {
    browser,
    extension,
    show,
    turn,
    async close() {
      await browser.close();
      await site.close();
      extension.uncaught.check();
    },
  };
}

function stagedOf({ snapshot, ...exhibit }: Exhibit): Staged {
  const answers = { 'page-in-view': pageSeen, ...exhibit.answers };
  return { ...exhibit, answers, snapshot: { ...idleSnapshot, ...snapshot }, now };
}

function noteOf({ snapshot }: Exhibit, { language = 'en' }: Look): PillNote {
  const { phase, turn, talkMode } = { ...idleSnapshot, ...snapshot };
  return { target: 'pill', state: { phase, turn, mode: talkMode, language, theme: 'auto' }, arm: false, place: null };
}

async function act(page: Page, { does = [], shows = [] }: Exhibit): Promise<void> {
  const there = async (selector: string) => (await page.waitForSelector(selector, { timeout: patienceMs }))!;
  for (const each of does) {
    if ('press' in each) await (await there(each.press)).click();
    else await (await there(each.into)).type(each.write);
  }
  for (const selector of shows) await there(selector);
  // Nothing lies under the pointer.
  await page.mouse.move(0, 0);
}

type PillWorld = { told?: (note: unknown, sender: { id: string }) => void };

/** Puts the pill's own script into a page, with as much of the extension around it as it asks for. */
async function showPill(page: Page, script: string, note: PillNote): Promise<void> {
  await page.evaluate(() => {
    const onMessage = {
      addListener: (listener: () => void) => Object.assign(globalThis, { told: listener }),
      removeListener: () => undefined,
    };
    const runtime = { id: 'parley', onMessage, sendMessage: () => new Promise(() => undefined) };
    Object.assign(globalThis, { chrome: { runtime } });
  });
  await page.evaluate(script);
  await page.evaluate((told) => (globalThis as PillWorld).told?.(told, { id: 'parley' }), note);
}

/** What is fetched is there when nothing was drawn for a moment. */
function drawn(): Promise<void> {
  const quietMs = 60;
  return new Promise((resolve) => {
    let timer = setTimeout(resolve, quietMs);
    new MutationObserver(() => {
      clearTimeout(timer);
      timer = setTimeout(resolve, quietMs);
    }).observe(document, { subtree: true, childList: true, characterData: true });
  });
}

/** The level is told, and what moves stands still where it would be after a while. */
async function settle(level: Level | null): Promise<void> {
  const frame = () => new Promise(requestAnimationFrame);
  if (level) {
    // Of all that listen, this one is told last.
    const last = new BroadcastChannel('parley-levels');
    const told = new Promise((resolve) => last.addEventListener('message', resolve));
    new BroadcastChannel('parley-levels').postMessage(level);
    await told;
    last.close();
  }
  await document.fonts.ready;
  await frame();
  await frame();
  for (const animation of document.getAnimations()) {
    const { endTime = 0 } = animation.effect?.getComputedTiming() ?? {};
    if (Number.isFinite(Number(endTime))) animation.finish();
    else {
      animation.pause();
      animation.currentTime = 500;
    }
  }
  await frame();
}
