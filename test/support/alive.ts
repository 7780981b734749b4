import type { Browser } from 'puppeteer';
import type { Extension } from './extension.ts';

/** What of the extension is alive, such as `service_worker background.js`; without the page that `openExtension` keeps. */
export function aliveOf(browser: Browser, extension: Extension): string[] {
  const root = extension.url('');
  return browser
    .targets()
    .filter((target) => target.url().startsWith(root) && target !== extension.hidden.target())
    .map((target) => `${target.type()} ${target.url().slice(root.length)}`);
}
