import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { sleepFor } from '../support/sleep.ts';
import { endsOfLine } from '../support/way.ts';
import { lighthouse } from './pages.ts';
import { isAnswered, isLive, linesOf } from './lines.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const answers = (seen: Snapshot) => linesOf(seen, 'assistant').map(({ text }) => text);
const question = 'Please tell me when the tower opens in the morning.';

describe('a call whose line is lost', () => {
  it.each(endsOfLine)('by %s comes back by itself, with everything that was said, and answers again', async (fault) => {
    scene = await openScene({ html: lighthouse, control: true });
    const { extension, page, engine } = scene;
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    const before = await extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
    await engine.add(fault, {}, { times: 1 });
    await extension.waitForSnapshot(({ phase }) => phase === 'reconnecting', 15_000, 'the loss');
    const back = await extension.waitForSnapshot(isLive, 15_000, 'another line');
    expect(back.callId).toBe(before.callId);
    expect(back.lines.slice(0, before.lines.length)).toEqual(before.lines);
    await extension.send({ type: 'say', text: question });
    await extension.waitForSnapshot(
      (seen) => isAnswered(seen) && answers(seen).some((text) => text.includes('nine')),
      30_000,
      'the second answer',
    );
  });

  it('because the server is gone without a word: the watch notices before the browser does', async () => {
    scene = await openScene({ html: lighthouse, control: true });
    const { extension, page, engine } = scene;
    await engine.add('udp-relay', {});
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await engine.add('vanish', {}, { calls: (await engine.calls())[0]!.id });
    await extension.waitForSnapshot(({ phase }) => phase === 'unstable', 10_000, 'the doubt');
    await extension.waitForSnapshot(({ phase }) => phase === 'reconnecting', 10_000, 'the loss');
    await extension.waitForSnapshot(isLive, 20_000, 'another line');
  });

  it('with the person speaking on: what they said while it was away is answered', async () => {
    scene = await openScene({ html: lighthouse, control: true, says: [{ text: question }], leadS: 7 });
    const { extension, page, engine } = scene;
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const popup = await extension.openPage('popup');
    // In front of it, the popup's tab would be the page in view.
    await page.bringToFront();
    await engine.add('http-delay', { ms: 7500 }, { times: 1 });
    await engine.add(endsOfLine[0], {}, { times: 1 });
    const lost = await extension.waitForSnapshot(({ phase }) => phase === 'reconnecting', 15_000, 'the loss');
    expect(lost.away).toMatchObject({ triesAt: null });
    await popup.waitForFunction(() => document.body.innerText.includes('What you say or type meanwhile is kept'));
    const answered = await extension.waitForSnapshot(
      (seen) => isAnswered(seen) && answers(seen).some((text) => text.includes('nine')),
      60_000,
      'the answer',
    );
    expect(linesOf(answered, 'person')).toHaveLength(1);
    expect(answered.away).toBeNull();
  });

  it('and that nobody opens again ends, and one press goes on where it stopped, also where nothing is kept', async () => {
    scene = await openScene({ html: lighthouse, control: true, settings: { keepCalls: false } });
    const { extension, page, engine } = scene;
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    const before = await extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
    await engine.add('http-refuse', { status: 401 });
    await engine.add(endsOfLine[0]);
    await extension.waitForSnapshot(({ phase }) => phase === 'failed', 20_000, 'the end');
    await engine.remove();
    const panel = await extension.openPage('sidepanel');
    await panel.locator('::-p-xpath(//button[normalize-space()="Go on"])').click();
    const back = await extension.waitForSnapshot(isLive, 20_000, 'the call that goes on');
    expect(back.callId).toBe(before.callId);
    expect(back.lines.slice(0, back.earlierLines)).toEqual(before.lines);
  });
});

describe('a call in which nobody should notice anything', () => {
  it('is not believed behind a sleep before the provider has answered, and goes on', async () => {
    scene = await openScene({ html: lighthouse, control: true });
    const { extension, page, browser } = scene;
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    const before = await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const from = extension.snapshots.seen.length;
    await sleepFor(browser, 4000);
    await expect
      .poll(() => extension.snapshots.seen.slice(from).some(({ snapshot }) => snapshot.phase === 'unstable'), {
        timeout: 10_000,
      })
      .toBe(true);
    expect((await extension.waitForSnapshot(isLive, 15_000, 'the call')).callId).toBe(before.callId);
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
  });

  it('gets another session before its own ends, and answers in it', async () => {
    scene = await openScene({ html: lighthouse, control: true });
    const { extension, page, engine } = scene;
    await engine.add('session-limit', { seconds: 15 });
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    const before = await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const [first] = await engine.calls();
    const isAnother = async () => (await engine.calls()).some(({ id }) => id !== first?.id);
    await expect.poll(isAnother, { timeout: 20_000 }).toBe(true);
    await expect.poll(async () => (await engine.calls()).some(({ id }) => id === first?.id)).toBe(false);
    expect((await extension.waitForSnapshot(isLive, 10_000, 'the call')).callId).toBe(before.callId);
    await engine.remove();
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    const after = await extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
    expect(after).toMatchObject({ callId: before.callId, fault: null });
  });
});
