/** Writes the stores' pictures anew after a change of the icon: `node assets/store/make.ts`. Needs a browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { launch } from 'puppeteer';
import { findBrowser } from '../../test/support/browser.ts';
import { png } from '../icons/draw.ts';
import { mark } from '../icons/shapes.ts';
import { drawings, logoSize } from './drawings.ts';

const folder = new URL('pictures/', import.meta.url);
mkdirSync(folder, { recursive: true });
writeFileSync(new URL(`logo-${logoSize}.png`, folder), png(mark, logoSize));

const executablePath = await findBrowser();
if (!executablePath)
  throw new Error('There is no browser: set CHROME_PATH, or run `node test/support/setup.mjs install`.');
const browser = await launch({
  executablePath,
  headless: true,
  args: ['--disable-gpu', '--force-color-profile=srgb', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const page = await browser.newPage();
for (const { file, width, height, svg } of drawings) {
  writeFileSync(new URL(`${file}.svg`, folder), svg);
  await page.setViewport({ width, height });
  await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${svg}`);
  writeFileSync(new URL(`${file}.png`, folder), await page.screenshot({ type: 'png' }));
}
await browser.close();
