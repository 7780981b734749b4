/** Pictures of what a page shows, no larger than that. */
import type { Page } from 'puppeteer';
import type { Exhibition } from '../exhibition.ts';
import type { Exhibit } from '../exhibition/exhibit.ts';
import { readPng, type Picture } from './png.ts';
import { viewsOf } from './views.ts';

/** One after the other, each with the name it is kept by. */
export async function* pictures(exhibition: Exhibition, exhibit: Exhibit): AsyncGenerator<[string, Picture]> {
  const [first, ...others] = viewsOf(exhibit);
  const page = await exhibition.show(exhibit, first.look);
  yield [first.name, await takePicture(page, exhibit)];
  for (const { name, look } of others) {
    await exhibition.turn(look);
    yield [name, await takePicture(page, exhibit)];
  }
}

/** CSS pixels around a pill, for its shadow. */
const aroundPill = 12;

async function takePicture(page: Page, { face, crop = 'main' }: Exhibit): Promise<Picture> {
  const clip = await page.evaluate(
    (selector, around) => {
      const { scrollHeight, clientWidth, lastElementChild } = document.documentElement;
      const shown = selector ? document.querySelector(selector) : lastElementChild;
      if (!shown) throw new Error(`Nothing is shown: ${selector}`);
      const box = shown.getBoundingClientRect();
      return selector
        ? { x: 0, y: 0, width: clientWidth, height: Math.min(scrollHeight, Math.ceil(box.bottom + scrollY)) }
        : { x: box.x - around, y: box.y - around, width: box.width + 2 * around, height: box.height + 2 * around };
    },
    // What is outside of everything else is the pill.
    face === 'pill' ? null : crop,
    aroundPill,
  );
  return readPng(await page.screenshot({ clip, captureBeyondViewport: true, optimizeForSpeed: true }));
}
