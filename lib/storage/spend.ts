/**
 * What was spent, by day and by month, in `storage.local`. Only the coordinator writes; days and months are those of the
 * person's own calendar. Sums of money, nothing of what was said.
 */
import { browser } from 'wxt/browser';

const key = 'spend';

export interface SpendBook {
  version: 1;
  /** US dollars by `2026-11-20`. */
  days: Record<string, number>;
  /** US dollars by `2026-11`; kept longer than its days. */
  months: Record<string, number>;
  /** What is already in the sums of the last calls, by call id, oldest first. */
  calls: [callId: string, usd: number][];
}

export const emptyBook: SpendBook = { version: 1, days: {}, months: {}, calls: [] };

const most = { days: 62, months: 36, calls: 8 };

export interface Spent {
  /** US dollars. */
  today: number;
  month: number;
}

export function spentAt(book: SpendBook, at: number): Spent {
  return { today: book.days[dayOf(at)] ?? 0, month: book.months[monthOf(at)] ?? 0 };
}

/**
 * Books what a call has cost in all so far. Only what is new is added, so that it may be told again, late, or after the
 * worker died; a sum that shrank adds nothing. Pure.
 */
export function booked(before: SpendBook, callId: string, totalUsd: number, at: number): SpendBook {
  const known = before.calls.find(([id]) => id === callId)?.[1] ?? 0;
  const more = totalUsd - known;
  if (!(more > 0) || !isSum(totalUsd)) return before;
  return {
    version: 1,
    days: added(before.days, dayOf(at), more, most.days),
    months: added(before.months, monthOf(at), more, most.months),
    calls: [...before.calls.filter(([id]) => id !== callId), [callId, totalUsd] as [string, number]].slice(-most.calls),
  };
}

/** Keeps what can be kept of whatever is stored. Pure. */
export function bookOf(stored: unknown): SpendBook {
  const { days, months, calls } = { ...(stored as Partial<SpendBook> | null) };
  const isCall = (each: unknown) => Array.isArray(each) && typeof each[0] === 'string' && isSum(each[1]);
  return {
    version: 1,
    days: sums(days, /^\d{4}-\d{2}-\d{2}$/, most.days),
    months: sums(months, /^\d{4}-\d{2}$/, most.months),
    calls: (Array.isArray(calls) ? calls.filter(isCall) : []).slice(-most.calls),
  };
}

export async function readSpend(): Promise<SpendBook> {
  const stored = await browser.storage.local.get(key);
  return bookOf(stored[key]);
}

let last: Promise<unknown> = Promise.resolve();

/**
 * As `booked`, one after the other. `kept` is false where the browser would not read or write, or where a newer Parley keeps
 * the book: the call goes on, and the figures are those of what is known.
 */
export function recordSpend(callId: string, totalUsd: number, at: number): Promise<Spent & { kept: boolean }> {
  const recorded = last.then(async () => {
    const stored = await browser.storage.local.get(key).catch(() => null);
    const after = booked(bookOf(stored?.[key]), callId, totalUsd, at);
    const ours = stored !== null && !isNewer(stored[key]);
    return { ...spentAt(after, at), kept: ours && (await write(after)) };
  });
  last = recorded;
  return recorded;
}

function write(book: SpendBook): Promise<boolean> {
  return browser.storage.local.set({ [key]: book }).then(
    () => true,
    () => false,
  );
}

function isNewer(stored: unknown): boolean {
  const { version } = { ...(stored as { version?: unknown } | null) };
  return typeof version === 'number' && version > emptyBook.version;
}

function added(sumsBefore: Record<string, number>, when: string, usd: number, atMost: number): Record<string, number> {
  return newest({ ...sumsBefore, [when]: (sumsBefore[when] ?? 0) + usd }, atMost);
}

function sums(stored: unknown, name: RegExp, atMost: number): Record<string, number> {
  const entries = typeof stored === 'object' && stored !== null ? Object.entries(stored) : [];
  return newest(Object.fromEntries(entries.filter(([when, usd]) => name.test(when) && isSum(usd))), atMost);
}

/** ISO dates sort as text. */
function newest(all: Record<string, number>, atMost: number): Record<string, number> {
  return Object.fromEntries(
    Object.entries(all)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .slice(-atMost),
  );
}

function isSum(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value < 1_000_000;
}

function dayOf(at: number): string {
  const date = new Date(at);
  return `${monthOf(at)}-${String(date.getDate()).padStart(2, '0')}`;
}

function monthOf(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear()).padStart(4, '0')}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}
