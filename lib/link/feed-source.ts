/** The host's end of the feed: the first snapshot whole, then what changes; the whole again for a view that asks. */
import type { Level, Snapshot } from '../protocol/snapshot.ts';
import { changeBetween } from './change.ts';
import { hostLock, levelChannel, snapshotChannel, wholePlease } from './feed.ts';

export interface FeedSource {
  /** Lines that did not change must be the same objects as before. */
  publish(snapshot: Snapshot): void;
  publishLevel(level: Level): void;
  close(): void;
}

export function openFeedSource(): FeedSource {
  const snapshots = new BroadcastChannel(snapshotChannel);
  const levels = new BroadcastChannel(levelChannel);
  let last: Snapshot | null = null;
  const over = Promise.withResolvers<void>();
  void navigator.locks.request(hostLock, () => over.promise);
  snapshots.addEventListener('message', ({ data }) => {
    if (data === wholePlease && last) snapshots.postMessage(last);
  });
  return {
    publish(next) {
      snapshots.postMessage(last ? changeBetween(last, next) : next);
      last = next;
    },
    publishLevel: (value) => levels.postMessage(value),
    close() {
      over.resolve();
      snapshots.close();
      levels.close();
    },
  };
}
