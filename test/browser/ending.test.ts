/** Calls that end by themselves, and what is left of a call that is not to be kept. */
import { afterEach, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const hasAnswer = (snapshot: Snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'final');

/** Of past calls, as any page of the extension finds them. */
const keptCalls = ({ extension }: Scene) =>
  extension.hidden.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('parley-calls');
        opening.addEventListener('error', () => reject(opening.error));
        opening.addEventListener('success', () => {
          const db = opening.result;
          if (!db.objectStoreNames.contains('calls')) {
            db.close();
            return resolve(0);
          }
          const count = db.transaction('calls').objectStore('calls').count();
          count.addEventListener('success', () => {
            db.close();
            resolve(count.result);
          });
        });
      }),
  );

it('a call that is forgotten says when it will end, stays for a person who is there, and ends without one', async () => {
  scene = await openScene({ microphone: 'none', settings: { autoStart: false, idleAfterMs: 30_000 } });
  const { extension } = scene;
  await extension.send({ type: 'say', text: 'What can you do?' });
  const warned = ({ endsIdleAt }: Snapshot) => endsIdleAt !== null;
  const { endsIdleAt } = await extension.waitForSnapshot(warned, 40_000, 'the warning');
  expect(endsIdleAt! - Date.now()).toBeGreaterThan(5_000);
  // As the button of a view does.
  await extension.send({ type: 'mute', muted: false });
  await extension.waitForSnapshot((snapshot) => !warned(snapshot), 2_000, 'that somebody is there');
  await extension.waitForSnapshot(warned, 40_000, 'the second warning');
  const ended = await extension.waitForSnapshot(({ phase }) => phase === 'ended', 20_000, 'the end');
  expect(ended).toMatchObject({ endReason: 'idle', endsIdleAt: null });
  await expect.poll(() => extension.hasOffscreen(), { timeout: 10_000 }).toBe(false);
  expect(await keptCalls(scene)).toBe(1);
}, 150_000);

it('a call that is not to be kept leaves nothing behind', async () => {
  scene = await openScene({ microphone: 'none', settings: { autoStart: false, keepCalls: false } });
  const { extension } = scene;
  await extension.send({ type: 'say', text: 'What can you do?' });
  await extension.waitForSnapshot(hasAnswer, 30_000, 'an answer');
  await extension.send({ type: 'end' });
  await extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end');
  await expect.poll(() => extension.hasOffscreen(), { timeout: 10_000 }).toBe(false);
  expect(await keptCalls(scene)).toBe(0);
});
