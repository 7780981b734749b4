/** What a view knows: the last snapshot, the levels, and whether Parley answers. Every change goes through an intent. */
import { changed, isChange, type Change } from '../link/change.ts';
import { hostGone, watchLevels, watchSnapshots } from '../link/feed.ts';
import { sendIntent } from '../link/request.ts';
import { faultOf } from '../protocol/faults.ts';
import type { Fault } from '../protocol/faults.ts';
import type { Intent } from '../protocol/messages.ts';
import { idleSnapshot, isActive, isSnapshot } from '../protocol/snapshot.ts';
import type { Level, Snapshot } from '../protocol/snapshot.ts';
import { createValue, type Value } from './value.ts';
import { reuseLines } from './view/lines.ts';

/** `silent`: the coordinator did not answer in time. */
export type LinkState = 'waiting' | 'answering' | 'silent';

export interface Store {
  snapshot: Value<Snapshot>;
  level: Value<Level>;
  link: Value<LinkState>;
  /** What the last intent failed with, when the snapshot cannot say it. */
  trouble: Value<Fault | null>;
  /** Watches the feed and asks for the snapshot of now; null when nobody answers. Call once. */
  connect(): Promise<Snapshot | null>;
  /** Asks again whether anybody answers. */
  look(): Promise<void>;
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
  /** Resolves when the host of now is gone. */
  hostGone(): Promise<void>;
}

/** A woken worker answers within 300 ms; this leaves room for a slow machine. */
const answerDeadlineMs = 2000;

/** Most intents are answered by then; behind one that is not the coordinator is asked whether it is there at all. */
const usualAnswerMs = 300;

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
  let outlived = '';

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

  /** Is anybody there? `withinMs`: after that the person is told, and told again when the answer comes. */
  async function prove(question: Promise<unknown>, withinMs = deadlineMs): Promise<void> {
    const timer = setTimeout(() => state.set('silent'), withinMs);
    const proved = await question.then(
      () => true,
      () => false,
    );
    clearTimeout(timer);
    state.set(proved ? 'answering' : 'silent');
  }

  /** A call whose host goes without a word is over, and the coordinator knows what is to be said of it. */
  async function outlive(): Promise<void> {
    const { phase, bootId } = snapshot.get();
    if (!isActive(phase) || bootId === outlived) return;
    outlived = bootId;
    await link.hostGone();
    const now = snapshot.get();
    if (isActive(now.phase) && now.bootId === bootId) await ask({ type: 'hello' }).catch(() => null);
  }

  const look = (withinMs?: number) => prove(link.send({ type: 'ping' }), withinMs);

  return {
    snapshot,
    level,
    link: state,
    trouble,
    async connect() {
      link.watchSnapshots(follow);
      link.watchLevels((next) => level.set(next));
      snapshot.watch(() => void outlive());
      const hello = ask({ type: 'hello' }).catch(() => null);
      await prove(hello.then((answer) => answer ?? Promise.reject(new Error('no snapshot'))));
      return hello;
    },
    look: () => look(),
    async act(intent) {
      trouble.set(null);
      // An intent may take its time; the coordinator may not.
      const late = setTimeout(() => void look(deadlineMs - usualAnswerMs), usualAnswerMs);
      try {
        await ask(intent);
        return true;
      } catch (error) {
        trouble.set(faultOf(error));
        return false;
      } finally {
        clearTimeout(late);
      }
    },
    tell(intent) {
      link.send(intent).catch(() => undefined);
    },
  };
}

export const store = createStore({ send: sendIntent, watchSnapshots, watchLevels, hostGone });
