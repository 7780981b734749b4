/** A real window for a person, until they close it or press Ctrl-C. */
import type { Browser } from 'puppeteer';
import { openExtension } from '../support/extension.ts';
import { Narrator } from './narrator.ts';
import { questionText } from './options.ts';

export interface Window {
  browser: Browser;
  pageUrl: string;
  isOwnPage: boolean;
  relay: { url: string; deviceToken: string };
  say: (line: string) => void;
}

/** Resolves when the window is ready to talk. */
export async function openWindow({ browser, pageUrl, isOwnPage, relay, say }: Window): Promise<void> {
  const extension = await openExtension(browser);
  await extension.writeSettings({ relay: { url: relay.url, deviceToken: relay.deviceToken } });
  const page = (await browser.pages())[0] ?? (await browser.newPage());
  await page.goto(pageUrl, { waitUntil: 'domcontentloaded', timeout: 15_000 });
  await page.bringToFront();
  say('');
  say('Ready. In the window that opened:');
  say('  1. Click the Parley icon in the toolbar (it may be behind the puzzle piece), or press Alt+Shift+V.');
  say('  2. The first time, a page asks for the microphone: allow it.');
  say(isOwnPage ? '  3. Ask about the page. For example:' : `  3. Say: "${questionText}"`);
  if (isOwnPage) say('     "What is this page about?"');
  say('Click the icon again to mute or hang up. Ctrl-C here ends everything.');
  say('');
  const narrator = new Narrator(Date.now(), say);
  extension.snapshots.listen((seen) => narrator.see(seen));
}
