/** The stores' pictures, drawn again by a browser. */
import { readFileSync } from 'node:fs';
import { launch, type Browser } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawings } from '../../assets/store/drawings.ts';
import { findBrowser } from '../support/browser.ts';

const executablePath = await findBrowser();
if (!executablePath) console.warn('Store pictures: not drawn again, because no browser was found (CHROME_PATH).');

/** On average, of 255: the edge of a curve is never drawn quite alike, and there is little of it. */
const tolerance = 0.1;

describe.skipIf(!executablePath)('The stores’ pictures', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch({
      executablePath: executablePath!,
      headless: true,
      pipe: true,
      args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
    });
  });
  afterAll(() => browser?.close());

  it.each(drawings)('$file shows what its drawing says; if not, run `node assets/store/make.ts`', async (drawing) => {
    const file = new URL(`../../assets/store/pictures/${drawing.file}.png`, import.meta.url);
    const sources = [
      `data:image/svg+xml;base64,${Buffer.from(drawing.svg).toString('base64')}`,
      `data:image/png;base64,${readFileSync(file, 'base64')}`,
    ];
    const page = await browser.newPage();
    const difference = await page.evaluate(
      async (addresses, width, height) => {
        const [drawn, kept] = await Promise.all(
          addresses.map(async (src) => {
            const image = Object.assign(new Image(), { src });
            await image.decode();
            const canvas = new OffscreenCanvas(width, height).getContext('2d')!;
            canvas.drawImage(image, 0, 0);
            return canvas.getImageData(0, 0, width, height).data;
          }),
        );
        return drawn!.reduce((sum, value, index) => sum + Math.abs(value - kept![index]!), 0) / drawn!.length;
      },
      sources,
      drawing.width,
      drawing.height,
    );
    expect(difference).toBeLessThanOrEqual(tolerance);
  });
});
