/** What a screen reader is told: by the live regions, of which the browser tells it every change. */
import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { isAnswered, isLive, linesOf, said } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** Keeps each text that comes into a live region, in order, with whether the assistant's voice was to be heard then. */
async function hear(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const heard: string[] = ((globalThis as { heard?: string[] }).heard = []);
    const regionOf = (node: Node) =>
      (node instanceof Element ? node : node.parentElement)?.closest('[aria-live], [role=status], [role=alert]');
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        for (const node of type === 'characterData' ? [target] : addedNodes) {
          const region = regionOf(node);
          const isSpoken = region && region.getAttribute('aria-live') !== 'off';
          if (isSpoken && node.textContent) heard.push(node.textContent);
        }
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true });
  });
  return () => page.evaluate(() => (globalThis as { heard?: string[] }).heard ?? []);
}

async function openPanel(options: SceneOptions) {
  scene = await openScene({ ...options, settings: { autoStart: false, ...options.settings } });
  const panel = await scene.extension.openPage('sidepanel');
  await panel.waitForSelector('main');
  return { ...scene, panel, heard: await hear(panel) };
}

const typed = 'What can you do?';

async function ask(panel: Page): Promise<void> {
  await panel.focus('textarea');
  await panel.keyboard.type(typed);
  await panel.keyboard.press('Enter');
}

describe('without the mode', () => {
  it('states are announced, and nothing of what is said', async () => {
    const { panel, heard, extension } = await openPanel({ microphone: 'none' });
    await ask(panel);
    await extension.waitForSnapshot(
      (snapshot) =>
        linesOf(snapshot, 'assistant').some(({ state }) => state === 'final') && snapshot.turn === 'waiting',
      30_000,
      'an answer',
    );
    await expect.poll(heard).toContain('Write to me');
    expect(await heard()).toContain('Thinking…');
    expect((await heard()).filter((text) => text.length > 40 || text.includes(typed))).toEqual([]);
  });
});

describe('in the mode for screen readers', () => {
  it('a question and its written answer are announced, each once and whole', async () => {
    const { panel, heard, extension } = await openPanel({ microphone: 'none', settings: { screenReader: true } });
    await ask(panel);
    const { lines } = await extension.waitForSnapshot(
      (snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'final'),
      30_000,
      'an answer',
    );
    const answer = lines.find(({ kind }) => kind === 'assistant') as { text: string };
    await expect.poll(heard).toContain(`Parley: ${answer.text.trim()}`);
    await expect.poll(heard).toContain('Write to me');
    const all = await heard();
    expect(all.filter((text) => text.startsWith('You: '))).toEqual([`You: ${typed}`]);
    expect(all.filter((text) => text.startsWith('Parley: '))).toHaveLength(1);
    expect(new Set(all.filter((text) => text === 'Write to me')).size).toBe(1);
    // Whoever reads on by themselves meets the lines in the conversation, and nowhere else.
    await expect
      .poll(() => panel.$eval('[aria-live=polite]', (region) => region.textContent), { timeout: 15_000 })
      .toBe('');
  });

  it('a spoken answer is heard once, from the loudspeaker, and nothing is announced over it', async () => {
    const { panel, heard, extension } = await openPanel({
      html: lighthouse,
      says: [{ text: 'Please tell me when the tower opens in the morning.' }],
      settings: { screenReader: true, talkMode: 'hold' },
    });
    await panel.focus('button.talk');
    await panel.keyboard.down('Space');
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await spoken(extension.snapshots);
    await panel.keyboard.up('Space');
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'an answer');
    await expect.poll(heard).toContain('Hold to talk');
    const all = await heard();
    expect(all.filter((text) => text.startsWith('You: '))).toEqual(said(answered).map((text) => `You: ${text}`));
    expect(all.filter((text) => text.startsWith('Parley: '))).toEqual([]);
    expect(all).not.toContain('Speaking');
    expect(all).not.toContain('Speak… release to send');
  });

  it('of two views that are open, one announces', async () => {
    const { panel, heard, browser, extension } = await openPanel({
      microphone: 'none',
      settings: { screenReader: true },
    });
    const other = await browser.newPage({ type: 'window' });
    await other.goto(extension.url('popup.html'));
    await other.waitForSelector('main');
    const heardThere = await hear(other);
    await extension.send({ type: 'say', text: typed });
    const both = async () => [...(await heard()), ...(await heardThere())];
    await expect.poll(both, { timeout: 30_000 }).toContainEqual(expect.stringMatching(/^Parley: /));
    await expect.poll(both).toContain('Write to me');
    expect((await both()).filter((text) => /^(Parley|You): /.test(text))).toHaveLength(2);
    expect(await panel.evaluate(() => document.hidden)).toBe(false);
  });

  it('is switched on in the options, and talking is by holding from then on until it is changed', async () => {
    const { browser, extension } = await openPanel({ microphone: 'none' });
    const options = await browser.newPage();
    await options.goto(extension.url('options.html'));
    await options.locator('text/I use a screen reader').click();
    const stored = async () => (await extension.readSettings())!;
    await expect.poll(async () => (await stored()).screenReader).toBe(true);
    expect((await stored()).talkMode).toBe('hold');
    await options.locator('text/Hands-free').click();
    await expect.poll(async () => (await stored()).talkMode).toBe('hands-free');
    expect((await stored()).screenReader).toBe(true);
  });
});

/** Resolves when somebody has spoken, and has been quiet for a second since. */
async function spoken({ levels }: Scene['extension']['snapshots']): Promise<void> {
  await expect
    .poll(
      () => {
        const loud = levels.map(({ level }) => level.microphone > 0.02);
        const last = loud.lastIndexOf(true);
        return last >= 0 && loud.length - last > 20;
      },
      { timeout: 30_000 },
    )
    .toBe(true);
}
