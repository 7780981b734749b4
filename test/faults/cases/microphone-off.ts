/** The microphone light is off within a second of every end, as the sound server sees it. */
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, PlayedCase } from '../case.ts';
import { callUp, goesDark, soundOf } from '../sound/talk.ts';

/** `after`: what ends the call; it may resolve with when it did. */
function darkAfter(
  id: PlayedCase['id'],
  shape: string,
  after: (scene: Scene) => Promise<number | void>,
  more: Partial<PlayedCase> = {},
): FaultCase {
  return {
    id,
    shape: `the microphone light, ${shape}`,
    scene: { microphone: 'room' },
    needs: 'sound',
    targets: { detectedMs: 1000 },
    async play(scene) {
      const sound = soundOf(scene);
      await callUp(scene);
      if ((await sound.recording()) !== 1) throw new Error(`${await sound.recording()} programs record in a call`);
      const before = performance.now();
      const ended = (await after(scene)) ?? before;
      return { saw: 'The browser’s own sign of recording is gone.', detectedMs: await goesDark(sound, ended) };
    },
    ...more,
  };
}

export const microphoneOff: FaultCase[] = [
  darkAfter('F01', 'the call is ended behind it', async ({ extension }) => {
    await extension.killWorker();
    await extension.send({ type: 'end' });
  }),
  darkAfter(
    'F05',
    'the document is closed',
    ({ extension }) => extension.hidden.evaluate(() => chrome.offscreen.closeDocument()),
    // What the views make of it has a row of its own.
    { leavesNothing: true },
  ),
  darkAfter('F16', 'the extension is removed', ({ browser, extension }) => browser.uninstallExtension(extension.id), {
    leavesNothing: true,
  }),
  darkAfter('F17', 'the browser is killed', async ({ browser }) => void browser.process()?.kill('SIGKILL'), {
    leavesNothing: true,
  }),
  darkAfter('F41', 'the line is closed and another refused', async ({ engine, extension }) => {
    await engine.add('http-refuse', { status: 401 });
    await engine.add('close-peer', {}, { times: 1 });
    await extension.waitForSnapshot(({ phase }) => phase === 'failed', 20_000, 'the failure');
    return performance.now();
  }),
  darkAfter('F77', 'without any fault: the person hangs up', async ({ extension }) => {
    await extension.send({ type: 'end' });
  }),
];
