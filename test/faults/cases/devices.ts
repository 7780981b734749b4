/** The permission for the microphone, and the sound of the machine as a whole. */
import { words } from '../../../lib/ui/words/call.en.ts';
import type { FaultCase } from '../case.ts';
import { callUp, canWrite, goesDark, hears, permissionOf, shows, soundOf } from '../sound/talk.ts';

const asked = { microphone: 'room', permission: 'ask' } as const;

export const devices: FaultCase[] = [
  {
    id: 'F73',
    shape: 'asked for, denied, given later',
    tests: [
      { file: 'browser/permission.test.ts', names: 'is asked on a page of its own; denied' },
      { file: 'browser/permission.test.ts', names: 'granted on the page, the waiting call goes on by itself' },
    ],
    saw: 'A page that asks; denied, the reason and how to allow it.',
  },
  ...(['denied', 'prompt'] as const).map((setting): FaultCase => ({
    id: 'F73',
    shape: setting === 'denied' ? 'taken back in mid-call, given back' : 'given for one time only, given again',
    scene: asked,
    needs: 'sound',
    targets: { detectedMs: 1000, recoveredMs: 2000 },
    async play(scene) {
      const set = await permissionOf(scene);
      await set('granted');
      const popup = await callUp(scene);
      const taken = performance.now();
      await set(setting);
      const { saw, ms } = await shows(scene, popup, 'blocked', taken);
      await goesDark(soundOf(scene), taken);
      await canWrite(scene);
      const given = performance.now();
      await set('granted');
      return { saw, detectedMs: ms, recoveredMs: await hears(scene, given) };
    },
  })),
  {
    id: 'F77',
    shape: 'the sound server is killed',
    scene: { microphone: 'room' },
    needs: 'sound',
    targets: { detectedMs: 5000 },
    async play(scene) {
      const popup = await callUp(scene);
      const killed = performance.now();
      await soundOf(scene).kill();
      const { saw, ms } = await shows(scene, popup, 'gone', killed);
      await canWrite(scene);
      return { saw, detectedMs: ms };
    },
  },
  {
    id: 'F77',
    shape: 'the loudspeaker goes',
    scene: { microphone: 'room' },
    needs: 'sound',
    targets: { recoveredMs: 1000 },
    async play(scene) {
      await callUp(scene);
      const gone = performance.now();
      await soundOf(scene).removeLoudspeaker();
      const recoveredMs = await hears(scene, gone);
      await canWrite(scene);
      return { saw: `“${words.states.listening}”`, recoveredMs };
    },
  },
  {
    id: 'F77',
    shape: 'the AudioContext is suspended or closed',
    tests: [
      { file: 'browser/devices.test.ts', names: 'that halts (suspend) is woken or replaced' },
      { file: 'browser/devices.test.ts', names: 'that halts (close) is woken or replaced' },
    ],
    saw: `“${words.states.listening}”`,
  },
];
