/** The machine sleeps in the middle of a call. */
import { isLive } from '../../browser/lines.ts';
import type { FaultCase, PlayedCase } from '../case.ts';
import { ask, callUp, goesOn, isUnsure, seenAt } from '../on-call.ts';
import { sleepFor } from '../../support/sleep.ts';

export const lineSleep: FaultCase[] = [
  sleeps('10 s', 10, { quick: true }),
  sleeps('45 s', 45),
  sleeps('10 min', 600, { runs: 1 }),
  sleeps('10 s, over WebSocket', 10, { scene: { settings: { transport: 'websocket' } } }),
];

/** Detected and recovered after the wake: it is not believed to be up before it was asked. */
function sleeps(shape: string, seconds: number, more: Partial<PlayedCase> = {}): PlayedCase {
  return {
    id: 'F55',
    shape,
    targets: { detectedMs: 1000, recoveredMs: 5000 },
    ...more,
    async play(scene) {
      await callUp(scene);
      await ask(scene);
      const before = scene.extension.snapshots.last!;
      const awakeAt = await sleepFor(scene.browser, seconds * 1000);
      const unsureAt = await seenAt(scene, isUnsure, awakeAt, 10_000, 'the doubt');
      const backAt = await seenAt(scene, isLive, unsureAt, 45_000, 'the call');
      goesOn(scene.extension.snapshots.last!, before);
      await ask(scene);
      return { saw: 'the call goes on', detectedMs: unsureAt - awakeAt, recoveredMs: backAt - awakeAt };
    },
  };
}
