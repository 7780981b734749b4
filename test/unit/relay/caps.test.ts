import { beforeEach, describe, expect, it, vi, type Mock } from 'vitest';
import { Caps, usedUp } from '../../../relay/caps/caps.ts';
import { noRules, readRules, type Rules, type Scope } from '../../../relay/caps/rules.ts';
import { spanEnd, spanName } from '../../../relay/caps/spans.ts';
import type { Who } from '../../../relay/caps/who.ts';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteLedger } from '../../../relay/sqlite/ledger.ts';
import { errorOf, relay } from './parts.ts';

const start = Date.UTC(2026, 10, 20, 10, 59, 30);
const who: Who = { device: 'd1', person: 'p1', address: 'a1' };
let now = start;
beforeEach(() => void (now = start));

const rules = (texts: Partial<Record<Scope, string>>): Rules => ({
  ...noRules,
  ...Object.fromEntries(Object.entries(texts).map(([scope, text]) => [scope, readRules(text)!])),
});
const capsOf = (texts: Partial<Record<Scope, string>>) =>
  new Caps(
    rules(texts),
    sqliteLedger(memoryDatabase(), () => now),
    () => now,
  );

async function waitOf(attempt: Promise<unknown>): Promise<number | 'passed'> {
  return attempt.then(
    () => 'passed' as const,
    (error: { code: string; extras: { retryAfterS: number } }) => {
      expect(error.code).toMatch(/^(limit_reached|rate_limited)$/);
      return error.extras.retryAfterS;
    },
  );
}

describe('Limits as their owner writes them', () => {
  it('are read, in any order', () => {
    expect(readRules(' usd/month=50.5, calls=4\nminutes/call=30 ')).toEqual([
      { measure: 'usd', per: 'month', most: 50.5 },
      { measure: 'calls', per: null, most: 4 },
      { measure: 'minutes', per: 'call', most: 30 },
    ]);
    expect(readRules('')).toEqual([]);
  });

  it.each(['calls=0', 'calls/day=4', 'usd=5', 'minutes/year=1', 'usd/day=-1', 'usd/day=1e9', 'calls=4 calls=5', 'x=1'])(
    '%s is none',
    (text) => expect(readRules(text)).toBeNull(),
  );
});

it('A span is named and ends by the calendar of UTC', () => {
  expect(spanName('hour', start)).toBe('2026-11-20T10');
  expect(spanName('month', start)).toBe('2026-11');
  expect(new Date(spanEnd('day', start)).toISOString()).toBe('2026-11-21T00:00:00.000Z');
  expect(new Date(spanEnd('month', Date.UTC(2026, 11, 31, 23))).toISOString()).toBe('2027-01-01T00:00:00.000Z');
});

