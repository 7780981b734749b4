/** The way down, as views see it: snapshots and levels by BroadcastChannel, which does not wake the worker. */
import { isLevel, isSnapshot } from '../protocol/snapshot.ts';
import type { Level, Snapshot } from '../protocol/snapshot.ts';
import type { Change } from './change.ts';

export const snapshotChannel = 'parley-snapshots';
export const levelChannel = 'parley-levels';

/** Held by the host as long as it lives: a document that is closed, or dies, says nothing. */
export const hostLock = 'parley-host';

/** What a view says that cannot follow. */
export const wholePlease = 'whole-please';

/**
 * Calls `see` with every well-formed snapshot or change. Where it returns false, the host is asked for the whole. Returns
 * the way to stop.
 */
export function watchSnapshots(see: (value: Snapshot | Change) => boolean): () => void {
  const channel = new BroadcastChannel(snapshotChannel);
  channel.addEventListener('message', ({ data }) => {
    if (isSnapshot(data) && !see(data)) channel.postMessage(wholePlease);
  });
  return () => channel.close();
}

export function watchLevels(see: (value: Level) => void): () => void {
  const channel = new BroadcastChannel(levelChannel);
  channel.addEventListener('message', ({ data }) => {
    if (isLevel(data)) see(data);
  });
  return () => channel.close();
}

/** Resolves when the host of now is gone. */
export function hostGone(): Promise<void> {
  return navigator.locks.request(hostLock, { mode: 'shared' }, () => undefined);
}
