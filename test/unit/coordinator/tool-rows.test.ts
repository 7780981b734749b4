import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command } from '../../../lib/protocol/messages.ts';
import type { Line, Quote, Snapshot } from '../../../lib/protocol/snapshot.ts';
import { fakeTabs, tea } from './page/fake-tabs.ts';

const world = fakeTabs();
const commands: Command[] = [];
const shown: Quote[] = [];
const lists = { neverRead: [], askFirst: ['example.org'], mayRead: [] };
let host: boolean;
let snapshot: Snapshot;
let hostKeeps: Record<string, unknown>;
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../lib/storage/settings.ts', () => ({ readSettings: async () => lists }));
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({
  hostExists: async () => host,
  closeHostDocument: async () => void (host = false),
}));
vi.mock('../../../lib/coordinator/marks.ts', () => ({
  showQuote: async (quote: Quote) => (shown.push(quote), { shown: true }),
  unmarkAll: async () => {},
  followMarks: async () => {},
}));
vi.mock('../../../lib/coordinator/badge.ts', () => ({ showState: async () => {} }));
vi.mock('../../../lib/link/request.ts', () => ({
  sendCommand: async (command: Command) => {
    if (command.type === 'sent') return hostKeeps[command.lineId] ?? null;
    if (command.type === 'retire') return true;
    if (command.type !== 'snapshot') commands.push(command);
    return snapshot;
  },
}));
const { idleSnapshot } = await import('../../../lib/protocol/snapshot.ts');
const { onIntent } = await import('../../../lib/coordinator/intents.ts');
const { onAsk } = await import('../../../lib/coordinator/asks.ts');
const { readPage } = await import('../../../lib/coordinator/page/read.ts');
const { listTabs } = await import('../../../lib/coordinator/page/list-tabs.ts');

const origin = 'https://example.org';
const own = (path: string) => ({ id: 'parley', url: `chrome-extension://parley/${path}` });
const panel = own('sidepanel.html');
const quote: Quote = {
  text: 'Tea is a drink.',
  title: 'Tea',
  url: tea.url,
  place: { tabId: 7, documentId: 'document-7', origin },
};
const row: Line = { kind: 'tool', id: 'row', at: 1, name: 'point_at', arguments: '{}', state: 'done', quote };

beforeEach(() => {
  world.reset();
  world.open({ id: 7, url: tea.url, title: 'Tea', active: true });
  commands.length = 0;
  shown.length = 0;
  hostKeeps = {};
  host = true;
  snapshot = { ...idleSnapshot, bootId: 'one', phase: 'live', lines: [row] };
});

describe('the button of a page that asks first', () => {
  const press = (from: object, wanted = origin) => onIntent({ type: 'allow-reading', origin: wanted }, from);

  it('allows its site for this call, and the question goes on', async () => {
    expect(await readPage()).toMatchObject({ askOrigin: origin });
    expect(await press(panel)).toEqual(snapshot);
    expect(commands).toEqual([{ type: 'go-on' }]);
    expect(await readPage()).toMatchObject({ ok: true });
  });

  it('allows nothing when the call is over, and what it allowed ends with the call', async () => {
    await readPage();
    await press(panel);
    await onAsk({ type: 'show-state', phase: 'ended', turn: null });
    expect(await readPage()).toMatchObject({ fault: 'ask-first' });
    snapshot = { ...snapshot, phase: 'ended' };
    await press(panel);
    expect(await readPage()).toMatchObject({ fault: 'ask-first' });
    expect(commands).toEqual([{ type: 'go-on' }]);
  });

  it('allows nothing that was not asked for', async () => {
    await readPage();
    await press(panel, 'https://elsewhere.example');
    expect(commands).toEqual([]);
    expect(await readPage()).toMatchObject({ fault: 'ask-first' });
  });

  it.each([
    ['a script in a page', { id: 'parley', url: 'https://example.org/', tab: { id: 7 } }],
    ['the call itself', own('offscreen.html')],
    ['nobody known', { id: 'parley' }],
    ['nobody', undefined],
  ])('is not pressed by %s', async (_who, from) => {
    await readPage();
    await expect(onIntent({ type: 'allow-reading', origin }, from)).rejects.toThrow('click');
    await expect(onIntent({ type: 'granted' }, from)).rejects.toThrow('click');
    expect(commands).toEqual([]);
    expect(await readPage()).toMatchObject({ fault: 'ask-first' });
  });
});

