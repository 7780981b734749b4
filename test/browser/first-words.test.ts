import { afterEach, describe, expect, it } from 'vitest';
import { wordErrors } from '../support/recognise.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesToChoose } from '../support/way.ts';
import { isAnswered, isLive, linesOf, said } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const question = 'Please tell me when the tower opens in the morning.';

describe('what is said before the line is open', () => {
  it.each([
    ...linesToChoose.map((line) => [line, line, 2500] as const),
    ['the quickest connection there is', 'auto', 0] as const,
  ])('is heard whole, once, and answered: %s', async (_name, transport, delayMs) => {
    scene = await openScene({
      html: lighthouse,
      says: [{ text: question }],
      leadS: 0.05,
      control: true,
      settings: { transport },
    });
    const { extension, page, engine } = scene;
    if (delayMs > 0) await engine.add('http-delay', { ms: delayMs }, { times: 1 });
    await extension.clickToolbar(page);
    if (delayMs > 0) {
      const waiting = await extension.waitForSnapshot(({ turn }) => turn === 'listening', 15_000, 'an open ear');
      expect(waiting.phase).toBe('connecting');
    }
    const answered = await extension.waitForSnapshot(isAnswered, 60_000, 'an answer');
    expect(said(answered)).toHaveLength(1);
    expect(wordErrors(question, said(answered)[0]!), said(answered)[0]).toBeLessThanOrEqual(1);
    expect(linesOf(answered, 'assistant').at(-1)?.text).toMatch(/nine/);
  });

  it('is followed by what is said afterwards', async () => {
    scene = await openScene({
      html: lighthouse,
      says: [{ text: question }, { text: 'Stop. Tell me how much a ticket costs.', afterS: 9 }],
      leadS: 0.1,
      control: true,
    });
    const { extension, page, engine } = scene;
    await engine.add('http-delay', { ms: 1500 }, { times: 1 });
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const answered = await extension.waitForSnapshot(
      (snapshot) => linesOf(snapshot, 'assistant').some(({ text }) => /twelve/.test(text)),
      60_000,
      'the second answer',
    );
    expect(said(answered)).toHaveLength(2);
    expect(said(answered)[1]?.toLowerCase()).toContain('ticket');
  });
});

describe('a panel that is open', () => {
  it('has the call ready before the button is pressed, and asks for one grant only', async () => {
    scene = await openScene({ html: lighthouse, control: true });
    const { extension, engine } = scene;
    await extension.openPage('sidepanel');
    await expect.poll(async () => (await engine.calls()).length, { timeout: 15_000 }).toBe(1);
    expect(extension.snapshots.last?.phase ?? 'idle').toBe('idle');
    await extension.send({ type: 'start', microphone: true });
    await extension.waitForSnapshot(isLive, 10_000, 'the call');
    // The very call that waited: there is no second one.
    expect(await engine.calls()).toHaveLength(1);
  });

  it('prepares nothing when warming up is turned off', async () => {
    scene = await openScene({ html: lighthouse, control: true, settings: { warmUp: false } });
    const { extension, engine } = scene;
    const panel = await extension.openPage('sidepanel');
    await panel.waitForSelector('textarea');
    await extension.send({ type: 'warm' });
    expect(extension.hasOffscreen()).toBe(false);
    expect(await engine.calls()).toHaveLength(0);
  });
});
