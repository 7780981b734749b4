import { describe, expect, it, vi } from 'vitest';
import { FaultError } from '../../../lib/protocol/faults.ts';
import type { Intent } from '../../../lib/protocol/messages.ts';
import { idleSnapshot } from '../../../lib/protocol/snapshot.ts';
import type { Level, Snapshot } from '../../../lib/protocol/snapshot.ts';
import { defaultSettings } from '../../../lib/storage/settings.ts';
import { beginsCall } from '../../../lib/ui/popup/begin.ts';
import { createStore } from '../../../lib/ui/store.ts';
import { createValue } from '../../../lib/ui/value.ts';

const at = (bootId: string, seq: number, change: Partial<Snapshot> = {}): Snapshot => ({
  ...idleSnapshot,
  bootId,
  seq,
  ...change,
});

/** A store with a feed to broadcast on and a coordinator that answers what the test says. */
function storeWith(answer: (intent: Intent) => Promise<unknown> | unknown, deadlineMs = 2000) {
  let broadcast: (value: Snapshot) => unknown = () => undefined;
  let broadcastLevel: (value: Level) => void = () => undefined;
  const sent: Intent[] = [];
  const gone = Promise.withResolvers<void>();
  const store = createStore(
    {
      send: async (intent) => {
        sent.push(intent);
        return answer(intent);
      },
      watchSnapshots: (see) => {
        broadcast = see;
        return () => undefined;
      },
      watchLevels: (see) => {
        broadcastLevel = see;
        return () => undefined;
      },
      hostGone: () => gone.promise,
    },
    deadlineMs,
  );
  return {
    store,
    sent,
    hostDies: () => gone.resolve(),
    broadcast: (value: Snapshot) => broadcast(value),
    broadcastLevel: (value: Level) => broadcastLevel(value),
  };
}

