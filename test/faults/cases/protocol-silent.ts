/** The provider is there, and does not answer. */
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { Scene } from '../../support/scene.ts';
import { isLive, linesOf } from '../../browser/lines.ts';
import type { FaultCase } from '../case.ts';

const answers = (seen: Snapshot) => linesOf(seen, 'assistant').filter(({ state }) => state === 'final').length;
const shows = (scene: Scene, late: Snapshot['late']) =>
  scene.extension.waitForSnapshot((seen) => seen.late === late, 12_000, `late: ${late}`);

/** Something is asked that `times` responses are silent about; how long it takes to be noticed. */
async function askInVain({ extension, page, engine }: Scene, times: number): Promise<{ askedAt: number }> {
  await (await extension.clickToolbar(page)).close();
  await extension.send({ type: 'start', microphone: true });
  await extension.waitForSnapshot(isLive, 20_000, 'the call');
  await engine.add('silent-response', {}, { times });
  const askedAt = performance.now();
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  return { askedAt };
}

const since = (at: number) => performance.now() - at;

export const silent: FaultCase[] = [
  {
    id: 'F62',
    shape: 'once',
    targets: { detectedMs: 5000 },
    quick: true,
    async play(scene) {
      const { askedAt } = await askInVain(scene, 1);
      await shows(scene, 'asked-again');
      const detectedMs = since(askedAt);
      await scene.extension.waitForSnapshot((seen) => answers(seen) === 1 && seen.late === null, 30_000, 'an answer');
      return { saw: '“No answer has come yet, so Parley has asked once more.”, then the answer', detectedMs };
    },
  },
  {
    id: 'F62',
    shape: 'for good',
    targets: { detectedMs: 8000 },
    async play(scene) {
      const { askedAt } = await askInVain(scene, 2);
      await shows(scene, 'missing');
      const detectedMs = since(askedAt);
      const { turn } = scene.extension.snapshots.last!;
      if (turn !== 'listening') throw new Error(`It is shown as ${turn}, though nothing is on its way.`);
      const panel = await scene.extension.openPage('sidepanel');
      await panel.locator('::-p-xpath(//button[normalize-space()="Ask once more"])').click();
      await scene.extension.waitForSnapshot((seen) => answers(seen) === 1 && seen.late === null, 30_000, 'an answer');
      await panel.close();
      return { saw: '“No answer came, though the line is there.” and *Ask once more*, which answers', detectedMs };
    },
  },
];
