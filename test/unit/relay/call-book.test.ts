import type { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { CallBook, type Watch, type WatchListener } from '../../../relay/calls/call-book.ts';
import { Caps } from '../../../relay/caps/caps.ts';
import { noRules, readRules } from '../../../relay/caps/rules.ts';
import { createLog } from '../../../relay/log/log.ts';
import type { Moderation } from '../../../relay/moderation/moderation.ts';
import { Refusal } from '../../../relay/refusal.ts';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteLedger } from '../../../relay/sqlite/ledger.ts';
import { sqliteRunning } from '../../../relay/sqlite/running.ts';
import { sqliteUsage } from '../../../relay/sqlite/usage.ts';
import { listPrices } from '../../../relay/usage/prices.ts';

const who = { device: 'd1', person: 'p1', address: 'a1' };
const call = { id: 'rtc_1', place: 'place-1', who, model: 'gpt-realtime-2.1' };
const minute = 60_000;
/** 1000 tokens of sound written: 64,000 millionths of a dollar. */
const answer = Buffer.from(
  JSON.stringify({
    type: 'response.done',
    response: { usage: { output_tokens: 1000, output_token_details: { audio_tokens: 1000 } } },
  }),
);

let now = 0;
beforeEach(() => void (now = Date.UTC(2026, 10, 20, 12)));

function book(
  rules: string,
  {
    database = memoryDatabase(),
    seen = true,
    moderation = null,
  }: { database?: DatabaseSync; seen?: boolean | 'later'; moderation?: Moderation | null } = {},
) {
  const clock = () => now;
  const caps = new Caps({ ...noRules, person: readRules(rules)! }, sqliteLedger(database, clock), clock);
  const usage = sqliteUsage(database, () => new Date(now));
  const hangUp = vi.fn(() => Promise.resolve());
  const listeners: WatchListener[] = [];
  const watch: Watch = (_id, listener) => {
    listeners.push(listener);
    if (seen === 'later') return () => undefined;
    listener.onSight(true);
    return () => undefined;
  };
  const revoked = new Set<string>();
  const calls = new CallBook({
    caps,
    usage,
    now: clock,
    mayCall: async (device) => !revoked.has(device),
    onFail: (error) => {
      throw error;
    },
    running: sqliteRunning(database),
    prices: listPrices,
    transcriptionModel: null,
    moderation,
    watch: seen === false ? null : watch,
    hangUp,
    log: createLog({ write: () => undefined }),
    everyMs: 1e9,
  });
  const spent = async () => (await usage.report('2026'))[0];
  return { revoked, calls, caps, usage, hangUp, listeners, spent, database };
}