describe('the store', () => {
  it('asks once and shows the answer', async () => {
    const { store, sent } = storeWith(() => at('a', 3, { phase: 'live', turn: 'listening' }));
    await store.connect();
    expect(sent).toEqual([{ type: 'hello' }]);
    expect(store.snapshot.get()).toMatchObject({ phase: 'live', turn: 'listening' });
    expect(store.link.get()).toBe('answering');
  });

  it('ignores what is older, and starts anew with a new host', async () => {
    const { store, broadcast } = storeWith(() => at('a', 5));
    await store.connect();
    broadcast(at('a', 4, { phase: 'failed' }));
    expect(store.snapshot.get().phase).toBe('idle');
    broadcast(at('a', 6, { phase: 'live' }));
    expect(store.snapshot.get().phase).toBe('live');
    broadcast(at('b', 1, { phase: 'connecting' }));
    expect(store.snapshot.get()).toMatchObject({ bootId: 'b', phase: 'connecting' });
  });

  it('does not let an answer from before a host take the place of that host', async () => {
    const answer = Promise.withResolvers<Snapshot>();
    const { store, broadcast } = storeWith(() => answer.promise);
    const connected = store.connect();
    broadcast(at('a', 7, { phase: 'live' }));
    answer.resolve(idleSnapshot);
    await connected;
    expect(store.snapshot.get()).toMatchObject({ bootId: 'a', phase: 'live' });
  });

  it('says that nobody answers, and takes it back when somebody does', async () => {
    vi.useFakeTimers();
    const answer = Promise.withResolvers<Snapshot>();
    const { store } = storeWith(() => answer.promise);
    const connected = store.connect();
    await vi.advanceTimersByTimeAsync(1999);
    expect(store.link.get()).toBe('waiting');
    await vi.advanceTimersByTimeAsync(1);
    expect(store.link.get()).toBe('silent');
    answer.resolve(at('a', 1));
    await connected;
    expect(store.link.get()).toBe('answering');
    vi.useRealTimers();
  });

  it.each([null, {}, { ...idleSnapshot, lines: 'none' }, { ...idleSnapshot, phase: 'lost' }, 'hello'])(
    'takes %j for no answer',
    async (nonsense) => {
      const { store } = storeWith(() => nonsense);
      expect(await store.connect()).toBeNull();
      expect(store.link.get()).toBe('silent');
      expect(store.snapshot.get()).toBe(idleSnapshot);
    },
  );

  it('asks what has become of a call whose host went without a word, and not of one that was over', async () => {
    const stopped = at('', 0, { phase: 'failed', fault: { code: 'host-stopped' } });
    const { store, broadcast, hostDies, sent } = storeWith(() => stopped);
    await store.connect();
    broadcast(at('a', 1, { phase: 'live' }));
    hostDies();
    await vi.waitFor(() => expect(store.snapshot.get()).toMatchObject({ phase: 'failed' }));
    expect(sent).toHaveLength(2);

    const ended = storeWith(() => at('a', 1));
    await ended.store.connect();
    ended.broadcast(at('a', 2, { phase: 'live' }));
    ended.broadcast(at('a', 3, { phase: 'ended' }));
    ended.hostDies();
    await new Promise((resolve) => setImmediate(resolve));
    expect(ended.sent).toEqual([{ type: 'hello' }]);
  });

  it('says so in the middle, too: of a press that nobody answers, and not of one that takes its time', async () => {
    vi.useFakeTimers();
    let awake = true;
    const never = new Promise<never>(() => undefined);
    const { store } = storeWith(({ type }) => (awake && type !== 'start' ? at('a', 1, { phase: 'live' }) : never));
    await store.connect();
    void store.act({ type: 'start', microphone: true });
    await vi.advanceTimersByTimeAsync(10_000);
    expect(store.link.get()).toBe('answering');
    awake = false;
    void store.act({ type: 'end' });
    await vi.advanceTimersByTimeAsync(1999);
    expect(store.link.get()).toBe('answering');
    await vi.advanceTimersByTimeAsync(1);
    expect(store.link.get()).toBe('silent');
    awake = true;
    await store.look();
    expect(store.link.get()).toBe('answering');
    vi.useRealTimers();
  });

  it('shows why an intent failed until the next one', async () => {
    let fails = true;
    const { store } = storeWith(() => {
      if (fails) throw new FaultError('internal', 'no answer');
      return at('a', 1);
    });
    expect(await store.act({ type: 'say', text: 'hello' })).toBe(false);
    expect(store.trouble.get()).toEqual({ code: 'internal', detail: 'no answer' });
    fails = false;
    expect(await store.act({ type: 'say', text: 'hello' })).toBe(true);
    expect(store.trouble.get()).toBeNull();
  });

  it('tells without asking: neither the answer nor a failure changes what is shown', async () => {
    let fails = false;
    const { store, sent } = storeWith(() => {
      if (fails) throw new FaultError('internal', 'no answer');
      return at('a', 1, { phase: 'live' });
    });
    store.tell({ type: 'warm' });
    fails = true;
    store.tell({ type: 'warm' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(sent).toHaveLength(2);
    expect(store.snapshot.get()).toBe(idleSnapshot);
    expect(store.trouble.get()).toBeNull();
  });

  it('hands out the same line while it is unchanged', async () => {
    const line = { kind: 'person', id: 'p', at: 1, text: 'Hi', state: 'final', typed: true } as const;
    const { store, broadcast } = storeWith(() => at('a', 1, { lines: [line] }));
    await store.connect();
    const before = store.snapshot.get().lines[0];
    const answer = { kind: 'assistant', id: 'q', at: 2, text: 'Hel', state: 'streaming' } as const;
    broadcast(at('a', 2, { lines: [{ ...line }, answer] }));
    expect(store.snapshot.get().lines[0]).toBe(before);
    broadcast(at('a', 3, { lines: [{ ...line, text: 'Hi!' }, answer] }));
    expect(store.snapshot.get().lines[0]).toMatchObject({ text: 'Hi!' });
  });

  it('passes levels on', async () => {
    const { store, broadcastLevel } = storeWith(() => idleSnapshot);
    await store.connect();
    broadcastLevel({ microphone: 0.2, voice: 0 });
    expect(store.level.get()).toEqual({ microphone: 0.2, voice: 0 });
  });
});

describe('a value', () => {
  it('tells its watchers of changes only, until they stop', () => {
    const value = createValue(1);
    const seen: number[] = [];
    const stop = value.watch((now) => seen.push(now));
    value.set(1);
    value.set(2);
    stop();
    value.set(3);
    expect(seen).toEqual([2]);
  });
});

describe('opening the popup', () => {
  const settings = { ...defaultSettings, relay: { url: 'http://127.0.0.1:8787', deviceToken: 'secret' } };

  it('begins a call when there is none', () => {
    expect(beginsCall(settings, idleSnapshot)).toBe(true);
    expect(beginsCall(settings, at('a', 9, { phase: 'ended', endReason: 'hung-up' }))).toBe(true);
  });

  it.each(['asking-permission', 'connecting', 'live', 'unstable'] as const)(
    'leaves a call that is %s alone',
    (phase) => {
      expect(beginsCall(settings, at('a', 1, { phase }))).toBe(false);
    },
  );

  it('begins none when told not to, without a relay, or when nobody answers', () => {
    expect(beginsCall({ ...settings, autoStart: false }, idleSnapshot)).toBe(false);
    expect(beginsCall({ ...settings, relay: { ...settings.relay, deviceToken: '' } }, idleSnapshot)).toBe(false);
    expect(beginsCall({ ...settings, relay: { ...settings.relay, url: '' } }, idleSnapshot)).toBe(false);
    expect(beginsCall(settings, null)).toBe(false);
  });
});
