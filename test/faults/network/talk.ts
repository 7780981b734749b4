/** A call to which something happens on its way, and what is seen of it. */
import { isAnswered, isLive, linesOf, said } from '../../browser/lines.ts';
import { lighthouse } from '../../browser/pages.ts';
import { isActive, type Phase, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';

export const talkScene: SceneOptions = { html: lighthouse, control: true };

/** A spoken call about the page, with a question and its answer behind it. */
export async function inTalk(scene: Scene): Promise<Snapshot> {
  await startCall(scene);
  const { extension } = scene;
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  return extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
}

/** Resolves when it is live. */
export async function startCall({ extension, page }: Scene): Promise<void> {
  await (await extension.clickToolbar(page)).close();
  await extension.send({ type: 'start', microphone: true });
  await extension.waitForSnapshot(isLive, 30_000, 'the call');
}

const opening = 'When does the tower open in the morning?';

/** The same call, with all that was said in it, answers another question. */
export async function goesOn({ extension }: Scene, before: Snapshot): Promise<void> {
  const from = linesOf(extension.snapshots.last ?? before, 'assistant').length;
  const count = said(extension.snapshots.last ?? before).length;
  await extension.send({ type: 'say', text: opening });
  const after = await extension.waitForSnapshot(
    (seen) =>
      said(seen).length > count &&
      isAnswered(seen) &&
      linesOf(seen, 'assistant')
        .slice(from)
        .some(({ text }) => /nine/i.test(text)),
    40_000,
    'the second answer',
  );
  if (after.callId !== before.callId) throw new Error('It is another call.');
  const kept = JSON.stringify(after.lines.slice(0, before.lines.length));
  if (kept !== JSON.stringify(before.lines)) throw new Error('What was said before is not there any more.');
}

export interface Step {
  /** Unix milliseconds. */
  at: number;
  phase: Phase;
}

/** The phases that a call went through since then, the one of that moment first. */
export function phasesSince({ extension }: Scene, at: number): Step[] {
  const { seen } = extension.snapshots;
  const from = seen.findLastIndex((each) => each.at <= at);
  return seen
    .slice(Math.max(0, from))
    .map(({ at: when, snapshot }) => ({ at: Math.max(at, when), phase: snapshot.phase }))
    .filter(({ phase }, index, all) => phase !== all[index - 1]?.phase);
}

/** As the person saw it. */
export function inWords(steps: Step[]): string {
  return steps.map(({ phase }) => phase).join(' → ');
}

/** How often another line was opened. */
export function reconnects(steps: Step[]): number {
  return steps.filter(({ phase }) => phase === 'reconnecting').length;
}

/** From `at` until it was live for good; 0 where it was already. Throws where it is over. */
export function backAfter(steps: Step[], at: number): number {
  const last = steps.at(-1);
  if (!last || !isActive(last.phase)) throw new Error(`The call is over: ${inWords(steps)}`);
  return Math.max(0, last.at - at);
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
