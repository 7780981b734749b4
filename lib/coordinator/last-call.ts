/**
 * What is known of the call when no host is there to ask: kept in session storage, because the worker keeps nothing; and in
 * local storage that a call is up, because the browser may end in the middle of it.
 */
import { browser } from 'wxt/browser';
import type { Sent } from '../protocol/messages.ts';
import { idleSnapshot, isActive, isSnapshot, phases, type Phase, type Snapshot } from '../protocol/snapshot.ts';

const snapshotKey = 'last-snapshot';
const phaseKey = 'last-phase';
const sentKey = 'last-sent';
const logKey = 'last-log';
const openKey = 'open-call';
/** Session storage holds 10 MB in all. */
const mostLines = 500;
const mostSentBytes = 2 * 1024 * 1024;

export async function keepSnapshot(snapshot: Snapshot): Promise<void> {
  const lines = snapshot.lines.slice(-mostLines);
  const earlierLines = Math.max(0, snapshot.earlierLines - (snapshot.lines.length - lines.length));
  const kept = { ...snapshot, lines, earlierLines };
  const { phase } = kept;
  const { session } = browser.storage;
  await session
    .set({ [snapshotKey]: kept, [phaseKey]: phase })
    // There is no room: how it ended is worth more than its words.
    .catch(() => session.set({ [snapshotKey]: { ...kept, lines: [], earlierLines: 0 }, [phaseKey]: phase }));
}

export async function keepPhase(value: Phase): Promise<void> {
  const { session } = browser.storage;
  // Without room: better unknown than false.
  await session.set({ [phaseKey]: value }).catch(() => session.remove(phaseKey));
}

/** Idle when nothing is known. */
export async function lastPhase(): Promise<Phase> {
  const { [phaseKey]: kept } = await browser.storage.session.get(phaseKey);
  return phases.includes(kept as Phase) ? (kept as Phase) : 'idle';
}

/** The snapshot to show without a host. */
export async function lastSnapshot(): Promise<Snapshot> {
  const cut = await cutOff();
  if (cut) return cut;
  const { [snapshotKey]: kept } = await browser.storage.session.get(snapshotKey);
  return isSnapshot(kept) ? kept : idleSnapshot;
}

/** A call that is up. */
interface OpenCall {
  /** Null: nothing of it is kept. */
  callId: string | null;
  microphone: boolean;
}

/** Null: none is. */
export async function keepOpen(open: OpenCall | null): Promise<void> {
  const { local } = browser.storage;
  if (JSON.stringify(open) === JSON.stringify(await openCall())) return;
  await (open ? local.set({ [openKey]: open }) : local.remove(openKey));
}

/**
 * Asked without a host: a call that was active has none any more, and was stopped from outside. Where session storage knows
 * nothing of it, browser or extension ended since. Null: no call was.
 */
export async function cutOff(): Promise<Snapshot | null> {
  const [phase, open] = await Promise.all([lastPhase(), openCall()]);
  if (isActive(phase)) return { ...idleSnapshot, ...open, phase: 'failed', fault: { code: 'host-stopped' } };
  return open && { ...idleSnapshot, ...open, phase: 'ended', endReason: 'cut-off' };
}

/** The person has seen it. That a call was cut off is told once; a fault stays until the next call. */
export async function cutOffSeen(): Promise<void> {
  const cut = await cutOff();
  if (!cut) return;
  await keepSnapshot(cut.fault ? cut : idleSnapshot);
  await keepOpen(null);
}

async function openCall(): Promise<OpenCall | null> {
  const { [openKey]: stored } = await browser.storage.local.get(openKey);
  if (typeof stored !== 'object' || stored === null) return null;
  const { callId, microphone } = stored as Partial<OpenCall>;
  return { callId: typeof callId === 'string' ? callId : null, microphone: microphone === true };
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
