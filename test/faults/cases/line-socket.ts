/** The WebSocket ends, with each of the numbers it can end with, or says nothing any more. */
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, PlayedCase } from '../case.ts';
import { ask, callUp, isFailed, isReconnecting, loseAndGoOn, seenAt } from '../on-call.ts';

const scene = { settings: { transport: 'websocket' } } as const;
const saw = '“Reconnecting”, then the call goes on';

/** Behind these another line is opened. */
const comesBack = [1000, 1001, 1009, 1011, 1013, 4000];
/** Behind these it would be refused again. */
const isFinal = [1008, 4001];

export const lineSocket: FaultCase[] = [
  ...comesBack.map((code) => ends(`closes with ${code}`, (each) => each.engine.add('close-socket', { code }, once))),
  ends('is reset (1006)', (each) => each.engine.add('reset-socket', {}, once)),
  ...isFinal.map((code): PlayedCase => ({
    id: 'F52',
    shape: `closes with ${code}`,
    scene,
    runs: 1,
    play: final(code),
  })),
  {
    id: 'F52',
    shape: 'half-open: no word, no pong',
    scene,
    quick: true,
    targets: { detectedMs: 10_000, recoveredMs: 15_000 },
    async play(each) {
      await callUp(each);
      await ask(each);
      const calls = (await each.engine.calls()).at(-1)!.id;
      const times = await loseAndGoOn(each, () => each.engine.add('vanish', {}, { calls }));
      return { saw: `“Unstable”, ${saw}`, ...times };
    },
  },
];

/** Nothing of it is believed, and nothing falls over it. */
export const socketJunk: FaultCase[] = (['binary', 'truncated', 'deep'] as const).map((as) => ({
  id: 'F53',
  shape: `frames in the middle of an answer are ${as}`,
  scene,
  runs: 1,
  async play(each) {
    await callUp(each);
    await each.engine.add('garble-events', { as, types: ['response.output_audio.delta'], probability: 0.3 }, {});
    await each.engine.add('send-events', { events: ['x'.repeat(50_000), '\u0000\ufffd', '{}'] }, once);
    await ask(each);
    await each.engine.remove();
    await ask(each);
    return { saw: 'the words of the answer, with holes in its sound; the call goes on' };
  },
}));

const once = { times: 1 };

function ends(shape: string, fault: (scene: Scene) => Promise<unknown>): PlayedCase {
  return {
    id: 'F52',
    shape,
    scene,
    runs: 1,
    targets: { recoveredMs: 5000 },
    async play(each) {
      await callUp(each);
      await ask(each);
      return { saw, ...(await loseAndGoOn(each, () => fault(each))) };
    },
  };
}

function final(code: number): PlayedCase['play'] {
  return async (each) => {
    await callUp(each);
    const at = Date.now();
    await each.engine.add('close-socket', { code }, once);
    const failedAt = await seenAt(each, isFailed, at, 10_000, 'the end');
    if (each.extension.snapshots.seen.some((seen) => isReconnecting(seen.snapshot)))
      throw new Error('it was tried again');
    return { saw: 'that the provider refuses, and what to do', detectedMs: failedAt - at };
  };
}
