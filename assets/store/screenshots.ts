/**
 * Screenshots for the stores, 1280 by 800, from the built extension in a real call with the local engine:
 * `npm run build && node assets/store/screenshots.ts`. They are left in `.output/store/`, by language.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer';
import { openScene } from '../../test/support/scene.ts';
import { pageOf, shownPages, type Shown } from './shown-pages.ts';

const output = fileURLToPath(new URL('../../.output/store/', import.meta.url));

const height = 800;
const pageWidth = 900;
const panelWidth = 380;

for (const shown of shownPages) {
  await mkdir(`${output}${shown.language}`, { recursive: true });
  await screenshots(shown);
}
console.log(`Screenshots are in ${output}`);

async function screenshots(shown: Shown): Promise<void> {
  const { language, questions } = shown;
  const scene = await openScene({
    html: pageOf(shown),
    microphone: 'none',
    settings: { autoStart: false, language },
  });
  try {
    const { browser, extension, page } = scene;
    const save = (name: string, picture: Uint8Array) => writeFile(`${output}${language}/${name}.png`, picture);
    await page.setViewport({ width: pageWidth, height });
    const panel = await extension.openPage('sidepanel');
    await panel.setViewport({ width: panelWidth, height });
    // The click on the icon is what lets Parley read the page.
    await page.bringToFront();
    await extension.clickToolbar(page);
    for (const [asked, question] of questions.entries()) {
      await panel.focus('textarea');
      await panel.keyboard.type(question);
      await panel.keyboard.press('Enter');
      await extension.waitForSnapshot(
        ({ lines, turn }) => turn === 'waiting' && lines.filter(({ kind }) => kind === 'assistant').length > asked,
        20_000,
        `the answer to ${question}`,
      );
    }
    const together = await browser.newPage();
    await together.setViewport({ width: pageWidth + panelWidth, height });
    for (const scheme of ['light', 'dark']) {
      const [left, right] = [await pictureOf(page, scheme), await pictureOf(panel, scheme)];
      await together.setContent(beside(left, right));
      await save(`call-${scheme}`, await together.screenshot());
    }
    const options = await extension.openPage('options');
    await options.setViewport({ width: pageWidth + panelWidth, height });
    await save('options', await options.screenshot());
  } finally {
    await scene.close();
  }
}

async function pictureOf(page: Page, scheme: string): Promise<string> {
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: scheme },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  await page.bringToFront();
  return `data:image/png;base64,${await page.screenshot({ encoding: 'base64' })}`;
}

/** As the browser shows them: the page, a hairline, the side panel. */
function beside(left: string, right: string): string {
  const style = 'body { margin: 0; display: flex } img { display: block } img + img { box-shadow: -1px 0 #8886 }';
  return `<style>${style}</style><img src="${left}"><img src="${right}">`;
}
