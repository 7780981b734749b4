/** The line to the provider does not come up, closes or goes silent. */
import { isAnswered, isLive } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, Played } from '../case.ts';

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
];

/** In the middle of a call in which something was said. */
async function closes({ extension, page, engine }: Scene, how: 'close-channel' | 'close-peer'): Promise<Played> {
  await (await extension.clickToolbar(page)).close();
  await extension.send({ type: 'start', microphone: true });
  await extension.waitForSnapshot(isLive, 20_000, 'the call');
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  await extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
  const at = Date.now();
  await engine.add(how, {}, { times: 1 });
  await extension.waitForSnapshot(({ phase }) => phase === 'reconnecting', 15_000, 'the loss');
  const lostAt = extension.snapshots.seen.findLast(({ snapshot }) => snapshot.phase === 'reconnecting')!.at;
  await extension.waitForSnapshot(isLive, 45_000, 'another line');
  const backAt = extension.snapshots.seen.findLast(({ snapshot }) => snapshot.phase === 'live')!.at;
  return { saw: '“Reconnecting”, then the call goes on', detectedMs: lostAt - at, recoveredMs: backAt - at };
}
