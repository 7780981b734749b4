/** The line to the provider closes or goes silent in the middle of a call. */
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, Played } from '../case.ts';
import { ask, callUp, loseAndGoOn } from '../on-call.ts';

const saw = '“Reconnecting”, then the call goes on';

export const line: FaultCase[] = [
  {
    id: 'F40',
    quick: true,
    targets: { recoveredMs: 5000 },
    play: (scene) => closes(scene, 'close-channel'),
  },
  {
    id: 'F41',
    targets: { recoveredMs: 5000 },
    play: (scene) => closes(scene, 'close-peer'),
  },
  {
    id: 'F42',
    quick: true,
    targets: { detectedMs: 5500, recoveredMs: 10_000 },
    async play(scene) {
      const { engine } = scene;
      await engine.add('udp-relay', {});
      await callUp(scene);
      await ask(scene);
      const calls = (await engine.calls()).at(-1)!.id;
      const times = await loseAndGoOn(scene, () => engine.add('vanish', {}, { calls }));
      return { saw: `“Unstable”, ${saw}`, ...times };
    },
  },
  {
    id: 'F59',
    saw: 'nothing: the call goes on with its new line',
    tests: [
      { file: 'unit/call/old-line.test.ts', names: 'a line that was lost' },
      { file: 'unit/call/loss.test.ts', names: 'what the old line still says means nothing' },
    ],
  },
];

/** In the middle of a call in which something was said. */
async function closes(scene: Scene, how: 'close-channel' | 'close-peer'): Promise<Played> {
  await callUp(scene);
  await ask(scene);
  return { saw, ...(await loseAndGoOn(scene, () => scene.engine.add(how, {}, { times: 1 }))) };
}
