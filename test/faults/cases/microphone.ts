/** The microphone is not there, goes, comes back, or gives nothing. */
import type { Page } from 'puppeteer';
import { words } from '../../../lib/ui/words/call.en.ts';
import type { FaultCode } from '../../../lib/protocol/faults.ts';
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, Played } from '../case.ts';
import { callUp, canWrite, goesDark, hears, shows, soundOf } from '../sound/talk.ts';

const inRoom = { scene: { microphone: 'room' }, needs: 'sound' } as const;
const times = 10;

/** A call that does not come up, and says why. */
async function failsWith({ extension, page }: Scene, code: FaultCode): Promise<Played> {
  const popup = await extension.clickToolbar(page);
  const began = performance.now();
  await extension.waitForSnapshot(({ fault }) => fault?.code === code, 20_000, code);
  const detectedMs = performance.now() - began;
  const saw = words.faults[code];
  await popup.waitForFunction((text) => document.body.innerText.includes(text), { timeout: 5000 }, saw);
  return { saw: `“${saw}”`, detectedMs };
}

/** From now on the device is in another program's hands. */
async function takeMicrophone({ extension }: Scene): Promise<void> {
  await extension.send({ type: 'warm' });
  await (
    await extension.offscreen()
  ).evaluate(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('taken', 'NotReadableError'));
  });
}

async function muteOnce(scene: Scene, popup: Page): Promise<Played> {
  const muted = performance.now();
  await soundOf(scene).mute(true);
  const { saw, ms } = await shows(scene, popup, 'system-muted', muted);
  const unmuted = performance.now();
  await soundOf(scene).mute(false);
  return { saw, detectedMs: ms, recoveredMs: await hears(scene, unmuted) };
}

export const microphone: FaultCase[] = [
  {
    id: 'F74',
    shape: 'none is there',
    ...inRoom,
    targets: { detectedMs: 2000 },
    async play(scene) {
      await soundOf(scene).unplug();
      return failsWith(scene, 'microphone-missing');
    },
  },
  {
    id: 'F74',
    shape: 'another program has it',
    targets: { detectedMs: 2000 },
    async play(scene) {
      await takeMicrophone(scene);
      return failsWith(scene, 'microphone-busy');
    },
  },
  {
    id: 'F74',
    shape: 'the chosen one is not there',
    scene: { microphone: 'room', settings: { microphoneId: 'unplugged' } },
    needs: 'sound',
    async play(scene) {
      const popup = await callUp(scene);
      const began = performance.now();
      const { saw } = await shows(scene, popup, 'replaced', began);
      await hears(scene, began);
      return { saw };
    },
  },
  {
    id: 'F75',
    shape: 'pulled out, and plugged in again',
    ...inRoom,
    targets: { detectedMs: 5000, recoveredMs: 3000 },
    async play(scene) {
      const popup = await callUp(scene);
      const out = performance.now();
      await soundOf(scene).unplug();
      const { saw, ms } = await shows(scene, popup, 'gone', out);
      await goesDark(soundOf(scene), out);
      await canWrite(scene);
      const back = performance.now();
      await soundOf(scene).plugIn();
      return { saw, detectedMs: ms, recoveredMs: await hears(scene, back) };
    },
  },
  {
    id: 'F75',
    shape: 'another is the system’s own, and the first is pulled out',
    ...inRoom,
    targets: { recoveredMs: 3000 },
    async play(scene) {
      await callUp(scene);
      await soundOf(scene).plugInOther();
      const out = performance.now();
      await soundOf(scene).unplug();
      return { saw: `“${words.states.listening}”`, recoveredMs: await hears(scene, out) };
    },
  },
  {
    id: 'F75',
    shape: 'exact zeros, and sound again',
    ...inRoom,
    targets: { detectedMs: 5000, recoveredMs: 3000 },
    async play(scene) {
      const popup = await callUp(scene);
      const hushed = performance.now();
      await soundOf(scene).hush(true);
      const { saw, ms } = await shows(scene, popup, 'silent', hushed);
      const back = performance.now();
      await soundOf(scene).hush(false);
      return { saw, detectedMs: ms, recoveredMs: await hears(scene, back) };
    },
  },
  {
    id: 'F76',
    ...inRoom,
    targets: { detectedMs: 4000, recoveredMs: 4000 },
    async play(scene) {
      const popup = await callUp(scene);
      const played: Played[] = [];
      for (let time = 0; time < times; time += 1) played.push(await muteOnce(scene, popup));
      const wrong = scene.extension.snapshots.seen.find(({ snapshot }) =>
        ['gone', 'silent', 'replaced'].includes(snapshot.microphoneTrouble ?? ''),
      );
      if (wrong) throw new Error(`a mute was taken for ${wrong.snapshot.microphoneTrouble}`);
      const most = (what: 'detectedMs' | 'recoveredMs') => Math.max(...played.map((each) => each[what] ?? 0));
      return { saw: played[0]!.saw, detectedMs: most('detectedMs'), recoveredMs: most('recoveredMs') };
    },
  },
];
