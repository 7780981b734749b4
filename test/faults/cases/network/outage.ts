/** Nothing comes through, for a while or for good. */
import type { Scene } from '../../../support/scene.ts';
import type { FaultCase, Played } from '../../case.ts';
import { ownNetwork } from '../../network/network.ts';
import { backAfter, goesOn, inTalk, inWords, pause, phasesSince, reconnects, talkScene } from '../../network/talk.ts';

type Way = 'cut' | 'unplug';

async function outage(scene: Scene, ms: number, way: Way = 'cut'): Promise<Played> {
  const network = await ownNetwork();
  const before = await inTalk(scene);
  await network[way]();
  const goneAt = Date.now();
  await pause(ms);
  const backAt = Date.now();
  await network.back();
  await scene.extension.waitForSnapshot(({ phase }) => phase === 'live', 40_000, 'the call again');
  await goesOn(scene, before);
  const steps = phasesSince(scene, goneAt);
  const noticed = steps[1];
  return {
    saw: inWords(steps),
    ...(noticed ? { detectedMs: noticed.at - goneAt } : {}),
    recoveredMs: backAfter(steps, backAt),
  };
}

export const outages: FaultCase[] = [
  {
    id: 'F46',
    scene: talkScene,
    needs: 'network',
    targets: { recoveredMs: 1000 },
    async play(scene) {
      const played = await outage(scene, 3000);
      if (reconnects(phasesSince(scene, 0)) > 0) throw new Error(`Another line was opened: ${played.saw}`);
      return played;
    },
  },
  {
    id: 'F47',
    scene: talkScene,
    needs: 'network',
    targets: { detectedMs: 5500, recoveredMs: 2000 },
    quick: true,
    play: (scene) => outage(scene, 8000),
  },
  {
    id: 'F47',
    shape: 'the system knows',
    scene: talkScene,
    needs: 'network',
    targets: { detectedMs: 5500, recoveredMs: 2000 },
    play: (scene) => outage(scene, 8000, 'unplug'),
  },
  {
    id: 'F48',
    shape: '20 s',
    scene: talkScene,
    needs: 'network',
    targets: { detectedMs: 5500, recoveredMs: 5000 },
    play: (scene) => outage(scene, 20_000),
  },
  {
    id: 'F48',
    shape: '40 s',
    scene: talkScene,
    needs: 'network',
    targets: { detectedMs: 5500, recoveredMs: 5000 },
    play: (scene) => outage(scene, 40_000),
  },
];
