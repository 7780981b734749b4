/** What most plays begin and end with: a call that is up, a question in it, and when a phase was seen. */
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { isAnswered, isLive, linesOf } from '../browser/lines.ts';
import { describe } from '../support/snapshots.ts';
import type { Scene } from '../support/scene.ts';
import { until } from './until.ts';

/** A spoken call, up and listening. */
export async function callUp({ extension, page }: Scene): Promise<void> {
  await (await extension.clickToolbar(page)).close();
  await extension.send({ type: 'start', microphone: true });
  await extension.waitForSnapshot(isLive, 30_000, 'the call');
}

/** A typed question, answered to its end. */
export async function ask({ extension }: Scene): Promise<void> {
  const finals = (seen: Snapshot) => linesOf(seen, 'assistant').filter(({ state }) => state === 'final').length;
  const before = extension.snapshots.last ? finals(extension.snapshots.last) : 0;
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  await extension.waitForSnapshot((seen) => isAnswered(seen) && finals(seen) > before, 40_000, 'an answer');
}

/** Unix milliseconds of the first fitting snapshot at or after `sinceMs`. */
export async function seenAt(
  { extension: { snapshots } }: Scene,
  fits: (snapshot: Snapshot) => boolean,
  sinceMs: number,
  timeoutMs: number,
  what: string,
): Promise<number> {
  const find = () => snapshots.seen.find(({ at, snapshot }) => at >= sinceMs && fits(snapshot))?.at;
  if (await until(async () => find() !== undefined, timeoutMs)) return find()!;
  throw new Error(`Waited ${timeoutMs} ms for ${what}. Last seen: ${describe(snapshots.last)}`);
}

export const isUnsure = ({ phase }: Snapshot) => phase === 'unstable' || phase === 'reconnecting';
export const isReconnecting = ({ phase }: Snapshot) => phase === 'reconnecting';
export const isFailed = ({ phase }: Snapshot) => phase === 'failed';

/**
 * A call that was talked in is faulted, loses its line, gets another, and goes on: the same call, with the same lines,
 * and an answer to the next question.
 */
export async function loseAndGoOn(
  scene: Scene,
  fault: () => Promise<unknown>,
  patienceMs = 45_000,
): Promise<{ detectedMs: number; recoveredMs: number }> {
  const { extension } = scene;
  const before = extension.snapshots.last!;
  const at = Date.now();
  await fault();
  const unsureAt = await seenAt(scene, isUnsure, at, patienceMs, 'the doubt');
  const lostAt = await seenAt(scene, isReconnecting, at, patienceMs, 'the loss');
  const backAt = await seenAt(scene, isLive, lostAt, patienceMs, 'another line');
  goesOn(extension.snapshots.last!, before);
  await ask(scene);
  return { detectedMs: unsureAt - at, recoveredMs: backAt - at };
}

/** The same call, and nothing of it is missing. */
export function goesOn(now: Snapshot, before: Snapshot): void {
  if (now.callId !== before.callId) throw new Error('it is another call');
  const lines = now.lines.slice(0, before.lines.length);
  if (JSON.stringify(lines) !== JSON.stringify(before.lines)) throw new Error(`lines are missing: ${describe(now)}`);
}
