/** A page as it is to a person who has nothing but a keyboard. */
import type { KeyInput, Page } from 'puppeteer';

export interface Stop {
  /** As a screen reader would name it, or nearly. */
  name: string;
  /** What is wrong with it: nothing to be seen of the focus, out of sight, before what stands above it. */
  wrong: string[];
}

/** More stops than any page has. */
const mostStops = 150;

/** Looks at what has the focus; null: nothing in the page has. Runs in the page, and remembers the stop before. */
function lookAtFocus(): Stop | null {
  const world = globalThis as { stopBefore?: Element | undefined };
  const focused = document.activeElement as HTMLElement | null;
  const before = world.stopBefore;
  const isNothing = !focused || focused === document.body || focused === document.documentElement;
  world.stopBefore = isNothing ? undefined : focused;
  if (isNothing) return null;
  const labels = (focused as HTMLInputElement).labels;
  const label = labels?.[0];
  const name = focused.ariaLabel || label?.textContent || focused.textContent || focused.title || '';
  const wrong: string[] = [];
  if (!name.trim()) wrong.push('has no name');

  // A choice that is drawn by its label shows the focus there.
  const isDrawn = getComputedStyle(focused).opacity !== '0';
  const shown = isDrawn ? focused : (label ?? focused);
  const { outlineStyle, outlineWidth } = getComputedStyle(shown);
  if (outlineStyle === 'none' || Number.parseFloat(outlineWidth) < 1) wrong.push('does not show the focus');

  const { top, bottom, left, right } = shown.getBoundingClientRect();
  // Of a box for text, the browser brings the place of writing into sight.
  const isTall = bottom - top > innerHeight || focused instanceof HTMLTextAreaElement;
  const isInSight = isTall ? bottom > 0 && top < innerHeight : top >= -1 && bottom <= innerHeight + 1;
  if (!isInSight || left < -1 || right > innerWidth + 1)
    wrong.push(`is out of sight, from ${Math.round(top)} to ${Math.round(bottom)} px`);

  if (before?.isConnected) {
    const order = before.compareDocumentPosition(focused);
    const isOn = Boolean(order & Node.DOCUMENT_POSITION_FOLLOWING);
    const box = before.getBoundingClientRect();
    const [upper, lower] = isOn ? [box, { top, bottom }] : [{ top, bottom }, box];
    const bothInSight = upper.top >= 0 && lower.bottom <= innerHeight;
    if (bothInSight && lower.bottom <= upper.top) wrong.push('is read in another order than it is drawn in');
  }
  return { name: name.trim().replaceAll(/\s+/g, ' '), wrong };
}

/** Is this where the walk began? `isFirst`: it begins here. Runs in the page. */
function isRound(isFirst: boolean): boolean {
  const world = globalThis as { firstStop?: Element | null };
  if (isFirst) world.firstStop = document.activeElement;
  return !isFirst && world.firstStop === document.activeElement;
}

async function step(page: Page, back: boolean): Promise<Stop | null> {
  if (back) await page.keyboard.down('Shift');
  await page.keyboard.press('Tab');
  if (back) await page.keyboard.up('Shift');
  return page.evaluate(lookAtFocus);
}

/** The whole page once, from its top to its end, or back from its end to its top. Throws where Tab is trapped. */
export async function walk(page: Page, { back = false } = {}): Promise<Stop[]> {
  await page.evaluate(() => {
    const { body } = document;
    body.tabIndex = -1;
    body.focus();
    body.removeAttribute('tabindex');
  });
  const stops: Stop[] = [];
  // Between the last stop and the first, the browser has controls of its own; not in every window.
  while (stops.length < mostStops) {
    const stop = await step(page, back);
    if (stop && (await page.evaluate(isRound, stops.length === 0))) return stops;
    if (stop) stops.push(stop);
    else if (stops.length > 0) return stops;
  }
  throw new Error(
    `Tab does not leave the page: ${stops
      .slice(-6)
      .map(({ name }) => name)
      .join(' | ')}`,
  );
}

/** On with Tab, or back, until the focus is on what is called so. */
export async function tabTo(page: Page, name: RegExp, { back = false } = {}): Promise<void> {
  const seen: string[] = [];
  for (let count = 0; count < mostStops; count += 1) {
    const stop = await step(page, back);
    if (stop && name.test(stop.name)) return;
    seen.push(stop?.name ?? '(the browser)');
  }
  throw new Error(`Tab never came to ${name}, but to: ${[...new Set(seen)].join(' | ')}`);
}

/** Goes there and presses. */
export async function pressAt(
  page: Page,
  name: RegExp,
  key: KeyInput = 'Enter',
  way: { back?: boolean } = {},
): Promise<void> {
  await tabTo(page, name, way);
  await page.keyboard.press(key);
}

/** What has the focus now; empty: nothing. */
export async function focusOf(page: Page): Promise<string> {
  return (await page.evaluate(lookAtFocus))?.name ?? '';
}
