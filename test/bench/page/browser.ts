/** A browser with the reader in an empty page that has no network. */
import { launch, type Page } from 'puppeteer';
import { findBrowser } from '../../support/browser.ts';
import { bundleAs } from '../../support/page-reader.ts';

export interface Lab {
  page: Page;
  close(): Promise<void>;
}

/** `entry`: exports what the page will have as `lab`. */
export async function openLab(entry: string, paths: string[] = []): Promise<Lab> {
  const executablePath = await findBrowser();
  if (!executablePath) throw new Error('There is no browser: set CHROME_PATH.');
  const code = await bundleAs('lab', entry, { paths });
  const browser = await launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    void request.respond({
      contentType: 'text/html',
      // Handed down to the frames: nothing is loaded, nothing runs.
      headers: { 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'" },
      body: '<!doctype html><body></body>',
    });
  });
  await page.goto('http://lab.test/');
  await page.evaluate(code.replace(/^var lab\b/m, 'globalThis.lab'));
  return { page, close: () => browser.close() };
}
