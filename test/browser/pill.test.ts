import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import { displayMissing, startDisplay, type Display } from '../support/display.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
let display: Display | undefined;
afterEach(async () => {
  await scene?.close();
  await display?.close();
  scene = undefined;
  display = undefined;
});

const missing = displayMissing();

/** A call that was begun by the shortcut on this page. */
async function callOn(html: string, options: SceneOptions = {}): Promise<Scene> {
  display = await startDisplay();
  scene = await openScene({ headless: false, display: display.name, html, ...options });
  await scene.page.bringToFront();
  await display.press('alt+shift+v');
  await scene.extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'the call');
  await expect.poll(() => box(scene!.page).then(({ width }) => width)).toBeGreaterThan(0);
  return scene;
}

/** As the page's own scripts see it. */
const box = (page: Page) =>
  page.evaluate(() => {
    const host = [...document.documentElement.children].find((element) => element.matches(':popover-open'));
    const { left, top, width, height } = host?.getBoundingClientRect() ?? new DOMRect();
    return { left, top, width, height };
  });

/** How much of the view gives its clicks to the pill. */
const felt = (page: Page) =>
  page.evaluate(() => {
    let points = 0;
    for (let y = 0; y < innerHeight; y += 5)
      for (let x = 0; x < innerWidth; x += 5)
        if (document.elementFromPoint(x, y)?.matches(':popover-open')) points += 1;
    return points;
  });

interface Part {
  role: string;
  name: string;
  pressed: boolean;
  at: { x: number; y: number };
}

/** What is in it, by way of the browser's accessibility tree: page scripts cannot look inside. */
async function parts(page: Page): Promise<Part[]> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  const found: Part[] = [];
  for (const { role, name, properties, backendDOMNodeId } of nodes) {
    if (!['button', 'StaticText'].includes(String(role?.value))) continue;
    const model = backendDOMNodeId
      ? await session.send('DOM.getBoxModel', { backendNodeId: backendDOMNodeId }).catch(() => null)
      : null;
    const [x1 = 0, y1 = 0, , , x2 = 0, y2 = 0] = model?.model.border ?? [];
    found.push({
      role: String(role?.value),
      name: String(name?.value ?? ''),
      pressed: properties?.some((each) => each.name === 'pressed' && each.value.value === 'true') ?? false,
      at: { x: (x1 + x2) / 2, y: (y1 + y2) / 2 },
    });
  }
  await session.detach();
  return found;
}

async function part(page: Page, name: RegExp): Promise<Part | undefined> {
  return (await parts(page)).find((each) => name.test(each.name));
}

const saysInIt = (page: Page, name: RegExp) => expect.poll(() => part(page, name), { timeout: 15_000 }).toBeDefined();

/** The hand goes to the pill, which opens. */
async function pointAt(page: Page): Promise<void> {
  const { left, top, width, height } = await box(page);
  await page.mouse.move(left + width / 2, top + height / 2, { steps: 3 });
  await saysInIt(page, /^Hang up$/);
}

async function press(page: Page, name: RegExp): Promise<void> {
  const { at } = (await part(page, name))!;
  await page.mouse.click(at.x, at.y);
}