describe('Time and money', () => {
  it('stop calls when they are used up, until the span ends', async () => {
    const caps = capsOf({ person: 'usd/hour=1 minutes/day=60' });
    await caps.count(who, { ms: 0, microUsd: 999_999 });
    expect(await waitOf(caps.check(who))).toBe('passed');
    await caps.count(who, { ms: 0, microUsd: 1 });
    expect(await waitOf(caps.check(who))).toBe(30);
    expect(await waitOf(caps.check({ ...who, person: 'p2' }))).toBe('passed');
    now += 30_000;
    expect(await waitOf(caps.check(who))).toBe('passed');
    await caps.count(who, { ms: 3_600_000, microUsd: 0 });
    expect(await waitOf(caps.check(who))).toBe(13 * 3600);
  });

  it('are counted for the device, the person, the network and all', async () => {
    for (const scope of ['device', 'person', 'address'] as const) {
      const caps = capsOf({ [scope]: 'usd/day=1' });
      await caps.count(who, { ms: 0, microUsd: 1e6 });
      expect((await caps.over(who))?.of).toBe(scope);
      expect(await caps.over({ ...who, [scope]: 'another' })).toBeNull();
    }
    const caps = capsOf({ all: 'usd/day=1' });
    await caps.count(who, { ms: 0, microUsd: 1e6 });
    expect(await caps.over({ device: 'd2', person: 'p2', address: 'a2' })).toMatchObject({ of: 'all', what: 'usd' });
  });

  it('that are reached together are told by the one that lasts longest', async () => {
    const caps = capsOf({ device: 'usd/hour=1 usd/month=1', person: 'usd/day=1' });
    await caps.count(who, { ms: 0, microUsd: 1e6 });
    expect(await caps.over(who)).toMatchObject({ of: 'device', per: 'month' });
  });

  it('of one call are its own', () => {
    const caps = capsOf({ device: 'minutes/call=30', all: 'usd/call=2' });
    expect(caps.overCall({ ms: 1_799_999, microUsd: 1_999_999 })).toBeNull();
    expect(caps.overCall({ ms: 1_800_000, microUsd: 0 })).toMatchObject({ of: 'device', what: 'minutes' });
    expect(caps.overCall({ ms: 0, microUsd: 2e6 })).toMatchObject({ of: 'all', what: 'usd' });
  });

  it('are said in words that name who can change it', () => {
    const left = { of: 'person', what: 'usd', per: 'day', most: 5, used: 5, resetsAt: 1 } as const;
    expect(usedUp(left)).toBe(
      "The $5 for this day for this person are used up; the relay's owner can raise LIMIT_PERSON.",
    );
  });

  it('that are none ask nothing of the ledger', async () => {
    const names = ['take', 'keep', 'leave', 'count', 'spend', 'totals', 'ready'] as const;
    const ledger = Object.fromEntries(names.map((name) => [name, vi.fn()])) as Record<(typeof names)[number], Mock>;
    const caps = new Caps(noRules, ledger);
    await caps.check(who);
    await caps.take('c1', who);
    await caps.count(who, { ms: 1, microUsd: 1 });
    await caps.spend(who);
    await caps.leave('c1', who);
    for (const asked of Object.values(ledger)) expect(asked).not.toHaveBeenCalled();
  });
});

describe('Places for calls at once', () => {
  it('are as many as are allowed, and free again when a call ends', async () => {
    const caps = capsOf({ device: 'calls=2' });
    await caps.take('c1', who);
    await caps.take('c2', who);
    const refused = caps.take('c3', who);
    expect(await waitOf(refused)).toBe(5);
    const limit = { of: 'device', what: 'calls', per: null, most: 2, resetsAt: null };
    await expect(refused).rejects.toMatchObject({ extras: { limit } });
    expect(await waitOf(caps.take('c3', { ...who, device: 'd2' }))).toBe('passed');
    await caps.leave('c1', who);
    expect(await waitOf(caps.take('c4', who))).toBe('passed');
  });

  it('are taken for everybody concerned or for nobody', async () => {
    const caps = capsOf({ device: 'calls=5', person: 'calls=1' });
    await caps.take('c1', who);
    for (let time = 0; time < 9; time += 1) expect(await waitOf(caps.take(`x${time}`, who))).toBe(5);
    // Nine refusals took nothing of the device's five.
    await caps.leave('c1', who);
    expect(await waitOf(caps.take('c2', who))).toBe('passed');
  });

  it('of a relay that died are free after a minute, and those that are kept are not', async () => {
    const caps = capsOf({ device: 'calls=1' });
    await caps.take('c1', who);
    now += 59_000;
    await caps.keep('c1', who);
    now += 59_000;
    expect(await waitOf(caps.take('c2', who))).toBe(5);
    now += 1000;
    expect(await waitOf(caps.take('c2', who))).toBe('passed');
  });
});

