/** Limits that several relays hold together through a real Valkey or Redis, also while it is down. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Caps } from '../../relay/caps/caps.ts';
import { noRules, readRules } from '../../relay/caps/rules.ts';
import type { Who } from '../../relay/caps/who.ts';
import { loadConfig } from '../../relay/settings/config.ts';
import { createLimits } from '../../relay/limits.ts';
import { createLog } from '../../relay/log/log.ts';
import { connectRedis } from '../../relay/redis/connect.ts';
import { redisCounters } from '../../relay/redis/counter.ts';
import { sharedLedger } from '../../relay/redis/ledger.ts';
import { memoryDatabase } from '../../relay/sqlite/database.ts';
import { sqliteLedger } from '../../relay/sqlite/ledger.ts';
import { startStore, storeProgram, type Store } from './relay-store.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
const who: Who = { device: 'd1', person: 'p1', address: 'a1' };
const log = createLog({ write: () => undefined });

async function store(): Promise<Store> {
  const started = await startStore();
  closers.push(() => started.kill());
  return started;
}

/** One of several relays: a connection and a file of its own. */
async function member({ url }: Store, name: string, database = memoryDatabase()) {
  const client = await connectRedis(url, log);
  closers.push(() => client.destroy());
  const ledger = sharedLedger({ client, own: sqliteLedger(database), relay: name });
  const rules = { ...noRules, person: readRules('calls=20 usd/day=10 requests/day=100')! };
  return { client, ledger, caps: new Caps(rules, ledger), database };
}

async function usdOf(caps: Caps): Promise<number> {
  return (await caps.left(who)).find(({ what }) => what === 'usd')!.used;
}

async function passed(attempts: Promise<unknown>[]): Promise<number> {
  return (await Promise.allSettled(attempts)).filter(({ status }) => status === 'fulfilled').length;
}

