/** What a view knows: the last snapshot, the levels, and whether Parley answers. Every change goes through an intent. */
import { changed, isChange, type Change } from '../link/change.ts';
import { watchLevels, watchSnapshots } from '../link/feed.ts';
import { sendIntent } from '../link/request.ts';
import { faultOf } from '../protocol/faults.ts';
import type { Fault } from '../protocol/faults.ts';
import type { Intent } from '../protocol/messages.ts';
import { idleSnapshot, isSnapshot } from '../protocol/snapshot.ts';
import type { Level, Snapshot } from '../protocol/snapshot.ts';
import { createValue, type Value } from './value.ts';
import { reuseLines } from './view/lines.ts';

/** `silent`: the coordinator did not answer the first question in time. */
export type LinkState = 'waiting' | 'answering' | 'silent';

export interface Store {
  snapshot: Value<Snapshot>;
  level: Value<Level>;
  link: Value<LinkState>;
  /** What the last intent failed with, when the snapshot cannot say it. */
  trouble: Value<Fault | null>;
  /** Watches the feed and asks for the snapshot of now; null when nobody answers. Call once. */
  connect(): Promise<Snapshot | null>;
  /** Sends an intent and shows its answer. Resolves to whether it was taken. */
  act(intent: Intent): Promise<boolean>;
  /** Sends an intent that needs no answer: what it changes, the feed tells. */
  tell(intent: Intent): void;
}

export interface StoreLink {
  send(intent: Intent): Promise<unknown>;
  /** `see` returns whether it could follow. */
  watchSnapshots(see: (value: Snapshot | Change) => boolean): () => void;
  watchLevels(see: (value: Level) => void): () => void;
}

/** A woken worker answers within 300 ms; this leaves room for a slow machine. */
const answerDeadlineMs = 2000;

/** Is `next` not older than `current`? Snapshots of one host are numbered; a new host begins again. */
export function isNewer(current: Snapshot, next: Snapshot): boolean {
  return next.bootId !== current.bootId || next.seq >= current.seq;
}

export function createStore(link: StoreLink, deadlineMs = answerDeadlineMs): Store {
  const snapshot = createValue<Snapshot>(idleSnapshot);
  const level = createValue<Level>({ microphone: 0, voice: 0 });
  const state = createValue<LinkState>('waiting');
  const trouble = createValue<Fault | null>(null);
  let broadcasts = 0;

  function show(next: Snapshot): void {
    const current = snapshot.get();
    if (isNewer(current, next)) snapshot.set({ ...next, lines: reuseLines(current.lines, next.lines) });
  }

  /** False: this changes a snapshot that we do not have. */
  function follow(next: Snapshot | Change): boolean {
    const current = snapshot.get();
    if (!isNewer(current, next)) return true;
    if (isChange(next)) {
      const whole = changed(current, next);
      // One that is as old as what we have is in it already.
      if (!whole) return next.bootId === current.bootId && next.seq === current.seq;
      snapshot.set(whole);
    } else show(next);
    broadcasts += 1;
    return true;
  }

  async function ask(intent: Intent): Promise<Snapshot | null> {
    const before = broadcasts;
    const answer = await link.send(intent);
    if (!isSnapshot(answer)) return null;
    state.set('answering');
    // An answer about another host than the one that spoke meanwhile was written before it did.
    const overtaken = broadcasts !== before && answer.bootId !== snapshot.get().bootId;
    if (!overtaken) show(answer);
    return snapshot.get();
  }

  return {
    snapshot,
    level,
    link: state,
    trouble,
    async connect() {
      link.watchSnapshots(follow);
      link.watchLevels((next) => level.set(next));
      const timer = setTimeout(() => state.set('silent'), deadlineMs);
      try {
        const answer = await ask({ type: 'hello' });
        if (!answer) state.set('silent');
        return answer;
      } catch {
        state.set('silent');
        return null;
      } finally {
        clearTimeout(timer);
      }
    },
    async act(intent) {
      trouble.set(null);
      try {
        await ask(intent);
        return true;
      } catch (error) {
        trouble.set(faultOf(error));
        return false;
      }
    },
    tell(intent) {
      link.send(intent).catch(() => undefined);
    },
  };
}

export const store = createStore({ send: sendIntent, watchSnapshots, watchLevels });