describe('Requests', () => {
  it('are limited by the day for a person, whatever device or network', async () => {
    const caps = capsOf({ person: 'requests/day=3' });
    for (const device of ['d1', 'd2', 'd3']) await caps.spend({ ...who, device });
    const refused = caps.spend({ ...who, device: 'd4' });
    expect(await waitOf(refused)).toBe(13 * 3600 + 30);
    const limit = { of: 'person', what: 'requests', per: 'day', most: 3, resetsAt: 1_795_219_200 };
    await expect(refused).rejects.toMatchObject({ extras: { limit } });
    expect(await waitOf(caps.spend({ ...who, person: 'p2' }))).toBe('passed');
    expect(await caps.left(who)).toMatchObject([{ of: 'person', what: 'requests', per: 'day', most: 3, used: 3 }]);
    now += 13 * 3_600_000 + 30_000;
    expect(await waitOf(caps.spend(who))).toBe('passed');
  });

  it('that somebody has none left of take nothing from anybody else', async () => {
    const caps = capsOf({ device: 'requests/day=1', all: 'requests/day=5' });
    await caps.spend(who);
    await expect(caps.spend(who)).rejects.toThrow('The 1 calls for this day with this device are used up.');
    expect((await caps.left(who)).find(({ of }) => of === 'all')).toMatchObject({ used: 1 });
  });

  it('of a month are remembered by the next relay', async () => {
    const database = memoryDatabase();
    const begin = () => {
      const ledger = sqliteLedger(database, () => now);
      return new Caps(rules({ all: 'requests/month=1' }), ledger, () => now);
    };
    await begin().spend(who);
    now += 10 * 86_400_000;
    expect(await waitOf(begin().spend(who))).toBe(13 * 3600 + 30);
  });

  it('are counted by a session, not by what it uses', async () => {
    const caps = capsOf({ person: 'requests/day=3 usd/day=5' });
    await caps.count(who, { ms: 60_000, microUsd: 1e6 });
    expect(await caps.left(who)).toMatchObject([
      { what: 'requests', used: 0 },
      { what: 'usd', used: 1 },
    ]);
  });
});

describe('At the relay', () => {
  it('nobody over a cap gets a grant or a call, and learns until when', async () => {
    const caps = capsOf({ all: 'usd/day=1' });
    await caps.count(who, { ms: 0, microUsd: 1e6 });
    const { ask, dial, sessions } = await relay({ caps });
    for (const response of [await ask(), await dial()]) {
      expect(response.status).toBe(429);
      expect(response.headers.get('retry-after')).toBe(String(13 * 3600 + 30));
      expect(await errorOf(response)).toMatchObject({
        message: expect.stringContaining('The $1 for this day for everybody at this relay are used up'),
        limit: { of: 'all', what: 'usd', per: 'day', most: 1, resetsAt: 1_795_219_200 },
      });
    }
    expect(sessions).toEqual([]);
  });

  it('/v1/me says whose device it is and what is left', async () => {
    const caps = capsOf({ device: 'calls=4', person: 'usd/day=5 minutes/call=30 requests/hour=10' });
    const { me, ask, devices } = await relay({ caps });
    const [{ id = '', personId = '' } = {}] = await devices.team.devices();
    await caps.count({ device: id, person: personId, address: '' }, { ms: 0, microUsd: 1_250_000 });
    await ask();
    const response = await me();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      person: { name: 'owner' },
      device: { id, name: 'test' },
      limits: [
        { of: 'person', what: 'requests', per: 'hour', most: 10, used: 1, left: 9, resetsAt: expect.any(Number) },
        { of: 'person', what: 'usd', per: 'day', most: 5, used: 1.25, left: 3.75, resetsAt: 1_795_219_200 },
        { of: 'device', what: 'calls', per: null, most: 4, used: 0, left: 4, resetsAt: null },
        { of: 'person', what: 'minutes', per: 'call', most: 30, used: 0, left: 30, resetsAt: null },
      ],
    });
  });

  it('/v1/me tells a stranger nothing', async () => {
    const { send } = await relay();
    const response = await send('/v1/me', { headers: { origin: `chrome-extension://${'a'.repeat(32)}` } });
    expect(response.status).toBe(403);
    const { me } = await relay({ devices: (await relay()).devices });
    expect((await me()).status).toBe(401);
  });
});