it('a site that the browser was told to give lets the question go on', async () => {
  expect(await onIntent({ type: 'granted' }, panel)).toEqual(snapshot);
  expect(commands).toEqual([{ type: 'go-on' }]);
});

describe('the toolbar icon', () => {
  beforeEach(() => {
    world.open({ id: 7, url: 'https://tea.example/', title: 'Tea', active: true });
  });

  it('grants the tab on which it was pressed', async () => {
    await onIntent({ type: 'hello' }, own('popup.html'));
    await vi.waitFor(async () => expect(await listTabs()).toMatchObject({ tabs: [{ id: 7 }] }));
  });

  it.each([
    ['the side panel', panel],
    ['the popup’s page in a tab', { ...own('popup.html'), tab: { id: 9 } }],
    ['a page', { id: 'parley', url: 'https://example.org/popup.html' }],
  ])('was not pressed when %s says hello', async (_who, from) => {
    await onIntent({ type: 'hello' }, from);
    expect(await listTabs()).toMatchObject({ tabs: [], others: 1 });
  });
});

describe('a chip', () => {
  it('shows its words again', async () => {
    expect(await onIntent({ type: 'show-quote', lineId: 'row' })).toEqual({ shown: true });
    expect(shown).toEqual([quote]);
  });

  it('without words leads nowhere', async () => {
    snapshot = { ...snapshot, lines: [{ kind: 'person', id: 'row', at: 1, text: 'Hi', state: 'final', typed: true }] };
    expect(await onIntent({ type: 'show-quote', lineId: 'row' })).toEqual({ shown: false, url: null });
    expect(await onIntent({ type: 'show-quote', lineId: 'other' })).toEqual({ shown: false, url: null });
  });

  it('of a call that is over still does', async () => {
    snapshot = { ...snapshot, phase: 'ended' };
    await onAsk({ type: 'finished', snapshot, sent: {}, log: [] });
    await vi.waitFor(() => expect(host).toBe(false));
    expect(await onIntent({ type: 'show-quote', lineId: 'row' })).toEqual({ shown: true });
  });
});

describe('what a row sent', () => {
  const ask = (lineId: string) => onIntent({ type: 'sent', lineId });
  const finish = async (sent: unknown) => {
    snapshot = { ...snapshot, phase: 'ended' };
    await onAsk({ type: 'finished', snapshot, sent, log: [] });
    await vi.waitFor(() => expect(host).toBe(false));
  };

  it('is told by the call that runs, word for word', async () => {
    hostKeeps = { row: { output: '{"text":"tea"}', image: 'data:image/jpeg;base64,AA' } };
    expect(await ask('row')).toEqual(hostKeeps['row']);
    expect(await ask('other')).toBeNull();
  });

  it('is kept when the call is over', async () => {
    await finish({ row: { output: 'tea' } });
    expect(await ask('row')).toEqual({ output: 'tea' });
    expect(await ask('other')).toBeNull();
    expect(await ask('__proto__')).toBeNull();
  });

  it('is not taken for that of a call that runs', async () => {
    await finish({ row: { output: 'of the last call' } });
    host = true;
    snapshot = { ...snapshot, phase: 'live' };
    expect(await ask('row')).toBeNull();
  });

  it('is kept up to 2 MB, the newest first', async () => {
    const output = 'é'.repeat(400_000);
    await finish({ oldest: { output }, old: { output }, new: { output } });
    expect(await ask('oldest')).toBeNull();
    expect(await ask('new')).toEqual({ output });
  });

  it.each([[undefined], [null], ['text'], [{ row: 'text' }], [{ row: { output: 1 } }]])(
    'is nothing when the host brought %j',
    async (sent) => {
      await finish(sent);
      expect(await ask('row')).toBeNull();
    },
  );
});
