/** The relay misbehaves. */
import type { FaultCase } from '../case.ts';
import { isAnswered, isLive } from '../../browser/lines.ts';
import { behindFront } from '../relay-front.ts';
import { answers } from './relay/answers.ts';
import { starting } from './relay/starting.ts';

const dies: FaultCase = {
  id: 'F31',
  play: (scene) =>
    behindFront(scene, async (front) => {
      const { extension } = scene;
      await extension.send({ type: 'start', microphone: true });
      await extension.waitForSnapshot(isLive, 20_000, 'the call');
      front.close();
      await extension.send({ type: 'say', text: 'How much is a ticket?' });
      await extension.waitForSnapshot(isAnswered, 30_000, 'an answer without the relay');
      const left = extension.snapshots.seen.some(({ snapshot }) =>
        ['unstable', 'reconnecting'].includes(snapshot.phase),
      );
      if (left) throw new Error('the call did not stay as it was');
      return { saw: 'Nothing: the call goes on, and answers' };
    }),
};

export const relay: FaultCase[] = [
  ...starting,
  ...answers,
  dies,
  {
    id: 'F31',
    shape: 'renewal',
    tests: [{ file: 'unit/call/renewal.test.ts', names: 'where no successor can be prepared' }],
    saw: '“The relay did not answer”; the call goes on to the end of its session',
  },
];
