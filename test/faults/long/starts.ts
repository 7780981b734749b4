/** Starts and stops, one after the other: nothing of a call is left when it is over. */
import type { Measured } from '../../bench/table.ts';
import { isLive } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import { openParts } from '../instruments.ts';
import { until } from '../until.ts';
import { inScene, megabytes, weigh } from './scene.ts';

/** What is loaded and compiled at the first use stays; it is weighed behind so many. */
const warmUps = 5;

export function measureStarts(count: number): Promise<Measured[]> {
  return inScene({}, async (scene) => {
    const { browser, extension, engine } = scene;
    for (let start = 0; start < warmUps; start += 1) await startAndStop(scene, start);
    const before = await weigh(extension.hidden);
    const targetsBefore = browser.targets().length;
    for (let start = 0; start < count; start += 1) await startAndStop(scene, start);
    await until(async () => (await engine.calls()).length === 0, 10_000);
    const after = await weigh(extension.hidden);
    const grown = megabytes(after.heapBytes - before.heapBytes);
    const none = { atMost: 0 };
    return [
      { id: 'starts_done', value: count, unit: 'starts', target: { atLeast: count } },
      { id: 'starts_heap_growth', value: grown, unit: 'MB', target: { atMost: 2 } },
      { id: 'starts_listeners_left', value: after.listeners - before.listeners, unit: '', target: none },
      { id: 'starts_documents_left', value: after.documents - before.documents, unit: '', target: none },
      { id: 'starts_targets_left', value: browser.targets().length - targetsBefore, unit: '', target: none },
      { id: 'starts_calls_left', value: (await engine.calls()).length, unit: '', target: none },
    ];
  });
}

/** Spoken and typed in turn. What the document has open is looked at between the end and its closing. */
async function startAndStop({ extension }: Scene, number: number): Promise<void> {
  const before = extension.snapshots.last?.callId ?? null;
  await extension.send({ type: 'start', microphone: number % 2 === 0 });
  await extension.waitForSnapshot((seen) => isLive(seen) && seen.callId !== before, 20_000, `call ${number}`);
  const host = await extension.offscreen();
  await extension.send({ type: 'end' });
  const open = await openParts(host).catch(() => null);
  if (open && open.microphones + open.peers + open.sockets > 0) {
    throw new Error(`open behind the end of call ${number}: ${JSON.stringify(open)}`);
  }
  if (!(await until(async () => !extension.hasOffscreen(), 10_000))) throw new Error(`call ${number} stays`);
}
