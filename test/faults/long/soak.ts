/**
 * An hour of talk in a few minutes: one call through renewals, lost lines, questions typed and spoken, and answers that are
 * talked over.
 */
import type { Measured } from '../../bench/table.ts';
import { isLive, linesOf } from '../../browser/lines.ts';
import type { Said, Scene } from '../../support/scene.ts';
import { isOne } from '../one-call.ts';
import { until } from '../until.ts';
import { inScene, megabytes, weigh } from './scene.ts';

/** Renewed in its last fifth, as one of an hour is. */
const sessionS = 30;
const lossEveryMs = 50_000;
const typedEveryMs = 9000;
/** Into the answers to what is typed, as it happens. */
const spokenEveryS = 14;

export function measureSoak(minutes: number): Promise<Measured[]> {
  const count = Math.ceil((minutes * 60) / spokenEveryS);
  const says: Said[] = Array.from({ length: count }, () => ({
    text: 'Please tell me when the tower opens in the morning.',
    afterS: spokenEveryS - 3,
  }));
  return inScene({ says, leadS: 8 }, async (scene) => {
    const { extension, engine, page } = scene;
    await engine.add('session-limit', { seconds: sessionS });
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'start', microphone: true });
    const { callId } = await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const end = Date.now() + minutes * 60_000;
    // What is loaded at the first use of everything stays.
    await live(scene, Math.min(end, Date.now() + minutes * 15_000));
    const before = await weigh(extension.hidden);
    const linesBefore = extension.snapshots.last?.lines.length ?? 0;
    await live(scene, end);
    await engine.remove();
    await until(async () => extension.snapshots.last?.phase === 'live', 60_000);
    await isOne(scene);
    const after = await weigh(extension.hidden);
    const last = extension.snapshots.last!;
    const phases = extension.snapshots.seen.map(({ snapshot }) => snapshot.phase);
    const lost = phases.filter((phase, index) => phase === 'reconnecting' && phases[index - 1] !== phase).length;
    const cut = linesOf(last, 'assistant').filter(({ state }) => state === 'cut').length;
    const note = `${last.lines.length - linesBefore} lines more`;
    return [
      { id: 'soak_calls_alive', value: last.callId === callId ? 1 : 0, unit: '', target: { atLeast: 1 } },
      {
        id: 'soak_heap_growth',
        value: megabytes(after.heapBytes - before.heapBytes),
        unit: 'MB',
        target: { atMost: 2 },
        note,
      },
      { id: 'soak_listeners_growth', value: after.listeners - before.listeners, unit: '' },
      { id: 'soak_lines_renewed_or_lost', value: lost, unit: '' },
      { id: 'soak_questions', value: linesOf(last, 'person').length, unit: '' },
      { id: 'soak_answers_cut', value: cut, unit: '' },
    ];
  });
}

/** Questions, and now and then a line that goes. */
async function live({ extension, engine }: Scene, end: number): Promise<void> {
  let lossAt = Date.now() + lossEveryMs;
  for (let round = 0; Date.now() < end; round += 1) {
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    await new Promise((resolve) => setTimeout(resolve, typedEveryMs));
    const { phase } = extension.snapshots.last!;
    if (phase === 'ended' || phase === 'failed') throw new Error(`the call has ${phase}`);
    if (Date.now() < lossAt) continue;
    lossAt = Date.now() + lossEveryMs;
    await engine.add(round % 2 === 0 ? 'close-channel' : 'close-peer', {}, { times: 1 });
  }
}