describe('A call that the relay opened', () => {
  it('is counted by what is heard of it, and by the clock', async () => {
    const { calls, listeners, spent } = book('usd/day=1');
    await calls.opened(call, true);
    now += minute;
    listeners[0]!.onText(answer);
    await calls.look();
    expect(await spent()).toMatchObject({ calls: 1, ms: minute, microUsd: 64_000, unseenMicroUsd: 0 });
  });

  it('is hung up when the money is used up, and the device can learn why', async () => {
    const { calls, hangUp, listeners } = book('usd/day=0.1');
    await calls.opened(call, true);
    listeners[0]!.onText(answer);
    await calls.look();
    expect(hangUp).not.toHaveBeenCalled();
    listeners[0]!.onText(answer);
    await vi.waitFor(() => expect(hangUp).toHaveBeenCalledExactlyOnceWith('rtc_1', who));
    await vi.waitFor(() => expect(calls.size).toBe(0));
    expect(calls.endedFor('d1')).toEqual({
      callId: 'rtc_1',
      at: now / 1000,
      code: 'limit_reached',
      message: "The $0.1 for this day for this person are used up; the relay's owner can raise LIMIT_PERSON.",
      limit: { of: 'person', what: 'usd', per: 'day', most: 0.1, resetsAt: expect.any(Number) },
    });
    expect(calls.endedFor('d2')).toBeNull();
  });

  it('is hung up after its minutes, and again where that failed', async () => {
    const { calls, hangUp } = book('minutes/call=30');
    hangUp.mockRejectedValueOnce(new Error('busy'));
    await calls.opened(call, true);
    now += 29 * minute;
    await calls.look();
    expect(hangUp).not.toHaveBeenCalled();
    now += minute;
    await calls.look();
    await vi.waitFor(() => expect(hangUp).toHaveBeenCalledTimes(1));
    expect(calls.size).toBe(1);
    await calls.look();
    await vi.waitFor(() => expect(calls.size).toBe(0));
    expect(hangUp).toHaveBeenCalledTimes(2);
  });

  it('that cannot be listened to costs the list price of its time', async () => {
    for (const seen of ['later', false] as const) {
      const { calls, spent, hangUp } = book('usd/day=1', { seen });
      await calls.opened(call, true);
      now += minute;
      await calls.look();
      expect(await spent()).toMatchObject({ microUsd: 600_000, unseenMicroUsd: 600_000 });
      now += minute;
      await calls.look();
      await vi.waitFor(() => expect(hangUp).toHaveBeenCalled());
    }
  });

  it('costs by its time while it is not heard, and by its answers while it is', async () => {
    const { calls, listeners, spent } = book('usd/day=5');
    await calls.opened(call, true);
    listeners[0]!.onSight(false);
    now += minute;
    await calls.look();
    listeners[0]!.onSight(true);
    listeners[0]!.onText(answer);
    now += minute;
    await calls.look();
    expect(await spent()).toMatchObject({ ms: 2 * minute, microUsd: 664_000, unseenMicroUsd: 600_000 });
  });

  it('that is left in the middle of an answer costs a minute’s list price, and after it nothing', async () => {
    const begun = Buffer.from('{"type":"response.created","response":{}}');
    for (const [texts, cost] of [
      [[begun, answer], 64_000],
      [[begun, answer, begun], 664_000],
    ] as const) {
      const { calls, listeners, spent } = book('usd/day=5');
      await calls.opened(call, true);
      for (const text of texts) listeners[0]!.onText(text);
      await calls.look();
      listeners[0]!.onEnd();
      await vi.waitFor(async () => expect((await spent())!.microUsd).toBe(cost));
    }
  });

  it('gives its place back when it ends', async () => {
    const { calls, caps, listeners } = book('calls=1');
    await caps.take(call.place, who);
    await calls.opened(call, true);
    now += 50_000;
    await calls.look();
    now += 50_000;
    await expect(caps.take('another', who)).rejects.toMatchObject({ code: 'rate_limited' });
    listeners[0]!.onEnd();
    await vi.waitFor(async () => expect(await caps.take('another', who)).toBeUndefined());
  });

  it('is hung up when its device is revoked', async () => {
    const { calls, revoked, hangUp } = book('');
    await calls.opened(call, true);
    await calls.look();
    expect(hangUp).not.toHaveBeenCalled();
    revoked.add('d1');
    await calls.look();
    await vi.waitFor(() => expect(calls.size).toBe(0));
    expect(hangUp).toHaveBeenCalledOnce();
    expect(calls.endedFor('d1')).toMatchObject({
      message: expect.stringContaining('revoked this device'),
      limit: null,
    });
  });

  it('is hung up when what is said is flagged, and again where that failed', async () => {
    const heard: string[] = [];
    let flag = (_why: Refusal): void => undefined;
    const listen: Moderation['listen'] = (_who, onFlagged) => {
      flag = onFlagged;
      return {
        heard: (text) => void heard.push(text.toString()),
        unheard: () => heard.push('nothing'),
        close: () => {},
      };
    };
    const { calls, hangUp, listeners } = book('', { moderation: { listen } as Moderation });
    hangUp.mockRejectedValueOnce(new Error('busy'));
    await calls.opened(call, true);
    listeners[0]!.onText(answer);
    expect(heard).toEqual([answer.toString()]);
    flag(new Refusal('moderated', 'It was flagged.'));
    await vi.waitFor(() => expect(hangUp).toHaveBeenCalledTimes(1));
    expect(calls.size).toBe(1);
    await calls.look();
    await vi.waitFor(() => expect(calls.size).toBe(0));
    expect(hangUp).toHaveBeenCalledTimes(2);
    expect(calls.endedFor('d1')).toMatchObject({ callId: 'rtc_1', code: 'moderated', message: 'It was flagged.' });
  });

  it('that nobody hears is told to moderation once', async () => {
    const unheard = vi.fn();
    const listen = () => ({ heard: () => undefined, unheard, close: () => undefined });
    const { calls, listeners } = book('', { moderation: { listen } as unknown as Moderation });
    await calls.opened(call, true);
    await calls.look();
    listeners[0]!.onSight(false);
    await calls.look();
    expect(unheard).not.toHaveBeenCalled();
    await calls.look();
    await calls.look();
    expect(unheard).toHaveBeenCalledOnce();
  });

  it('is over after the hour that a provider gives it, seen or not', async () => {
    const { calls } = book('', { seen: false });
    await calls.opened(call, true);
    now += 62 * minute;
    await calls.look();
    expect(calls.size).toBe(0);
  });

  it('can be ended by its person alone', async () => {
    const { calls, hangUp } = book('');
    await calls.opened(call, true);
    expect(await calls.hangUp('rtc_1', 'p2')).toBe(false);
    expect(await calls.hangUp('rtc_2', 'p1')).toBe(false);
    expect(hangUp).not.toHaveBeenCalled();
    expect(await calls.hangUp('rtc_1', 'p1')).toBe(true);
    expect(await calls.hangUp('rtc_1', 'p1')).toBe(false);
    expect(calls.size).toBe(0);
  });
});

describe('A call that outlives its relay', () => {
  it('is looked after by the next one from where the first had counted', async () => {
    const first = book('usd/day=1');
    await first.calls.opened(call, true);
    now += minute;
    first.listeners[0]!.onText(answer);
    await first.calls.close();
    now += minute;
    const next = book('usd/day=1', first);
    await next.calls.look();
    expect(next.calls.size).toBe(1);
    next.listeners[0]!.onText(answer);
    await next.calls.look();
    expect(await next.spent()).toMatchObject({ calls: 1, ms: 2 * minute, microUsd: 128_000 });
  });

  it('is taken over by one only, and not while its relay lives', async () => {
    const first = book('');
    await first.calls.opened(call, true);
    const [second, third] = [book('', first), book('', first)];
    now += 20_000;
    await first.calls.look();
    now += 20_000;
    await Promise.all([second.calls.look(), third.calls.look()]);
    expect(second.calls.size + third.calls.size).toBe(0);
    now += 20_000;
    await Promise.all([second.calls.look(), third.calls.look()]);
    expect(second.calls.size + third.calls.size).toBe(1);
  });

  it('that is ended through another relay is over for its own', async () => {
    const first = book('', { seen: false });
    await first.calls.opened(call, true);
    const second = book('', { ...first, seen: false });
    expect(await second.calls.hangUp('rtc_1', 'p1')).toBe(true);
    await first.calls.look();
    expect(first.calls.size).toBe(0);
  });
});
