/** A network that lets only some of it through, or is another one from now on. */
import { isLive } from '../../../browser/lines.ts';
import type { Scene } from '../../../support/scene.ts';
import type { FaultCase, Played } from '../../case.ts';
import { openParts } from '../../instruments.ts';
import { ownNetwork } from '../../network/network.ts';
import { backAfter, goesOn, inTalk, inWords, phasesSince, talkScene } from '../../network/talk.ts';
import { callUp } from '../../on-call.ts';
import { until } from '../../until.ts';

/** From the start of a call. */
async function withoutUdp(scene: Scene): Promise<Played> {
  const network = await ownNetwork();
  const { extension } = scene;
  await network.dropUdp();
  const at = Date.now();
  await callUp(scene);
  const up = extension.snapshots.seen.find(({ snapshot }) => isLive(snapshot))!;
  await goesOn(scene, up.snapshot);
  return { saw: `live by ${up.snapshot.transport}`, recoveredMs: up.at - at };
}

/** Something in mid-call after which the old line leads nowhere, and another can be opened at once. */
async function fromNowOn(scene: Scene, change: 'dropUdp' | 'changeAddress'): Promise<Played> {
  const network = await ownNetwork();
  const before = await inTalk(scene);
  const at = Date.now();
  await network[change]();
  await scene.extension
    .waitForSnapshot(({ phase }) => phase === 'reconnecting', 20_000, 'the loss')
    .catch(() => undefined);
  await scene.extension.waitForSnapshot(isLive, 40_000, 'another line');
  await goesOn(scene, before);
  const steps = phasesSince(scene, at);
  const noticed = steps[1];
  return {
    saw: `${inWords(steps)} by ${scene.extension.snapshots.last?.transport}`,
    ...(noticed ? { detectedMs: noticed.at - at } : {}),
    recoveredMs: backAfter(steps, at),
  };
}

const longestTryMs = 45_000;

async function forEver(scene: Scene): Promise<Played> {
  const network = await ownNetwork();
  const { extension } = scene;
  await inTalk(scene);
  const host = await extension.offscreen();
  await network.cut();
  const at = Date.now();
  const end = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 90_000, 'an honest end');
  const isOff = async () => ((await openParts(host).catch(() => null))?.microphones ?? 0) === 0;
  if (!(await until(isOff, 1000))) throw new Error('The microphone is still open.');
  const steps = phasesSince(scene, at);
  const lost = steps.find(({ phase }) => phase === 'reconnecting')!;
  const triedMs = steps.at(-1)!.at - lost.at;
  if (triedMs > longestTryMs + 500) throw new Error(`It was tried for ${triedMs} ms.`);
  await network.back();
  return { saw: `${inWords(steps)}: ${end.fault?.code}`, detectedMs: steps[1]!.at - at };
}

export const others: FaultCase[] = [
  { id: 'F37', scene: talkScene, needs: 'network', targets: { recoveredMs: 12_000 }, play: withoutUdp },
  {
    id: 'F37',
    shape: 'from the middle of a call on',
    scene: talkScene,
    needs: 'network',
    targets: { detectedMs: 5500 },
    play: (scene) => fromNowOn(scene, 'dropUdp'),
  },
  { id: 'F49', scene: talkScene, needs: 'network', targets: { detectedMs: 5500 }, play: forEver },
  {
    id: 'F50',
    scene: talkScene,
    needs: 'network',
    targets: { recoveredMs: 8000 },
    play: (scene) => fromNowOn(scene, 'changeAddress'),
  },
];
