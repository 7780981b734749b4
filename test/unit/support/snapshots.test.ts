import { describe, expect, it } from 'vitest';
import { idleSnapshot, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { SnapshotWatch } from '../../support/snapshots.ts';

const live: Snapshot = { ...idleSnapshot, seq: 2, phase: 'live', turn: 'listening' };
const failed: Snapshot = { ...idleSnapshot, seq: 3, phase: 'failed', fault: { code: 'relay-refused', detail: '401' } };

describe('waiting for a snapshot', () => {
  it('is over at once when the last one fits already', async () => {
    const watch = new SnapshotWatch();
    watch.take(1, live);
    expect(await watch.waitFor(({ phase }) => phase === 'live', 10)).toBe(live);
  });

  it('is over with the first one that fits', async () => {
    const watch = new SnapshotWatch();
    const waiting = watch.waitFor(({ phase }) => phase === 'live', 1000);
    watch.take(1, idleSnapshot);
    watch.take(2, live);
    expect(await waiting).toBe(live);
  });

  it('says in the end what was seen instead', async () => {
    const watch = new SnapshotWatch();
    watch.take(1, failed);
    const waiting = watch.waitFor(({ phase }) => phase === 'live', 10, 'a live call');
    await expect(waiting).rejects.toThrow(/a live call.*failed, relay-refused \(401\)/);
  });
});
