import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { isAnswered, isLive, isSpeaking, linesOf, said } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const question = 'Please tell me when the tower opens in the morning.';

/** A call that runs, seen from the side panel in a tab of its own. */
async function inPanel(options: SceneOptions) {
  scene = await openScene({ html: lighthouse, ...options });
  const { extension } = scene;
  const panel = await extension.openPage('sidepanel');
  const button = await panel.waitForSelector('button.talk');
  const { x, y, width, height } = (await button!.boundingBox())!;
  return { extension, panel, at: { x: x + width / 2, y: y + height / 2 } };
}

const turnIs = (turn: Snapshot['turn']) => (snapshot: Snapshot) => snapshot.turn === turn;

describe('holding', () => {
  it('with the mouse sends what was said while it was held, also when the press began the call', async () => {
    const { extension, panel, at } = await inPanel({
      says: [{ text: question }],
      leadS: 0.2,
      settings: { talkMode: 'hold' },
    });
    await panel.mouse.move(at.x, at.y);
    await panel.mouse.down();
    await extension.waitForSnapshot(turnIs('held'), 15_000, 'the turn');
    await extension.waitForSnapshot(isLive, 15_000, 'the call');
    await spoken(extension.snapshots);
    await panel.mouse.up();
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'an answer');
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
    expect(answered.turn).toBe('resting');
  });

  it('with Space does the same, and nothing that is said between turns is sent', async () => {
    const { extension, panel } = await inPanel({
      says: [{ text: 'Can you tell me what this page is about?' }, { text: question, afterS: 6 }],
      settings: { talkMode: 'hold' },
      control: true,
    });
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(turnIs('resting'), 15_000, 'a call at rest');
    await spoken(extension.snapshots);
    await panel.focus('button.talk');
    await panel.keyboard.down('Space');
    await extension.waitForSnapshot(turnIs('held'), 5000, 'the turn');
    await spoken(extension.snapshots);
    await panel.keyboard.up('Space');
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'an answer');
    expect(said(answered)).toHaveLength(1);
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
  });

  it('in silence sends nothing and says so', async () => {
    const { extension, panel, at } = await inPanel({ settings: { talkMode: 'hold' } });
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(turnIs('resting'), 15_000, 'a call at rest');
    await panel.mouse.move(at.x, at.y);
    await panel.mouse.down();
    await extension.waitForSnapshot(turnIs('held'), 5000, 'the turn');
    await panel.mouse.up();
    const { lines } = await extension.waitForSnapshot(({ heardNothing }) => heardNothing, 5000, 'the reason');
    expect(lines).toEqual([]);
    await panel.waitForFunction(() => /heard nothing/i.test(document.body.innerText), { timeout: 5000 });
  });

  it('with a finger works too', async () => {
    const { extension, panel, at } = await inPanel({ settings: { talkMode: 'hold' } });
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(turnIs('resting'), 15_000, 'a call at rest');
    const finger = await panel.touchscreen.touchStart(at.x, at.y);
    await extension.waitForSnapshot(turnIs('held'), 5000, 'the turn');
    await finger.end();
    await extension.waitForSnapshot(turnIs('resting'), 5000, 'rest');
  });
});

describe('tapping', () => {
  it('begins a turn, and another tap ends it', async () => {
    const { extension, panel, at } = await inPanel({
      says: [{ text: question }],
      settings: { talkMode: 'tap' },
    });
    await panel.mouse.click(at.x, at.y);
    await extension.waitForSnapshot(turnIs('held'), 15_000, 'the turn');
    await spoken(extension.snapshots);
    await panel.mouse.click(at.x, at.y);
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'an answer');
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
  });
});

describe('hands-free', () => {
  it('can be changed to hold and back during the call, and hears again', async () => {
    const { extension } = await inPanel({ says: [{ text: question, afterS: 8 }] });
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(turnIs('listening'), 15_000, 'the call');
    await extension.writeSettings({ talkMode: 'hold' });
    await extension.waitForSnapshot(turnIs('resting'), 5000, 'rest');
    await extension.writeSettings({ talkMode: 'hands-free' });
    const answered = await extension.waitForSnapshot(isAnswered, 60_000, 'an answer');
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
  });

  it('waits as long as the person is patient, and "I am done" ends the turn at once', async () => {
    const { extension, panel } = await inPanel({
      says: [{ text: question }],
      settings: { vadSilenceMs: 10_000 },
    });
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(turnIs('hearing'), 20_000, 'a voice');
    await spoken(extension.snapshots);
    expect(extension.snapshots.last?.turn).toBe('hearing');
    await panel.evaluate(() => {
      const done = [...document.querySelectorAll('button')].find((each) => /done/i.test(each.textContent ?? ''));
      (done as HTMLButtonElement).click();
    });
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'an answer');
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
  });

  it('stops the answer at Escape', async () => {
    const { extension, panel } = await inPanel({ says: [{ text: 'Can you tell me what this page is about?' }] });
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isSpeaking, 40_000, 'an answer');
    await pressEscape(panel);
    await extension.waitForSnapshot(
      (snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'cut'),
      5000,
      'silence',
    );
    expect(extension.snapshots.last?.phase).toBe('live');
  });
});

async function pressEscape(page: Page): Promise<void> {
  await page.bringToFront();
  await page.keyboard.press('Escape');
}

/** Waits until the microphone has heard somebody, and then half a second of nobody. */
async function spoken(snapshots: Scene['extension']['snapshots']): Promise<void> {
  const isLoud = () => (snapshots.levels.at(-1)?.level.microphone ?? 0) > 0.01;
  await expect.poll(isLoud, { timeout: 30_000, interval: 20 }).toBe(true);
  let quietSince = Date.now();
  await expect
    .poll(
      () => {
        if (isLoud()) quietSince = Date.now();
        return Date.now() - quietSince;
      },
      { timeout: 30_000, interval: 20 },
    )
    .toBeGreaterThan(600);
}
