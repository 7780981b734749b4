import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExhibition, type Exhibition, type Look } from '../support/exhibition.ts';
import { faces, type Face } from '../support/exhibition/exhibit.ts';
import { exhibits } from '../support/exhibition/exhibits.ts';

let exhibition: Exhibition;
beforeAll(async () => {
  exhibition = await openExhibition();
});
afterAll(() => exhibition?.close());

/** The pill is inside of pages that have their own sizes; `talk-key.test.ts` measures it there. */
const ours = faces.filter((face) => face !== 'pill');

/** As narrow as each is met. A window of 640 px has 320 at 200 %; a popup of the most that the browser gives has 400. */
const sizes: [name: string, size: Record<Exclude<Face, 'pill'>, Look>][] = [
  [
    '320 px',
    {
      popup: { width: 360, height: 600 },
      sidepanel: { width: 320, height: 700 },
      options: { width: 320, height: 700 },
      welcome: { width: 320, height: 700 },
      microphone: { width: 320, height: 700 },
    },
  ],
  [
    '200 %',
    {
      popup: { width: 400, height: 300, zoom: 2 },
      sidepanel: { width: 280, height: 350, zoom: 2 },
      options: { width: 320, height: 400, zoom: 2 },
      welcome: { width: 320, height: 400, zoom: 2 },
      microphone: { width: 320, height: 400, zoom: 2 },
    },
  ],
];

/** What does not fit, a line each. Runs in the page. */
function misfits(least: number): string[] {
  const wrong: string[] = [];
  const nameOf = (element: Element) =>
    `${element.tagName.toLowerCase()}.${element.className} ${(element.textContent ?? '').trim().slice(0, 40)}`;
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth > clientWidth) wrong.push(`the page is ${scrollWidth} px wide in ${clientWidth}`);

  for (const element of document.querySelectorAll<HTMLElement>('body *')) {
    const { overflowX, textOverflow, clipPath } = getComputedStyle(element);
    // What is typed is longer than its box, and scrolls in it.
    const cuts = (overflowX === 'hidden' || overflowX === 'clip') && !element.matches('input, textarea');
    if (cuts && textOverflow !== 'ellipsis' && clipPath === 'none' && element.scrollWidth > element.clientWidth + 1)
      wrong.push(`cut off: ${nameOf(element)}`);
  }

  const controls = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, summary, a[href], [tabindex="0"]',
  );
  for (const control of controls) {
    if (!control.checkVisibility({ visibilityProperty: true })) continue;
    control.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    const label = control instanceof HTMLInputElement ? control.labels?.[0] : undefined;
    const rects = [control, ...(label ? [label] : [])].map((each) => each.getBoundingClientRect());
    const left = Math.min(...rects.map((rect) => rect.left));
    const right = Math.max(...rects.map((rect) => rect.right));
    const top = Math.min(...rects.map((rect) => rect.top));
    const bottom = Math.max(...rects.map((rect) => rect.bottom));
    const name = nameOf(label ?? control);
    if (left < -0.5 || right > innerWidth + 0.5) wrong.push(`beside the page: ${name}`);
    if (right - left < least - 0.5 || bottom - top < least - 0.5)
      wrong.push(`too small, ${Math.round(right - left)} by ${Math.round(bottom - top)} px: ${name}`);
    const own = control.getBoundingClientRect();
    // What scrolls by itself is as tall as it likes; its first line is enough.
    const hit = document.elementFromPoint(
      own.left + own.width / 2,
      Math.max(own.top, 0) + Math.min(own.height, 24) / 2,
    );
    // The figures lie over the rest until the person turns to it.
    const isReached =
      hit && (control.contains(hit) || hit.contains(control) || label?.contains(hit) || hit.closest('.cost[open]'));
    if (!isReached) wrong.push(`out of reach: ${name}, under ${hit ? nameOf(hit) : 'nothing'}`);
  }
  return wrong;
}

/** As WCAG 2.2 asks of targets, without its exceptions. CSS pixels. */
const leastPx = 24;

/** The longest of the three; `faces-words.test.ts` looks at the others, and at one that is longer still. */
const language = 'es';
/** For those whom motion makes ill. */
const lessMotion = [{ name: 'prefers-reduced-motion', value: 'reduce' }];

describe.each(sizes)('at %s', (_, looks) => {
  it.each(ours)(
    'nothing of the %s is cut off, too small, out of reach or moves',
    { timeout: 300_000 },
    async (face) => {
      const wrong: string[] = [];
      for (const exhibit of exhibits.filter((each) => each.face === face)) {
        const page = await exhibition.show(exhibit, { ...looks[face], language, features: lessMotion });
        const found = await page.evaluate(misfits, leastPx);
        expect(await page.evaluate(() => document.documentElement.lang)).toBe(language);
        const moving = await page.evaluate(() => document.getAnimations().length);
        if (moving > 0) found.push(`${moving} things move`);
        wrong.push(...found.map((each) => `${face} ${exhibit.name}: ${each}`));
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('without colours', () => {
  const features = [{ name: 'forced-colors', value: 'active' }];
  /** In all of these one may press to talk, and nobody speaks. */
  const atRest = new Set(['idle', 'ended', 'waiting', 'tap-resting', 'hold-resting']);
  const names = new Map(
    [
      'asking',
      'connecting',
      'listening',
      'hearing',
      'thinking',
      'reading',
      'speaking',
      'interrupting',
      'muted',
      'reconnecting',
      'hold-held',
      'typed',
      'fault-connection-lost',
      ...atRest,
    ].map((name) => [name, atRest.has(name) ? 'at rest' : name]),
  );

  const shapeOf = async (page: Page) => (await page.$('.talk'))!.screenshot({ encoding: 'base64' });

  it.each(['light', 'dark'] as const)('each state has a shape of its own (%s)', { timeout: 120_000 }, async (theme) => {
    const shapes = new Map<string, string>();
    for (const exhibit of exhibits.filter(({ face, name }) => face === 'popup' && names.has(name))) {
      const page = await exhibition.show(exhibit, { width: 360, height: 600, theme, features });
      const shape = await shapeOf(page);
      const other = shapes.get(shape);
      if (other) expect(names.get(exhibit.name), `${exhibit.name} and ${other}`).toBe(names.get(other));
      shapes.set(shape, exhibit.name);
    }
    expect(shapes.size).toBeGreaterThanOrEqual(new Set(names.values()).size);
  });
});
