/** A network that is late or narrow: an answer is still cut off by talking over it. */
import { isSpeaking } from '../../../browser/lines.ts';
import type { Scene, SceneOptions } from '../../../support/scene.ts';
import type { FaultCase, Played } from '../../case.ts';
import { ownNetwork } from '../../network/network.ts';
import { inWords, phasesSince, reconnects, talkScene } from '../../network/talk.ts';
import { callUp } from '../../on-call.ts';
import { until } from '../../until.ts';

/** The second comes in the middle of the answer to the first, which begins within 2 s and takes more than 4 s. */
const talkingOver: SceneOptions = {
  ...talkScene,
  leadS: 4,
  says: [
    { text: 'Please tell me when the tower opens in the morning.' },
    { text: 'Wait, stop, I have heard enough of that.', afterS: 4 },
  ],
};
/** From the person's voice to silence, beside the round trip. */
const cutMs = 700;
/** Of the microphone, above any quiet room. */
const loud = 0.02;

async function cutsIn(scene: Scene, roundTripMs: number, spoil: () => Promise<unknown>): Promise<Played> {
  const { extension } = scene;
  const { snapshots } = extension;
  await spoil();
  const at = Date.now();
  await callUp(scene);
  await extension.waitForSnapshot(isSpeaking, 40_000, 'an answer');
  const speaksAt = snapshots.seen.findLast(({ snapshot }) => isSpeaking(snapshot))!.at;
  const voice = () => snapshots.levels.find((each) => each.at > speaksAt && each.level.microphone > loud);
  await until(async () => voice() !== undefined, 20_000);
  const voiceAt = voice()?.at ?? Infinity;
  await extension.waitForSnapshot((seen) => !isSpeaking(seen), 20_000, 'silence');
  // The ear knows a voice a moment before its level is told.
  const silent = snapshots.seen.findIndex(({ at: when, snapshot }) => when > voiceAt - 500 && !isSpeaking(snapshot));
  const before = snapshots.seen[silent - 1];
  if (!before || !isSpeaking(before.snapshot)) throw new Error('The answer was not talked over.');
  const tookMs = snapshots.seen[silent]!.at - voiceAt;
  if (tookMs > cutMs + roundTripMs) throw new Error(`The answer went on for ${tookMs} ms.`);
  const steps = phasesSince(scene, at);
  if (reconnects(steps) > 0) throw new Error(`Another line was opened: ${inWords(steps)}`);
  return { saw: `${inWords(steps)}; talking over the answer stops it` };
}

export const slow: FaultCase[] = [
  {
    id: 'F51',
    shape: '250 ms each way',
    scene: talkingOver,
    play: (scene) => cutsIn(scene, 500, () => scene.engine.add('bad-network', { delayMs: 250, packets: 'all' })),
  },
  {
    id: 'F51',
    shape: 'up to 300 ms of jitter, packets out of order',
    scene: talkingOver,
    play: (scene) => cutsIn(scene, 300, () => scene.engine.add('bad-network', { jitterMs: 300, packets: 'all' })),
  },
  {
    id: 'F51',
    shape: '50 kbit/s each way',
    scene: talkingOver,
    needs: 'network',
    play: (scene) => cutsIn(scene, 500, async () => (await ownNetwork()).narrow(50)),
  },
];
