import { beforeEach, describe, expect, it, vi } from 'vitest';

let stored: Record<string, unknown> = {};
let broken: 'get' | 'set' | null = null;

const local = {
  get: async (key: string) => {
    if (broken === 'get') throw new Error('cannot be read');
    return structuredClone({ [key]: stored[key] });
  },
  set: async (values: Record<string, unknown>) => {
    if (broken === 'set') throw new Error('QUOTA_BYTES quota exceeded');
    stored = { ...stored, ...structuredClone(values) };
  },
};
vi.mock('wxt/browser', () => ({ browser: { storage: { local } } }));
const { booked, bookOf, emptyBook, readSpend, recordSpend, spentAt } = await import('../../../lib/storage/spend.ts');

/** In the person's own time zone. */
const noon = (day: number, month = 11) => new Date(2026, month - 1, day, 12).getTime();

beforeEach(() => {
  stored = {};
  broken = null;
});

describe('what was spent', () => {
  it('is kept by day and by month of the person’s calendar', async () => {
    await recordSpend('a', 0.25, noon(19));
    await recordSpend('b', 0.5, noon(20));
    expect(await recordSpend('c', 1, noon(20))).toEqual({ today: 1.5, month: 1.75, kept: true });
    expect(spentAt(await readSpend(), noon(1, 12))).toEqual({ today: 0, month: 0 });
  });

  it('counts a call once, however often its sum is told, and across midnight', async () => {
    const late = new Date(2026, 10, 20, 23, 59).getTime();
    await recordSpend('a', 0.25, late);
    await recordSpend('a', 0.25, late);
    await recordSpend('a', 0.125, late);
    const after = await recordSpend('a', 0.75, late + 120_000);
    expect(after).toMatchObject({ today: 0.5, month: 0.75 });
    expect(spentAt(await readSpend(), late).today).toBe(0.25);
  });

  it('does not lose one of two calls that are told at once', async () => {
    await Promise.all([recordSpend('a', 1, noon(20)), recordSpend('b', 2, noon(20))]);
    expect(spentAt(await readSpend(), noon(20)).today).toBe(3);
  });

  it('stays small: the oldest days go, their months stay', () => {
    let all = emptyBook;
    for (let day = 0; day < 400; day += 1)
      all = booked(all, `call ${day}`, 0.5, new Date(2026, 0, 1 + day, 12).getTime());
    expect(Object.keys(all.days)).toHaveLength(62);
    expect(all.months['2026-01']).toBe(15.5);
    expect(all.calls).toHaveLength(8);
  });

  it.each([Number.NaN, Infinity, -1, 1e12])('takes no sum of %d', (usd) => {
    expect(booked(emptyBook, 'a', usd, noon(20))).toBe(emptyBook);
  });
});

describe('a damaged book', () => {
  it.each([null, undefined, 7, 'text', [], { days: 7, months: 'x', calls: {} }])(
    'is empty where it was %j',
    (value) => {
      expect(bookOf(value)).toEqual(emptyBook);
    },
  );

  it('keeps what is sound', () => {
    const damaged = {
      days: { '2026-11-20': 1, yesterday: 2, '2026-11-19': 'much', '2026-11-18': -3, '2026-11-17': null },
      months: { '2026-11': 4, '2026-11-20': 5 },
      calls: [['a', 1], ['b'], 'c', [7, 7]],
    };
    expect(bookOf(damaged)).toEqual({
      version: 1,
      days: { '2026-11-20': 1 },
      months: { '2026-11': 4 },
      calls: [['a', 1]],
    });
  });
});

describe('a browser that does not keep it', () => {
  it('does not stop the call: the figures are told, and that they were not kept', async () => {
    await recordSpend('a', 1, noon(20));
    broken = 'set';
    expect(await recordSpend('b', 2, noon(20))).toEqual({ today: 3, month: 3, kept: false });
  });

  it('loses nothing when it cannot be read for once', async () => {
    await recordSpend('a', 1, noon(20));
    broken = 'get';
    expect(await recordSpend('b', 2, noon(20))).toEqual({ today: 2, month: 2, kept: false });
    broken = null;
    expect(spentAt(await readSpend(), noon(20)).today).toBe(1);
  });

  it('leaves the book of a newer Parley as it is', async () => {
    const newer = { version: 2, days: { '2026-11-20': 7 }, currency: 'EUR' };
    stored = { spend: newer };
    expect(await recordSpend('a', 1, noon(20))).toMatchObject({ today: 8, kept: false });
    expect(stored['spend']).toEqual(newer);
  });
});
