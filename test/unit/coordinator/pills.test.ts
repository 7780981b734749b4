import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { PillWish } from '../../../lib/protocol/pill.ts';
import type { Settings } from '../../../lib/protocol/settings.ts';
import { idleSnapshot, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { fakeBrowser, ownId } from './fake-browser.ts';

const world = fakeBrowser();
const commands: unknown[] = [];
let snapshot: Snapshot;
let settings: Partial<Settings>;
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../lib/storage/settings.ts', () => ({ readSettings: async () => settings }));
vi.mock('../../../lib/coordinator/running-call.ts', () => ({
  currentSnapshot: async () => snapshot,
  toRunningCall: async (command: unknown) => {
    commands.push(command);
    return snapshot;
  },
}));
vi.mock('../../../lib/coordinator/start-call.ts', () => ({
  startCall: async () => {
    snapshot = { ...snapshot, phase: 'connecting' };
    commands.push('start');
    return snapshot;
  },
}));
const { followPage, pillTabs, showPill, tellPills } = await import('../../../lib/coordinator/pills.ts');
const { answerPills } = await import('../../../lib/coordinator/pill-wishes.ts');
const { talkKeyDown } = await import('../../../lib/coordinator/talk.ts');

const page = 5;
const tab = { id: page, url: 'https://example.org/' };
beforeEach(() => {
  world.reset();
  world.open({ id: page }, { id: 6, restricted: true });
  commands.length = 0;
  snapshot = { ...idleSnapshot, phase: 'live', turn: 'listening' };
  settings = { pill: true, talkMode: 'hands-free', language: 'es', theme: 'dark' };
});

const shown = () =>
  world.notes.map(({ tab: id, note }) => {
    const { state, arm } = note as { state: { phase: string; turn: string } | null; arm: boolean };
    return `${id}: ${state ? `${state.phase} ${state.turn}` : 'gone'}${arm ? ', armed' : ''}`;
  });

describe('the pill', () => {
  it('is put on the page, shows the call, and goes with it', async () => {
    await showPill(tab, idleSnapshot, Promise.resolve(), true);
    await tellPills('live', 'speaking');
    await tellPills('ended', null);
    expect(shown()).toEqual(['5: connecting null, armed', '5: live listening', '5: live speaking', '5: gone']);
    expect(world.notes[0]?.note).toMatchObject({ state: { mode: 'hands-free', language: 'es', theme: 'dark' } });
    expect(await pillTabs()).toEqual([]);
  });

  it('goes at once when the call failed while the page let it in', async () => {
    const failing = Promise.reject(new Error('no call')).finally(() => (snapshot = { ...snapshot, phase: 'failed' }));
    await showPill(tab, idleSnapshot, failing, false);
    expect(shown().at(-1)).toBe('5: gone');
  });

  it.each([
    ['the setting says no', () => (settings.pill = false), tab],
    ['the page is the browser’s own', () => {}, { id: 6, url: 'chrome://version/' }],
    ['the page lets no script in', () => {}, { id: 6, url: 'https://example.org/' }],
    ['there is no page', () => {}, undefined],
  ])('is not there when %s', async (_, arrange, where) => {
    arrange();
    await showPill(where, snapshot, Promise.resolve(), true);
    expect(world.injected).toEqual([]);
    expect(await pillTabs()).toEqual([]);
  });

  it('comes along to the next page, and is forgotten where it may not', async () => {
    await showPill(tab, snapshot, Promise.resolve(), false);
    await followPage(page);
    expect(world.injected).toEqual([page, page]);
    world.open({ id: page, restricted: true });
    await followPage(page);
    expect(await pillTabs()).toEqual([]);
  });

  it('is armed by the talk key in hold, in the middle of a call', async () => {
    settings.talkMode = 'hold';
    await talkKeyDown(tab);
    await vi.waitFor(() => expect(shown()[0]).toBe('5: live listening, armed'));
    expect(commands).toEqual([{ type: 'talk-begin' }]);
  });
});

describe('what a pill asks for', () => {
  answerPills(() => commands.push('released'));
  const from = (wish: unknown, sender = {}) =>
    world.send(
      { target: 'coordinator', kind: 'pill', body: wish },
      { id: ownId, frameId: 0, tab: { id: page }, ...sender },
    );

  it('is done in the call that runs', async () => {
    await showPill(tab, snapshot, Promise.resolve(), false);
    for (const wish of ['released', 'stop-answer', 'talk-begin', 'talk-end'] satisfies PillWish[]) {
      expect(await from(wish)).toBe(true);
    }
    expect(commands).toEqual([
      'released',
      { type: 'stop-answer' },
      { type: 'talk-begin' },
      { type: 'talk-end', send: true },
    ]);
  });

  it('starts no call', async () => {
    await showPill(tab, snapshot, Promise.resolve(), false);
    snapshot = { ...snapshot, phase: 'ended' };
    expect(await from('talk-begin')).toBe(false);
    expect(commands).not.toContain('start');
  });

  it('is heard only from a tab that was given one, its main frame, and this extension', async () => {
    expect(await from('stop-answer')).toBe(false);
    await showPill(tab, snapshot, Promise.resolve(), false);
    expect(from('stop-answer', { id: 'another' })).toBeUndefined();
    expect(from('stop-answer', { frameId: 2 })).toBeUndefined();
    expect(from('stop-answer', { tab: undefined })).toBeUndefined();
    expect(await from('stop-answer', { tab: { id: 99 } })).toBe(false);
    expect(from('end')).toBeUndefined();
    expect(from({ type: 'start' })).toBeUndefined();
    expect(commands).toEqual([]);
  });
});
