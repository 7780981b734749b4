/** There is no room, writes are refused, or what is kept is taken away in mid-call: the call goes on as if nothing were. */
import type { Scene } from '../../../support/scene.ts';
import type { FaultCase, Played } from '../../case.ts';
import { ask, callUp } from '../../on-call.ts';
import { until } from '../../until.ts';

export const full: FaultCase[] = [
  {
    id: 'F78',
    shape: 'local and session storage full',
    scene: { settings: { autoStart: false } },
    play: (scene) =>
      spoilt(scene, () =>
        scene.extension.hidden.evaluate(async () => {
          for (const area of [chrome.storage.session, chrome.storage.local])
            for (let bytes = 8_000_000; bytes >= 4000; bytes = Math.floor(bytes / 2))
              for (const index of [1, 2])
                await area.set({ [`filler-${bytes}-${index}`]: 'x'.repeat(bytes) }).catch(() => undefined);
        }),
      ),
  },
  {
    id: 'F78',
    shape: 'storage wiped mid-call',
    scene: { settings: { autoStart: false } },
    play: async (scene) => {
      const settings = await scene.extension.readSettings();
      const played = await spoilt(scene, () =>
        scene.extension.hidden.evaluate(async () => {
          await Promise.all([chrome.storage.session.clear(), chrome.storage.local.clear()]);
          await new Promise((resolve) => {
            const deleting = indexedDB.deleteDatabase('parley-calls');
            deleting.addEventListener('success', resolve);
            deleting.addEventListener('error', resolve);
          });
        }),
      );
      // For the next call: the relay and the consent went with everything else.
      await scene.extension.hidden.evaluate(
        (given) => chrome.storage.local.set({ consentedAt: Date.now(), settings: given }),
        settings,
      );
      return played;
    },
  },
  {
    id: 'F78',
    shape: 'disk full, rejected writes, a damaged book',
    tests: [
      { file: 'unit/storage/spend.test.ts', names: 'spen' },
      { file: 'integration/past-calls.test.ts', names: 'a full disk' },
      { file: 'integration/kept-through.test.ts', names: 'after a write that failed' },
      { file: 'unit/coordinator/cut-off.test.ts', names: 'without room in session storage' },
    ],
    saw: 'the call goes on; the panel says why it is not kept',
  },
];

/** In the middle of a call in which something was said: it stays up, answers again, and ends as it should. */
async function spoilt(scene: Scene, spoil: () => Promise<unknown>): Promise<Played> {
  const { extension } = scene;
  await callUp(scene);
  await ask(scene);
  const { callId } = extension.snapshots.last!;
  const from = extension.snapshots.seen.length;
  await spoil();
  await ask(scene);
  const phases = new Set(extension.snapshots.seen.slice(from).map(({ snapshot }) => snapshot.phase));
  if (phases.size !== 1 || !phases.has('live')) throw new Error(`the call was ${[...phases].join(', ')}`);
  if (extension.snapshots.last!.callId !== callId) throw new Error('it is another call');
  const trouble = extension.snapshots.last!.keepTrouble;
  await extension.send({ type: 'end' });
  await extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end');
  const badge = () => extension.hidden.evaluate(() => chrome.action.getBadgeText({}));
  if (!(await until(async () => (await badge()) === '', 5000))) throw new Error(`the badge says “${await badge()}”`);
  if (!(await until(async () => !extension.hasOffscreen(), 5000))) throw new Error('the call document stays open');
  return { saw: trouble ? `the call goes on, and says why it is not kept (${trouble})` : 'nothing: the call goes on' };
}
