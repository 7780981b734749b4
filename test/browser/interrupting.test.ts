import { afterEach, describe, expect, it } from 'vitest';
import { audible, startListening } from '../support/listen.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { isSpeaking, linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const about = { text: 'Can you tell me what this page is about?' };
const volume = async ({ extension }: Scene) => {
  const host = await extension.offscreen();
  return host.evaluate(() => document.querySelector('audio')?.volume);
};

describe('while the assistant speaks', () => {
  it('typing does not stop it, and it comes back to its full voice', async () => {
    scene = await openScene({ html: lighthouse, says: [about, { noise: 'keyboard', seconds: 4, afterS: 5 }] });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(isSpeaking, 40_000, 'an answer');
    const said = await extension.waitForSnapshot(
      (snapshot) => snapshot.turn === 'listening' && linesOf(snapshot, 'assistant').length > 0,
      60_000,
      'its end',
    );
    expect(linesOf(said, 'assistant').map(({ state }) => state)).toEqual(['final']);
    expect(await volume(scene)).toBe(1);
  });

  it('a voice stops it here, though the provider does not notice', async () => {
    scene = await openScene({
      html: lighthouse,
      says: [about, { text: 'Stop. Tell me how much a ticket costs.', afterS: 5 }],
      control: true,
    });
    const { extension, page, engine } = scene;
    await extension.clickToolbar(page);
    const listening = await startListening(await extension.offscreen());
    await extension.waitForSnapshot(isSpeaking, 40_000, 'an answer');
    await engine.add('drop-events', { types: ['input_audio_buffer.speech_started'] });
    await extension.waitForSnapshot(
      (snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'cut'),
      30_000,
      'the answer to be cut',
    );
    await expect.poll(() => listening.level(), { timeout: 3000, interval: 20 }).toBeLessThan(audible);
  });

  it('in a noisy room only a key stops it', async () => {
    scene = await openScene({
      html: lighthouse,
      says: [about, { text: 'Please read this page to me.', afterS: 4 }],
      settings: { noisyRoom: true },
    });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(isSpeaking, 40_000, 'an answer');
    const over = await extension.waitForSnapshot(({ turn }) => turn !== 'speaking', 40_000, 'its end');
    expect(linesOf(over, 'assistant').every(({ state }) => state !== 'cut')).toBe(true);
    // What was said meanwhile is answered; a key stops that answer.
    await extension.waitForSnapshot(isSpeaking, 40_000, 'the next answer');
    await extension.send({ type: 'talk-begin' });
    await extension.waitForSnapshot(
      (snapshot) => linesOf(snapshot, 'assistant').at(-1)?.state === 'cut',
      5000,
      'silence',
    );
  });
});
