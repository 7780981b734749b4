/** Pictures of what a page shows, no larger than that. */
import type { Page } from 'puppeteer';
import type { Exhibition } from '../exhibition.ts';
import type { Exhibit } from '../exhibition/exhibit.ts';
import { exhibits } from '../exhibition/exhibits.ts';
import { readPng, type Picture } from './png.ts';
import { isShownInLongTongues, longViewOf, viewsOf, type LongTongue } from './views.ts';

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

/** `exhibition`: of a build that speaks it. */
export async function* longPictures(exhibition: Exhibition, tongue: LongTongue): AsyncGenerator<[string, Picture]> {
  for (const exhibit of exhibits.filter(isShownInLongTongues)) {
    const { name, look } = longViewOf(exhibit, tongue);
    yield [name, await takePicture(await exhibition.show(exhibit, look), exhibit)];
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
