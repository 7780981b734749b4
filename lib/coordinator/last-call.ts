/**
 * What is known of the call when no host is there to ask: kept in session storage, because the worker keeps nothing.
 */
import { browser } from 'wxt/browser';
import type { Sent } from '../protocol/messages.ts';
import { idleSnapshot, isActive, isSnapshot, phases, type Phase, type Snapshot } from '../protocol/snapshot.ts';

const snapshotKey = 'last-snapshot';
const phaseKey = 'last-phase';
const sentKey = 'last-sent';
const logKey = 'last-log';
/** Session storage holds 10 MB in all. */
const mostLines = 500;
const mostSentBytes = 2 * 1024 * 1024;

export async function keepSnapshot(snapshot: Snapshot): Promise<void> {
  const lines = snapshot.lines.slice(-mostLines);
  const earlierLines = Math.max(0, snapshot.earlierLines - (snapshot.lines.length - lines.length));
  const kept = { ...snapshot, lines, earlierLines };
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

/** `value`: `Record<lineId, Sent>`, oldest first. The newest are kept. */
export async function keepSent(value: unknown): Promise<void> {
  const kept: Record<string, Sent> = {};
  let bytes = 0;
  for (const [lineId, sent] of Object.entries({ ...(value as object | null) }).toReversed()) {
    if (!isSent(sent)) continue;
    bytes += new TextEncoder().encode(sent.output + (sent.image ?? '')).length;
    if (bytes > mostSentBytes) break;
    kept[lineId] = sent;
  }
  await browser.storage.session.set({ [sentKey]: kept });
}

/** Null: not kept. */
export async function lastSent(lineId: string): Promise<Sent | null> {
  const { [sentKey]: kept } = await browser.storage.session.get(sentKey);
  const sent = Object.entries({ ...(kept as object | null) }).find(([id]) => id === lineId)?.[1];
  return isSent(sent) ? sent : null;
}

/** `value`: as the host remembers it. */
export async function keepLog(value: unknown): Promise<void> {
  if (isLog(value)) await browser.storage.session.set({ [logKey]: value });
}

/** Of the host that was there last. */
export async function lastLog(): Promise<string[]> {
  const { [logKey]: kept } = await browser.storage.session.get(logKey);
  return isLog(kept) ? kept : [];
}

export function isLog(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((line) => typeof line === 'string');
}

export function isSent(value: unknown): value is Sent {
  const { output, image = '' } = { ...(value as Partial<Sent> | null) };
  return typeof output === 'string' && typeof image === 'string';
}
