/**
 * The way down: snapshots and levels from the host to every view, by BroadcastChannel, which does not wake the worker.
 */
import { isLevel, isSnapshot } from '../protocol/snapshot.ts';
import type { Level, Snapshot } from '../protocol/snapshot.ts';

const snapshotChannel = 'parley-snapshots';
const levelChannel = 'parley-levels';

export interface FeedSource {
  publish(snapshot: Snapshot): void;
  publishLevel(level: Level): void;
  close(): void;
}

export function openFeedSource(): FeedSource {
  const snapshots = new BroadcastChannel(snapshotChannel);
  const levels = new BroadcastChannel(levelChannel);
  return {
    publish: (value) => snapshots.postMessage(value),
    publishLevel: (value) => levels.postMessage(value),
    close() {
      snapshots.close();
      levels.close();
    },
  };
}

/** Calls `see` with every well-formed snapshot. Returns the way to stop. */
export function watchSnapshots(see: (value: Snapshot) => void): () => void {
  const channel = new BroadcastChannel(snapshotChannel);
  channel.addEventListener('message', ({ data }) => {
    if (isSnapshot(data)) see(data);
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
