/** A call to which something happens on its way, and what is seen of it. */
import { isAnswered, linesOf, said } from '../../browser/lines.ts';
import { lighthouse } from '../../browser/pages.ts';
import { isActive, type Phase, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { Scene, SceneOptions } from '../../support/scene.ts';
import { callUp, goesOn as isSameCall } from '../on-call.ts';

export const talkScene: SceneOptions = { html: lighthouse, control: true };

/** A spoken call about the page, with a question and its answer behind it. */
export async function inTalk(scene: Scene): Promise<Snapshot> {
  await callUp(scene);
  const { extension } = scene;
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  return extension.waitForSnapshot(isAnswered, 30_000, 'an answer');
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
  isSameCall(after, before);
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