describe.skipIf(missing)(`the pill on the page${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('opens under the hand on what was said last, and mutes, and hangs up', async () => {
    const { page, extension } = await callOn(lighthouse);
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await pointAt(page);
    await saysInIt(page, /You: How much is a ticket\?/);
    await saysInIt(page, /twelve euros/);

    await press(page, /^Mute$/);
    await extension.waitForSnapshot(({ muted }) => muted, 5000, 'the mute');
    await expect.poll(() => part(page, /^Unmute$/)).toMatchObject({ pressed: true });
    await press(page, /^Unmute$/);
    await extension.waitForSnapshot(({ muted }) => !muted, 5000, 'the microphone');

    // The hand goes away, and with it the words.
    await page.mouse.move(5, 5);
    await expect.poll(() => part(page, /twelve euros$|^Hang up$|^You: /)).toBeUndefined();
    await pointAt(page);
    await press(page, /^Hang up$/);
    await extension.waitForSnapshot(({ phase }) => phase === 'ended', 5000, 'the end');
    await expect.poll(() => box(page).then(({ width }) => width)).toBe(0);
  });

  it('stops the answer', async () => {
    const { page, extension } = await callOn(lighthouse);
    await pointAt(page);
    await extension.send({ type: 'say', text: 'What is this page about?' });
    await extension.waitForSnapshot(({ turn }) => turn === 'speaking', 20_000, 'the answer');
    await press(page, /^Stop answer$/);
    const isCut = ({ lines }: { lines: { kind: string; state: string }[] }) =>
      lines.some(({ kind, state }) => kind === 'assistant' && state === 'cut');
    await extension.waitForSnapshot(isCut, 5000, 'the answer to stop');
  });

  it('says nothing that a page can find, select, copy or measure', async () => {
    const { page, extension } = await callOn(lighthouse);
    await pointAt(page);
    const [size, area] = [await box(page), await felt(page)];
    expect(area).toBeGreaterThan(0);
    await extension.send({ type: 'say', text: 'Please tell me of the quagga.' });
    await saysInIt(page, /quagga/);
    await extension.waitForSnapshot(
      ({ turn, lines }) => turn === 'listening' && lines.some(({ kind }) => kind === 'assistant'),
      20_000,
      'the end of the answer',
    );
    const learnt = await page.evaluate(() => {
      const { find: search } = window as unknown as { find(...options: unknown[]): boolean };
      const find = (text: string) => {
        getSelection()!.removeAllRanges();
        return search(text, false, false, true);
      };
      getSelection()!.selectAllChildren(document.documentElement);
      const selected = String(getSelection());
      document.execCommand('selectAll');
      let copied = '';
      document.addEventListener('copy', ({ clipboardData }) => (copied = clipboardData?.getData('text/plain') ?? ''));
      document.execCommand('copy');
      return {
        tower: find('tower opens'),
        quagga: find('quagga'),
        state: find('Listening'),
        text: document.documentElement.innerText + document.documentElement.textContent + selected + copied,
      };
    });
    expect(learnt).toMatchObject({ tower: true, quagga: false, state: false });
    expect(learnt.text).toContain('twelve euros');
    expect(learnt.text).not.toMatch(/quagga|Listening|Hang up/);
    expect(await box(page)).toEqual(size);
    expect(await felt(page)).toBe(area);
  });

  it('shows no words of the call when the settings want none', async () => {
    const { page, extension } = await callOn(lighthouse, { settings: { pillCaptions: false } });
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await extension.waitForSnapshot(({ lines }) => lines.some(({ kind }) => kind === 'assistant'), 20_000, 'words');
    await pointAt(page);
    await expect.poll(() => box(page).then(({ height }) => height)).toBeLessThan(120);
    expect(await part(page, /^You: /)).toBeUndefined();
  });

  it('is moved by hand and by keys, and stays there on the next page', async () => {
    const { page } = await callOn(lighthouse);
    const before = await box(page);
    const { at } = (await part(page, /^Move/))!;
    await page.mouse.move(at.x, at.y);
    await page.mouse.down();
    await page.mouse.move(20, 20, { steps: 8 });
    await page.mouse.up();
    await page.mouse.move(900, 500);
    await expect.poll(() => box(page)).toMatchObject({ height: before.height, left: 16, top: 16 });

    await page.goto(new URL('/tickets', page.url()).href);
    await expect.poll(() => box(page), { timeout: 10_000 }).toMatchObject({ left: 16, top: 16 });

    await page.evaluate(() => document.body.replaceChildren());
    for (let count = 0; count < 10 && !(await isFocusedIn(page)); count += 1) await page.keyboard.press('Tab');
    await saysInIt(page, /^Hang up$/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowRight');
    await expect.poll(() => box(page).then(({ left, top }) => left > 16 && top > 16)).toBe(true);
  });

  it('goes out of the way of what gets the focus, and back', async () => {
    const form = `<title>Form</title><body style="margin:0">
      <input id="top" style="position:fixed;top:10px;left:300px;width:600px">
      <input id="bottom" style="position:fixed;bottom:20px;left:300px;width:600px">`;
    const { page } = await callOn(form);
    const at = await box(page);
    const overlaps = (id: string) =>
      page.evaluate((field) => {
        const host = [...document.documentElement.children].find((element) => element.matches(':popover-open'))!;
        const [a, b] = [host, document.querySelector(field)!].map((element) => element.getBoundingClientRect());
        return a!.left < b!.right && b!.left < a!.right && a!.top < b!.bottom && b!.top < a!.bottom;
      }, id);
    expect(await overlaps('#bottom')).toBe(true);
    await page.focus('#bottom');
    await expect.poll(() => overlaps('#bottom')).toBe(false);
    // A field that comes to where the pill has gone.
    await page.$eval('#bottom', (field) =>
      Object.assign((field as HTMLElement).style, { inset: '10px auto auto 300px' }),
    );
    await expect.poll(() => overlaps('#bottom'), { timeout: 5000 }).toBe(false);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('bottom');
    await page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await expect.poll(() => box(page)).toEqual(at);
  });
});

/** Its host is all that the page is told of. */
const isFocusedIn = (page: Page) => page.evaluate(() => document.activeElement?.matches(':popover-open') ?? false);