describe.skipIf(storeProgram === null)('Relays that share a store', () => {
  it('let exactly as many calls be at once as one of them would', async () => {
    const shared = await store();
    const members = await Promise.all(['a', 'b', 'c'].map((name) => member(shared, name)));
    const attempts = Array.from({ length: 900 }, (_none, at) => members[at % 3]!.caps.take(`call ${at}`, who));
    expect(await passed(attempts)).toBe(20);
  });

  it('know together what was spent, to the last cent', async () => {
    const shared = await store();
    const members = await Promise.all(['a', 'b', 'c'].map((name) => member(shared, name)));
    await Promise.all(
      Array.from({ length: 300 }, (_none, at) => members[at % 3]!.caps.count(who, { ms: 0, microUsd: 10_000 + at })),
    );
    const total = 300 * 10_000 + (299 * 300) / 2;
    for (const { caps } of members) expect(await usdOf(caps)).toBeCloseTo(total / 1e6, 6);
  });

  it('lose nothing that was counted when the store dies with all it knew', async () => {
    const shared = await store();
    const [a, b] = [await member(shared, 'a'), await member(shared, 'b')];
    await a.caps.count(who, { ms: 0, microUsd: 4e6 });
    await b.caps.count(who, { ms: 0, microUsd: 5e6 });
    await a.caps.check(who);
    await shared.kill();
    // Counted while there is no store.
    await a.caps.count(who, { ms: 0, microUsd: 1e6 });
    await expect(a.caps.check(who)).rejects.toMatchObject({ code: 'limit_reached' });
    await shared.start();
    await vi.waitFor(() => expect(a.client.isReady && b.client.isReady).toBe(true), 10_000);
    await vi.waitFor(async () => expect(await usdOf(b.caps)).toBe(10), 10_000);
    await expect(b.caps.check(who)).rejects.toMatchObject({ code: 'limit_reached' });
  });

  it('know what a relay counted before it died', async () => {
    const shared = await store();
    const a = await member(shared, 'a');
    await a.caps.count(who, { ms: 0, microUsd: 4e6 });
    a.client.destroy();
    // And the store with it.
    await shared.kill();
    await shared.start();
    const again = await member(shared, 'a', a.database);
    await again.caps.check(who);
    const b = await member(shared, 'b');
    await vi.waitFor(async () => expect(await usdOf(b.caps)).toBe(4));
    await again.caps.count(who, { ms: 0, microUsd: 1e6 });
    expect(await usdOf(b.caps)).toBe(5);
  });

  it('count requests together to the last one, also through the death of a store that forgets them', async () => {
    const shared = await store();
    const members = await Promise.all(['a', 'b', 'c'].map((name) => member(shared, name)));
    const spend = (count: number) =>
      passed(Array.from({ length: count }, (_none, at) => members[at % 3]!.caps.spend(who)));
    expect(await spend(60)).toBe(60);
    await shared.kill();
    const meanwhile = await spend(300);
    // A tenth of what each knew to be left: not none, and together not all.
    expect(meanwhile).toBeGreaterThanOrEqual(3);
    expect(meanwhile).toBeLessThanOrEqual(24);
    await shared.start();
    await vi.waitFor(async () => {
      for (const { ledger } of members) await ledger.ready();
    }, 10_000);
    expect(await spend(300)).toBe(100 - 60 - meanwhile);
    expect(await spend(3)).toBe(0);
  });

  it('take nothing for settled in a new store before all of them have told it what they know', async () => {
    const shared = await store();
    const [a, b] = [await member(shared, 'a'), await member(shared, 'b')];
    expect(await passed(Array.from({ length: 80 }, () => a.caps.spend(who)))).toBe(80);
    // It asks for somebody else, and has heard nothing of what was spent here.
    await b.caps.spend({ ...who, person: 'p2' });
    await shared.kill();
    a.client.destroy();
    await shared.start();
    await vi.waitFor(() => b.ledger.ready(), 10_000);
    expect(await passed(Array.from({ length: 80 }, () => b.caps.spend(who)))).toBe(10);
    const again = await member(shared, 'a', a.database);
    await again.caps.spend(who);
    expect(await passed(Array.from({ length: 80 }, () => b.caps.spend(who)))).toBe(100 - 80 - 10 - 1);
  });

  it('know which places are taken when the store has forgotten it', async () => {
    const shared = await store();
    const [a, b] = [await member(shared, 'a'), await member(shared, 'b')];
    expect(await passed(Array.from({ length: 30 }, (_none, at) => a.caps.take(`call ${at}`, who)))).toBe(20);
    await shared.kill();
    await shared.start();
    await vi.waitFor(async () => expect(await a.client.zCard('{parley}:calls:person:p1')).toBe(20), 10_000);
    await vi.waitFor(() => expect(b.client.isReady).toBe(true), 10_000);
    await expect(b.caps.take('one more', who)).rejects.toMatchObject({ code: 'rate_limited' });
    await a.caps.leave('call 0', who);
    await b.caps.take('one more', who);
  });

  it('give a tenth of the places, not none and not all, while the store is down', async () => {
    const shared = await store();
    const { caps } = await member(shared, 'a');
    await shared.kill();
    expect(await passed(Array.from({ length: 50 }, (_none, at) => caps.take(`call ${at}`, who)))).toBe(2);
  });

  it('shut out at all of them an address that guesses at one', async () => {
    const shared = await store();
    const [a, b] = await Promise.all(
      ['a', 'b'].map(async (name) => {
        const { client } = await member(shared, name);
        return createLimits(loadConfig({}).limits, redisCounters(client));
      }),
    );
    for (let guess = 0; guess < 4; guess += 1) await a!.failed('192.0.2.1');
    await b!.arrive('192.0.2.1');
    await b!.failed('192.0.2.1');
    await expect(a!.arrive('192.0.2.1')).rejects.toMatchObject({ extras: { retryAfterS: 900 } });
    await a!.arrive('192.0.2.2');
  });

  it('count requests together, and allow a tenth while the store is down', async () => {
    const shared = await store();
    const counters = await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const { client } = await member(shared, name);
        return redisCounters(client)({ keyPrefix: 'test', points: 100, duration: 60 });
      }),
    );
    const ask = (count: number) =>
      passed(Array.from({ length: count }, (_none, at) => counters[at % 3]!.consume('key')));
    expect(await ask(3000)).toBe(100);
    await shared.kill();
    expect(await passed(Array.from({ length: 50 }, () => counters[0]!.consume('other')))).toBe(10);
  });
});
