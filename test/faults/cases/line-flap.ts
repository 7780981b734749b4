/** The line goes and comes, and goes again. */
import { isLive } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import type { FaultCase } from '../case.ts';
import { ask, callUp, goesOn, isReconnecting, seenAt } from '../on-call.ts';

const flapsForMs = 180_000;
const awayMs = 3000;

export const lineFlap: FaultCase[] = [
  {
    id: 'F54',
    shape: 'no packet for 3 s of every 6',
    runs: 1,
    async play(scene) {
      const { extension, engine } = scene;
      await engine.add('udp-relay', {});
      await callUp(scene);
      await ask(scene);
      const before = extension.snapshots.last!;
      await flap(scene, (calls) => engine.add('vanish', { forMs: awayMs }, { calls }));
      const endAt = Date.now();
      await ask(scene);
      goesOn(extension.snapshots.last!, before);
      const lost = timesReconnected(scene);
      if (lost > 3) throw new Error(`another line was opened ${lost} times`);
      return {
        saw: '“Unstable” now and then, at times “Reconnecting”; the call goes on',
        recoveredMs: Date.now() - endAt,
      };
    },
  },
  {
    id: 'F54',
    shape: 'the line is closed every 6 s',
    runs: 1,
    async play(scene) {
      const { extension, engine } = scene;
      await callUp(scene);
      await ask(scene);
      const before = extension.snapshots.last!;
      await flap(scene, (calls) => engine.add('close-peer', {}, { calls, times: 1 }));
      await engine.remove();
      const endAt = Date.now();
      const settledAt = await seenAt(
        scene,
        ({ phase }) => phase === 'live' || phase === 'failed',
        endAt,
        60_000,
        'the end',
      );
      if (!isLive(extension.snapshots.last!)) return { saw: '“Reconnecting”, then what is wrong, and a way to go on' };
      goesOn(extension.snapshots.last!, before);
      await ask(scene);
      return { saw: '“Reconnecting”, then the call goes on', recoveredMs: settledAt - endAt };
    },
  },
];

/** What is there of a line, every 6 s. */
async function flap({ extension, engine }: Scene, act: (call: string) => Promise<unknown>): Promise<void> {
  const endAt = Date.now() + flapsForMs;
  while (Date.now() < endAt) {
    const call = (await engine.calls()).at(-1)?.id;
    // It may end in between.
    if (call && isLive(extension.snapshots.last!)) await act(call).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 2 * awayMs));
  }
}

function timesReconnected({ extension: { snapshots } }: Scene): number {
  return snapshots.seen.filter(
    ({ snapshot }, index) => isReconnecting(snapshot) && !isReconnecting(snapshots.seen[index - 1]!.snapshot),
  ).length;
}
