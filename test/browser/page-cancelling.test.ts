/** A reading that takes long: it shows, and the person need not wait for it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene;

beforeAll(async () => {
  scene = await openScene({
    html: lighthouse,
    microphone: 'none',
    settings: { autoStart: false, pageDigest: false },
  });
  await scene.extension.clickToolbar(scene.page);
}, 60_000);
afterAll(() => scene?.close());

/** From now on the page answers nobody, and a reading must wait for it. */
async function keepBusy(seconds: number): Promise<void> {
  await scene.page.evaluate((ms) => {
    setTimeout(() => {
      const end = Date.now() + ms;
      while (Date.now() < end);
    }, 0);
  }, seconds * 1000);
}

const readings = () => linesOf(scene.extension.snapshots.last!, 'tool');
const until = (state: string) =>
  expect.poll(() => scene.extension.snapshots.last?.turn, { timeout: 20_000, interval: 20 }).toBe(state);

describe('a page that does not answer', () => {
  it('is left alone when the person stops the reading, and nothing is said about it', async () => {
    const { extension } = scene;
    await extension.send({ type: 'say', text: 'hello' });
    await expect.poll(() => linesOf(extension.snapshots.last!, 'assistant').length, { timeout: 20_000 }).toBe(1);
    await until('waiting');
    await keepBusy(8);
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await until('reading');
    expect(readings()).toMatchObject([{ state: 'running' }]);

    await extension.send({ type: 'stop-answer' });
    await until('waiting');
    expect(readings()).toMatchObject([{ state: 'failed', fault: 'interrupted' }]);
    expect(linesOf(extension.snapshots.last!, 'assistant')).toHaveLength(1);
  }, 60_000);

  it('is read for the next question, when it answers again', async () => {
    const { extension } = scene;
    await scene.page.waitForFunction(() => true, { timeout: 20_000 });
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await expect
      .poll(() => linesOf(extension.snapshots.last!, 'assistant').at(-1)?.text, { timeout: 20_000 })
      .toMatch(/twelve euros/);
  }, 60_000);
});
