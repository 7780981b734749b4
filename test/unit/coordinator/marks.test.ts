import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PointWish } from '../../../lib/protocol/point.ts';
import type { Quote } from '../../../lib/protocol/snapshot.ts';

interface Injection {
  target: { tabId: number; documentIds?: string[] };
  func?: () => unknown;
  files?: string[];
  args?: unknown[];
}
type Tab = { id: number; url?: string; windowId: number; documentId: string };

let session: Record<string, unknown> = {};
let tabs: Tab[] = [];
/** What the script in the page hands back; a function may wait, or throw. */
let returns: unknown;
/** Document → quote. */
let shown = new Map<string, string>();
let done: string[] = [];

/** As Chromium: what is meant for a document that was left, but is kept to go back to, runs in the one that followed. */
function documentOf({ tabId, documentIds }: Injection['target']): string {
  const tab = tabs.find(({ id }) => id === tabId);
  if (!tab) throw new Error(`No tab with id: ${tabId}`);
  if (documentIds?.[0] === 'gone') throw new Error('No document with id gone in tab with id 1');
  return tab.documentId;
}

const wishes = new Map<string, PointWish>();
const api = {
  storage: {
    session: {
      get: async (key: string) => (key in session ? { [key]: structuredClone(session[key]) } : {}),
      set: async (values: object) => void Object.assign(session, structuredClone(values)),
    },
  },
  tabs: {
    get: async (id: number) => {
      const tab = tabs.find((each) => each.id === id);
      if (!tab) throw new Error(`No tab with id: ${id}.`);
      return tab;
    },
    update: async (id: number) => void done.push(`tab ${id}`),
  },
  windows: { update: async (id: number) => void done.push(`window ${id}`) },
  scripting: {
    executeScript: async ({ target, files, args }: Injection) => {
      const documentId = documentOf(target);
      const [given] = args ?? [];
      let result: unknown;
      if (files) {
        const wish = wishes.get(documentId);
        wishes.delete(documentId);
        result = wish && (typeof returns === 'function' ? await returns() : returns);
        if (result) shown.set(documentId, wish!.quote);
      } else if (typeof given === 'object') wishes.set(documentId, given as PointWish);
      else if (given === documentId) shown.delete(documentId);
      else if (given === undefined) result = tabs.find(({ id }) => id === target.tabId)!.url;
      return [{ documentId, frameId: 0, result }];
    },
    insertCSS: async ({ target }: Injection) => void done.push(`style ${JSON.stringify(target)}`),
    removeCSS: async () => void done.push('no style'),
  },
};
vi.mock('wxt/browser', () => ({ browser: api }));
const { followMarks, pointAt, showQuote, unmarkAll } = await import('../../../lib/coordinator/marks.ts');

const hours = 'The tower opens at nine';
const place = { tabId: 1, documentId: 'a', origin: 'https://example.org' };
const other = { tabId: 2, documentId: 'b', origin: 'https://example.com' };
const quote: Quote = { text: hours, title: 'Tower', url: 'https://example.org/tower?x=1', place };
const address = 'https://example.org/tower?x=1#:~:text=The%20tower%20opens%20at%20nine';
const marks = () => [...shown].map(([document, words]) => `${document}: ${words}`);

beforeEach(() => {
  vi.useFakeTimers();
  session = {};
  shown = new Map();
  done = [];
  returns = { text: hours, exact: true, framed: false };
  tabs = [
    { id: 1, url: 'https://example.org/tower', windowId: 7, documentId: 'a' },
    { id: 2, url: 'https://example.com/', windowId: 7, documentId: 'b' },
  ];
});
afterEach(async () => {
  const unmarked = unmarkAll();
  await vi.runAllTimersAsync();
  await unmarked;
  vi.useRealTimers();
});

describe('pointing', () => {
  it('marks the words and gives those of the page', async () => {
    expect(await pointAt(place, hours)).toEqual({ ok: true, text: hours, exact: true });
    expect(marks()).toEqual([`a: ${hours}`]);
    expect(done).toEqual(['style {"tabId":1,"documentIds":["a"]}']);
  });

  it('styles frames too when words in one are marked', async () => {
    returns = { text: hours, exact: true, framed: true };
    await pointAt(place, hours);
    expect(done).toEqual(['style {"tabId":1,"allFrames":true}']);
  });

  it('takes away the mark on another page, and on none when it finds nothing', async () => {
    await pointAt(place, hours);
    returns = null;
    expect(await pointAt(other, hours)).toEqual({ ok: false, fault: 'not-on-page' });
    expect(marks()).toEqual([`a: ${hours}`]);
    returns = { text: hours, exact: false, framed: false };
    expect(await pointAt(other, hours)).toMatchObject({ ok: true, exact: false });
    expect(marks()).toEqual([`b: ${hours}`]);
  });

  it.each([
    ['a page that was left for another', { tabId: 1, documentId: 'left', origin: '' }, 'page-changed'],
    ['a document that is gone', { tabId: 1, documentId: 'gone', origin: '' }, 'page-changed'],
    ['a tab that is gone', { tabId: 9, documentId: 'a', origin: '' }, 'page-changed'],
  ])('is refused on %s', async (_, where, fault) => {
    expect(await pointAt(where, hours)).toEqual({ ok: false, fault });
    expect(marks()).toEqual([]);
  });

  it('does not wait longer than 3 s for a page', async () => {
    returns = () => new Promise(() => {});
    const pointed = pointAt(place, hours);
    const next = pointAt(other, hours);
    await vi.advanceTimersByTimeAsync(3000);
    expect(await pointed).toEqual({ ok: false, fault: 'timed-out' });
    expect(await next).toEqual({ ok: false, fault: 'timed-out' });
  });

  it.each([
    ['a word', 'hello'],
    ['no text', { exact: true }],
    ['a number for text', { text: 5, exact: true }],
    ['no judgement', { text: 'hello' }],
  ])('believes no page that answers with %s', async (_, answer) => {
    returns = answer;
    expect(await pointAt(place, hours)).toEqual({ ok: false, fault: 'failed' });
  });

  it('hands on no more than the matched words can be', async () => {
    returns = { text: 'x'.repeat(100_000), exact: true, framed: false, secret: 'y' };
    const pointed = await pointAt(place, hours);
    expect(JSON.stringify(pointed).length).toBeLessThan(1300);
    expect(pointed).not.toHaveProperty('secret');
  });
});

