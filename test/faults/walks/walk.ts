/** A walk: one call that lives through whatever comes, and is sane at every step and behind the last. */
import { array, assert, asyncProperty, constant, constantFrom, nat, oneof, tuple, type Arbitrary } from 'fast-check';
import { isActive } from '../../../lib/protocol/snapshot.ts';
import { plan } from '../../unit/call/play.ts';
import { WalkClock } from './clock.ts';
import { Sanity } from './sane.ts';
import { steps } from './steps.ts';
import { World } from './world.ts';

/** What is done, in which shape, and how many milliseconds then pass. */
export type WalkStep = [name: string, shape: number, thenMs: number];

const stepsPerWalk = 30;

const step: Arbitrary<WalkStep> = tuple(
  oneof(
    { withCrossShrink: true },
    ...Object.entries(steps).map(([name, { weight }]) => ({ weight, arbitrary: constant(name) })),
  ),
  nat(1023),
  constantFrom(0, 0, 50, 400, 1000, 3000, 9000, 20_000),
);
const walk = tuple(nat(), array(step, { minLength: stepsPerWalk, maxLength: stepsPerWalk, size: 'max' }));

/**
 * Takes so many walks. Rejects with the shortest one that goes wrong, and the seed that finds it again. Resolves with how
 * often a call came up, and was lost.
 */
export async function takeWalks(count: number, seed: number): Promise<void> {
  await assert(
    asyncProperty(walk, async ([chance, path]) => {
      const problems = await takeWalk(chance, path);
      if (problems.length > 0) throw new Error([...new Set(problems)].join('\n'));
    }),
    { numRuns: count, seed, endOnFailure: false },
  );
}

/** Returns what did not hold, as sentences. */
export async function takeWalk(chance: number, path: readonly WalkStep[]): Promise<string[]> {
  const clock = new WalkClock(chance);
  const rejected = (reason: unknown) => void world.problems.push(`rejected: ${String(reason)}`);
  const world = new World(clock);
  process.on('unhandledRejection', rejected);
  try {
    const sanity = new Sanity(world);
    for (const [name, shape, thenMs] of path) {
      steps[name]!.run(world, shape);
      await clock.pass(thenMs);
      sanity.check();
      if (world.problems.length > 0) return [`${world.problems.join('\n')} after “${name}”`];
    }
    await comeToRest(world, sanity);
    return world.problems;
  } finally {
    clock.restore();
    process.off('unhandledRejection', rejected);
  }
}

/** Left alone, a call is live or over within a minute; another starts at once; and behind it nothing is left. */
async function comeToRest(world: World, sanity: Sanity): Promise<void> {
  const { call, clock, provider, manners, problems } = world;
  // What is renewed again and again is never at rest.
  provider.sessionS = null;
  const isSettled = () => ['idle', 'live', 'ended', 'failed', 'asking-permission'].includes(sanity.phase);
  // A last renewal may come late; that none takes too long is seen on the way.
  for (let second = 0; second < 75 || (!isSettled() && second < 150); second += 5) {
    await clock.pass(5000);
    sanity.check();
  }
  if (!isSettled()) problems.push(`still ${sanity.phase}`);
  if (isActive(sanity.phase)) call.end();
  sanity.check();
  provider.weather = { stage: 'grant', how: 'fine' };
  Object.assign(provider, { freeWhileIdle: false, asksTool: false, tokens: 10 });
  Object.assign(manners, { microphone: 'fine', tool: 'fine', ear: 'fine', books: 'fine', spentToday: 0 });
  call.start(plan());
  await clock.pass(3000);
  sanity.check();
  if (sanity.phase !== 'live') problems.push(`the next call is ${sanity.phase}`);
  if (world.open.microphones !== 1 || provider.openLines.length !== 1)
    problems.push('the next call has not all it needs');
  call.end();
  await clock.pass(10_000);
  sanity.check();
  sanity.checkNothingLeft();
}
