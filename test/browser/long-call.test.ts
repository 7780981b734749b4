import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostLock, snapshotChannel } from '../../lib/link/feed.ts';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { conversation, liveSnapshot, withWord } from '../bench/ui/pages/conversation.ts';
import { openScene, type Scene } from '../support/scene.ts';

describe('a conversation of 5,000 lines', () => {
  let scene: Scene;
  let panel: Page;
  let seq = 1;
  let lines = conversation(5000);
  /** As the host would, to the panel that is in view. */
  const publish = (snapshot: Snapshot) =>
    scene.extension.hidden.evaluate(
      (channel, value) => new BroadcastChannel(channel).postMessage(value),
      snapshotChannel,
      snapshot,
    );
  const hear = (word: string) => publish(liveSnapshot((seq += 1), (lines = withWord(lines, word))));
  const fromEnd = () =>
    panel.$eval('.transcript', (box) => Math.round(box.scrollHeight - box.scrollTop - box.clientHeight));
  const top = () => panel.$eval('.transcript', (box) => box.scrollTop);
  const has = (text: string) =>
    panel.waitForFunction((wanted) => document.body.textContent?.includes(wanted), {}, text);

  beforeAll(async () => {
    scene = await openScene({ microphone: 'none', relay: 'none', settings: { autoStart: false } });
    panel = await scene.extension.openPage('sidepanel');
    await panel.setViewport({ width: 360, height: 720 });
    await panel.waitForSelector('textarea');
    // Without it the panel would find that nobody holds this call.
    await scene.extension.hidden.evaluate((name) => {
      void navigator.locks.request(name, () => new Promise(() => undefined));
    }, hostLock);
    await publish(liveSnapshot(seq, lines));
    await panel.waitForFunction(() => document.querySelectorAll('.row').length === 5000);
  });
  afterAll(() => scene?.close());

  it('is shown at its end, and stays there while the answer grows', async () => {
    await expect.poll(fromEnd).toBeLessThan(2);
    await hear('lighthouse '.repeat(60));
    await has('lighthouse lighthouse');
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('is left where it is by a new word once the person has scrolled up', async () => {
    await panel.hover('.transcript');
    await panel.mouse.wheel({ deltaY: -30_000 });
    await panel.waitForSelector('.latest');
    // The wheel has come to rest.
    await expect.poll(async () => (await top()) - (await top())).toBe(0);
    const before = await top();
    await hear('keeper');
    await has('keeper');
    expect(await top()).toBe(before);
    await panel.click('.latest');
    await expect.poll(fromEnd).toBeLessThan(2);
  });

  it('is searched as a whole by the browser', async () => {
    await publish(liveSnapshot((seq += 1), (lines = lines.with(1, { ...lines[1]!, text: 'Fresnel lens' } as never))));
    await has('Fresnel lens');
    const find = () => (window as unknown as { find(text: string, ...options: boolean[]): boolean }).find;
    expect(await panel.evaluate(`(${find.toString()})()('Fresnel lens', false, true)`)).toBe(true);
  });

  it('is copied as a whole', async () => {
    await panel.evaluate(() => {
      const copied = globalThis as { copied?: string };
      navigator.clipboard.writeText = async (text) => void (copied.copied = text);
    });
    await panel.$eval('.copy-all button', (button) => (button as HTMLButtonElement).click());
    const text = () => panel.evaluate(() => (globalThis as { copied?: string }).copied ?? '');
    await expect.poll(text).toContain('Fresnel lens');
    expect((await text()).match(/What does the page say/g)).toHaveLength(1250);
    expect(await text()).toContain('keeper');
  });
});
