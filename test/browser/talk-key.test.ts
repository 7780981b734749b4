import { afterEach, describe, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import type { Line, Snapshot } from '../../lib/protocol/snapshot.ts';
import { displayMissing, startDisplay, type Display } from '../support/display.ts';
import type { Extension } from '../support/extension.ts';
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

const talkKey = 'alt+shift+d';
const missing = displayMissing();

async function openWindow(options: SceneOptions): Promise<Scene & { display: Display }> {
  display = await startDisplay();
  scene = await openScene({ headless: false, display: display.name, html: lighthouse, ...options });
  await scene.page.bringToFront();
  return { ...scene, display };
}

const isHeld = ({ turn }: Snapshot) => turn === 'held';
const isUp = ({ phase }: Snapshot) => phase === 'live';
const isSpeaking = ({ turn }: Snapshot) => turn === 'speaking';
const said = ({ lines }: Snapshot) =>
  lines.filter((line): line is Extract<Line, { kind: 'person' }> => line.kind === 'person');
const isAnswered = ({ lines, turn }: Snapshot) =>
  turn === 'resting' && lines.some((line) => line.kind === 'assistant' && line.state === 'final');

/** As the page's own scripts see it: where it is, and nothing of what it says. */
const pillBox = (page: Page) =>
  page.evaluate(() => {
    const pill = [...document.documentElement.children].find((element) => element.matches('[popover]:popover-open'));
    const { x, y, width, height } = pill?.getBoundingClientRect() ?? new DOMRect();
    return { isThere: pill !== undefined, x: x + width / 2, y: y + height / 2, width, height };
  });

/** What the pill says, by way of the browser's accessibility tree: page scripts cannot look inside. */
async function pillSays(page: Page): Promise<string> {
  const session = await page.createCDPSession();
  const { nodes } = await session.send('Accessibility.getFullAXTree');
  await session.detach();
  const names = nodes.filter(({ role }) => role?.value === 'button').map(({ name }) => String(name?.value ?? ''));
  return names.find((name) => name.startsWith('Parley: '))?.slice('Parley: '.length) ?? '';
}

/** Resolves when the person has spoken, and has been quiet for so many of the 20 reports a second. */
async function untilSpoken({ snapshots }: Extension, quietReports: number): Promise<void> {
  await expect
    .poll(
      () => {
        const loud = snapshots.levels.map(({ level }) => level.microphone > 0.02);
        const last = loud.lastIndexOf(true);
        return last >= 0 && loud.length - last > quietReports;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
}

/** A held key repeats after 660 ms, then every 40 ms: what is told by repeats needs their time. */
const pass = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe.skipIf(missing)(`the talk key in a real window${missing ? ` (skipped: ${missing})` : ''}`, () => {
  it('held on a page: all that is said while it is down is one turn, and goes out when it comes up', async () => {
    const {
      extension,
      page,
      display: keys,
    } = await openWindow({
      // The pause would have ended a turn in hands-free.
      says: [{ text: 'Can you tell me' }, { text: 'how much a ticket costs?', afterS: 1.5 }],
      settings: { talkMode: 'hold' },
    });
    await keys.hold(talkKey);
    await extension.waitForSnapshot(isHeld, 20_000, 'the turn');
    await expect.poll(() => pillSays(page)).toBe('Speak… release to send');
    await untilSpoken(extension, 40);
    expect(extension.snapshots.last?.turn).toBe('held');
    expect(said(extension.snapshots.last!)).toEqual([]);

    await keys.release(talkKey);
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'the answer');
    expect(said(answered)).toHaveLength(1);
    expect(said(answered)[0]?.text.toLowerCase()).toMatch(/tell me.*ticket/);
    expect(JSON.stringify(answered.lines)).toMatch(/twelve/);
    await expect.poll(() => pillSays(page)).toBe('Hold to talk');

    await extension.send({ type: 'end' });
    await expect.poll(async () => (await pillBox(page)).isThere).toBe(false);
  });

  it('held on a page types nothing and keeps the focus, in whatever order the keys come up', async () => {
    const {
      extension,
      page,
      display: keys,
    } = await openWindow({
      html: '<title>Form</title><input>',
      settings: { talkMode: 'hold' },
    });
    await page.click('input');
    for (const comingUp of [
      ['alt', 'shift', 'd'],
      ['shift', 'alt', 'd'],
      ['d', 'shift', 'alt'],
    ]) {
      const seen = extension.snapshots.seen.length;
      for (const key of ['alt', 'shift', 'd']) await keys.hold(key);
      await extension.waitForSnapshot(isHeld, 20_000, 'the turn');
      await pass(900);
      for (const key of comingUp) await keys.release(key);
      await extension.waitForSnapshot((snapshot) => !isHeld(snapshot), 5000, 'the end of the turn');
      await expect.poll(() => extension.snapshots.last?.heardNothing, { timeout: 10_000 }).toBe(true);
      const begun = extension.snapshots.seen.slice(seen).filter(({ snapshot }) => isHeld(snapshot));
      expect(begun.length, 'and no other turn begins').toBeGreaterThan(0);
    }
    expect(await page.$eval('input', ({ value }) => value)).toBe('');
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  });

  it('held on the browser’s own pages: its repeats tell when it comes up', async () => {
    const { extension, page, display: keys } = await openWindow({ settings: { talkMode: 'hold' } });
    await page.goto('chrome://version');
    await page.bringToFront();
    await keys.hold(talkKey);
    await extension.waitForSnapshot(isHeld, 20_000, 'the turn');
    await pass(1500);
    expect(extension.snapshots.last?.turn).toBe('held');
    await keys.release(talkKey);
    await extension.waitForSnapshot((snapshot) => !isHeld(snapshot), 3000, 'the end of the turn');

    // Short: nobody saw it end, so the turn stays open for all to see until the next press.
    await keys.press(talkKey);
    await extension.waitForSnapshot(isHeld, 5000, 'the turn');
    expect(await badge(extension)).toBe('ON');
    await pass(1200);
    expect(extension.snapshots.last?.turn).toBe('held');
    await keys.press(talkKey);
    await extension.waitForSnapshot((snapshot) => !isHeld(snapshot), 3000, 'the end of the turn');
  });

  it('held while the worker dies: the pill ends the turn', async () => {
    const { extension, display: keys } = await openWindow({ settings: { talkMode: 'hold' } });
    await keys.hold(talkKey);
    await extension.waitForSnapshot((snapshot) => isHeld(snapshot) && isUp(snapshot), 20_000, 'the turn');
    await extension.killWorker();
    await keys.release(talkKey);
    await extension.waitForSnapshot((snapshot) => !isHeld(snapshot), 5000, 'the end of the turn');
  });

  it('in tap: a press begins the turn, another sends it', async () => {
    const { extension, display: keys } = await openWindow({
      says: [{ text: 'Can you tell me how much a ticket costs?' }],
      settings: { talkMode: 'tap' },
    });
    await keys.press(talkKey);
    await extension.waitForSnapshot(isHeld, 20_000, 'the turn');
    await untilSpoken(extension, 20);
    await keys.press(talkKey);
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'the answer');
    expect(JSON.stringify(answered.lines)).toMatch(/twelve/);
  });

  it('in hands-free stops the answer, as Escape on the page does', async () => {
    const { extension, display: keys } = await openWindow({
      says: [
        { text: 'Can you tell me what this page is about?' },
        { text: 'Can you tell me what this page is about?', afterS: 12 },
      ],
    });
    await keys.press('alt+shift+v');
    for (const key of ['Escape', talkKey]) {
      const seen = extension.snapshots.seen.length;
      const isNewAnswer = (snapshot: Snapshot) => isSpeaking(snapshot) && extension.snapshots.seen.length > seen;
      await extension.waitForSnapshot(isNewAnswer, 40_000, 'the answer to be spoken');
      await keys.press(key);
      const isCut = ({ turn, lines }: Snapshot) => {
        const last = lines.at(-1);
        return turn === 'listening' && last?.kind === 'assistant' && last.state === 'cut';
      };
      await extension.waitForSnapshot(isCut, 5000, `${key} to stop it`);
    }
  });
});

describe.skipIf(missing)('the pill', () => {
  it('is pressed by a hand, not by the page, which can neither read it, move it nor hide it', async () => {
    const { extension, page, display: keys } = await openWindow({ settings: { talkMode: 'hold' } });
    await keys.press('alt+shift+v');
    await extension.waitForSnapshot(({ turn }) => turn === 'resting', 20_000, 'the call');
    await expect.poll(() => pillSays(page)).toBe('Hold to talk');
    const before = await pillBox(page);

    const read = await page.evaluate(() => {
      const pill = [...document.documentElement.children].find((element) =>
        element.matches('[popover]'),
      ) as HTMLElement;
      for (const type of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
        pill.dispatchEvent(new PointerEvent(type, { bubbles: true, composed: true, isPrimary: true }));
      }
      pill.click();
      dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', code: 'Escape' }));
      pill.style.cssText = 'opacity: 0 !important; transform: scale(40) !important; inset: 0 !important';
      pill.animate([{ opacity: 0 }, { opacity: 0 }], { duration: 1e6, fill: 'forwards' });
      document.documentElement.style.transform = 'scale(.5)';
      const { opacity, transform } = getComputedStyle(pill);
      return { shadow: pill.shadowRoot, text: pill.innerText, opacity, transform };
    });
    expect(read).toEqual({ shadow: null, text: '', opacity: '1', transform: 'none' });
    expect(await pillBox(page)).toEqual(before);
    expect(extension.snapshots.seen.some(({ snapshot }) => isHeld(snapshot))).toBe(false);

    await page.mouse.move(before.x, before.y);
    await page.mouse.down();
    await extension.waitForSnapshot(isHeld, 5000, 'the hand to be felt');
    await page.mouse.up();
    await extension.waitForSnapshot((snapshot) => !isHeld(snapshot), 5000, 'the hand to be gone');
  });

  it('comes along to the next page of the same site', async () => {
    const { extension, page, display: keys } = await openWindow({});
    await keys.press('alt+shift+v');
    await extension.waitForSnapshot(({ turn }) => turn === 'listening', 20_000, 'the call');
    await expect.poll(() => pillSays(page)).toBe('Listening');
    await page.goto(new URL('/tickets', page.url()).href);
    await expect.poll(() => pillSays(page)).toBe('Listening');
  });

  it('goes when the extension does', async () => {
    const { extension, page, display: keys } = await openWindow({});
    await keys.press('alt+shift+v');
    await expect.poll(async () => (await pillBox(page)).isThere, { timeout: 20_000 }).toBe(true);
    await extension.hidden.evaluate(() => chrome.runtime.reload());
    await expect.poll(async () => (await pillBox(page)).isThere, { timeout: 10_000 }).toBe(false);
  });

  it('is not there when the settings say so', async () => {
    const { extension, page, display: keys } = await openWindow({ settings: { pill: false } });
    await keys.press('alt+shift+v');
    await extension.waitForSnapshot(({ turn }) => turn === 'listening', 20_000, 'the call');
    expect((await pillBox(page)).isThere).toBe(false);
  });
});

const badge = ({ hidden }: Extension) => hidden.evaluate(() => chrome.action.getBadgeText({}));