describe('a mark', () => {
  it('stays while it is spoken about, and 5 s after', async () => {
    await pointAt(place, hours);
    for (const turn of ['reading', 'thinking', 'speaking', 'interrupting'] as const) await followMarks('live', turn);
    await vi.advanceTimersByTimeAsync(60_000);
    await followMarks('live', 'listening');
    await vi.advanceTimersByTimeAsync(4000);
    await followMarks('live', 'muted');
    expect(marks()).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1000);
    expect(marks()).toEqual([]);
    expect(done.at(-1)).toBe('no style');
  });

  it('stays when there is another answer within these', async () => {
    await pointAt(place, hours);
    await followMarks('live', 'resting');
    await followMarks('live', 'thinking');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(marks()).toHaveLength(1);
  });

  it.each([
    ['live', 'hearing'],
    ['live', 'held'],
    ['ended', null],
    ['failed', null],
  ] as const)('goes at once: %s %s', async (phase, turn) => {
    await pointAt(place, hours);
    await followMarks(phase, turn);
    expect(marks()).toEqual([]);
  });

  it('stays while an answer is read, until the next question', async () => {
    await pointAt(place, hours);
    for (const turn of ['writing', 'listening', 'muted'] as const) await followMarks('live', turn, false);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(marks()).toHaveLength(1);
    await followMarks('live', 'hearing', false);
    expect(marks()).toEqual([]);
  });

  it('stays in a typed call until the next question', async () => {
    await pointAt(place, hours);
    await followMarks('live', 'waiting');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(marks()).toHaveLength(1);
    await unmarkAll();
    expect(marks()).toEqual([]);
  });

  it('is left to its page when that was left', async () => {
    await pointAt(place, hours);
    tabs[0]!.documentId = 'c';
    shown = new Map([['c', 'words that someone else marks']]);
    done = [];
    await unmarkAll();
    expect(marks()).toHaveLength(1);
    expect(done).toEqual([]);
  });

  it('goes though another worker made it', async () => {
    await pointAt(place, hours);
    vi.resetModules();
    const { unmarkAll: unmarkLater } = await import('../../../lib/coordinator/marks.ts');
    await unmarkLater();
    expect(marks()).toEqual([]);
  });
});

describe('a quote in the transcript', () => {
  it('is shown in its tab for 10 s', async () => {
    expect(await showQuote(quote)).toEqual({ shown: true });
    expect(done.slice(0, 2)).toEqual(['tab 1', 'window 7']);
    await vi.advanceTimersByTimeAsync(9900);
    expect(marks()).toEqual([`a: ${hours}`]);
    await vi.advanceTimersByTimeAsync(200);
    expect(marks()).toEqual([]);
  });

  it('is shown after a reload', async () => {
    tabs[0]!.documentId = 'reloaded';
    expect(await showQuote(quote)).toEqual({ shown: true });
    expect(marks()).toEqual([`reloaded: ${hours}`]);
  });

  it.each([
    ['its tab is gone', () => (tabs = [])],
    ['its tab shows another page', () => (tabs[0]!.url = 'https://example.org/cliff')],
    ['its tab shows another site', () => (tabs[0]!.url = 'https://example.net/tower')],
    ['what its tab shows is not told', () => delete tabs[0]!.url],
  ])('leads to its address when %s, and changes nothing', async (_, arrange) => {
    arrange();
    expect(await showQuote(quote)).toEqual({ shown: false, url: address });
    expect(done).toEqual([]);
  });

  it('leads to its address when its words have gone', async () => {
    returns = null;
    expect(await showQuote(quote)).toEqual({ shown: false, url: address });
  });

  it('leads nowhere when its page was a file that is closed', async () => {
    tabs = [];
    expect(await showQuote({ ...quote, url: 'file:///tmp/a.html' })).toEqual({ shown: false, url: null });
  });
});
