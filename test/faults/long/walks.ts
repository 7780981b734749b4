/** Random walks of the whole extension in one browser: presses and the engine's faults, and what must hold behind each. */
import type { Measured } from '../../bench/table.ts';
import { createRandom } from '../../../relay/local/faults/random.ts';
import type { Scene } from '../../support/scene.ts';
import { checkAfter, grantsOf } from '../invariants.ts';
import { inScene } from './scene.ts';

const stepsPerWalk = 5;

type Step = (scene: Scene) => Promise<unknown>;

const once = { times: 1 };

/** By the name that is told when a walk goes wrong. */
const steps: Record<string, Step> = {
  'start a spoken call': ({ extension }) => extension.send({ type: 'start', microphone: true }),
  type: ({ extension }) => extension.send({ type: 'say', text: 'How much is a ticket?' }),
  end: ({ extension }) => extension.send({ type: 'end' }),
  mute: ({ extension }) => extension.send({ type: 'mute', muted: true }),
  unmute: ({ extension }) => extension.send({ type: 'mute', muted: false }),
  'stop the answer': ({ extension }) => extension.send({ type: 'stop-answer' }),
  'press the talk key': ({ extension }) => extension.send({ type: 'talk-begin' }),
  'let go of the talk key': ({ extension }) => extension.send({ type: 'talk-end', send: true }),
  'open a view': ({ extension }) => extension.send({ type: 'warm' }),
  'talk by hand': ({ extension }) => extension.writeSettings({ talkMode: 'tap' }),
  'talk hands-free': ({ extension }) => extension.writeSettings({ talkMode: 'hands-free' }),
  'kill the worker': ({ extension }) => extension.killWorker(),
  'close the channel': ({ engine }) => engine.add('close-channel', {}, once),
  'close the peer': ({ engine }) => engine.add('close-peer', {}, once),
  'refuse a grant': ({ engine }) => engine.add('http-refuse', { status: 503 }, once),
  'answer late': ({ engine }) => engine.add('http-delay', { ms: 1500 }, { times: 2 }),
  'reset a connection': ({ engine }) => engine.add('http-reset', {}, once),
  'lose events': ({ engine }) => engine.add('drop-events', { probability: 0.2 }, { times: 5 }),
  'double events': ({ engine }) => engine.add('duplicate-events', {}, { times: 20 }),
  'garble events': ({ engine }) => engine.add('garble-events', {}, { times: 5 }),
  'fail a response': ({ engine }) => engine.add('failed-response', {}, once),
};

/** `seed` finds the same walks again, as far as chance is ours. */
export function measureWalks(count: number, seed = Date.now() & 0x7fffffff): Promise<Measured[]> {
  const random = createRandom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return inScene({}, async (scene) => {
    let sane = 0;
    for (let walk = 0; walk < count; walk += 1) {
      // Most begin with a call, because most of what can happen happens to one.
      const first = random() < 0.8 ? ['start a spoken call'] : [];
      const path = [...first, ...Array.from({ length: stepsPerWalk }, () => pick(Object.keys(steps)))];
      const broken = await take(scene, path, () => random() * 500);
      if (broken.length === 0) sane += 1;
      else console.log(`walk ${walk} of seed ${seed}: ${path.join(', ')}: ${broken.join('; ')}`);
    }
    return [{ id: 'walks_sane', value: sane, unit: 'walks', target: { atLeast: count }, note: `seed ${seed}` }];
  });
}

/** What did not hold, in sentences. */
async function take(scene: Scene, path: readonly string[], pauseMs: () => number): Promise<string[]> {
  const { engine, extension } = scene;
  const before = grantsOf(scene);
  const refused: string[] = [];
  for (const name of path) {
    // A worker that is killed takes the question with it that it was asked.
    await steps[name]!(scene).catch((error: unknown) => refused.push(`${name}: ${String(error)}`));
    await new Promise((resolve) => setTimeout(resolve, pauseMs()));
  }
  await engine.remove();
  const broken = await checkAfter(scene, before);
  await extension.send({ type: 'end' });
  return path.includes('kill the worker') ? broken : [...refused, ...broken];
}
