/**
 * What is known of the call when no host is there to ask: kept in session storage, because the worker keeps nothing.
 */
import { browser } from 'wxt/browser';
import { idleSnapshot, isActive, isSnapshot, phases, type Phase, type Snapshot } from '../protocol/snapshot.ts';

const snapshotKey = 'last-snapshot';
const phaseKey = 'last-phase';
/** Session storage holds 10 MB in all. */
const mostLines = 500;

export async function keepSnapshot(snapshot: Snapshot): Promise<void> {
  const kept = { ...snapshot, lines: snapshot.lines.slice(-mostLines) };
  await browser.storage.session.set({ [snapshotKey]: kept, [phaseKey]: kept.phase });
}

export async function keepPhase(value: Phase): Promise<void> {
  await browser.storage.session.set({ [phaseKey]: value });
}

/** Idle when nothing is known. */
export async function lastPhase(): Promise<Phase> {
  const { [phaseKey]: kept } = await browser.storage.session.get(phaseKey);
  return phases.includes(kept as Phase) ? (kept as Phase) : 'idle';
}

/** The snapshot to show without a host. A call that was active and has no host any more was stopped from outside. */
export async function lastSnapshot(): Promise<Snapshot> {
  if (isActive(await lastPhase())) return { ...idleSnapshot, phase: 'failed', fault: { code: 'host-stopped' } };
  const { [snapshotKey]: kept } = await browser.storage.session.get(snapshotKey);
  return isSnapshot(kept) ? kept : idleSnapshot;
}
