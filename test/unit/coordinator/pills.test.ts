import { beforeEach, describe, expect, it, vi } from 'vitest';
import { pillWishes, type PillLook } from '../../../lib/protocol/pill.ts';
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
  settings = { pill: true, pillCaptions: true, talkMode: 'hands-free', language: 'es', theme: 'dark' };
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
  const from = (body: unknown, sender = {}, kind = 'pill') =>
    world.send({ target: 'coordinator', kind, body }, { id: ownId, frameId: 0, tab: { id: page }, ...sender });

  it('is done in the call that runs', async () => {
    await showPill(tab, snapshot, Promise.resolve(), false);
    for (const wish of pillWishes) expect(await from(wish)).toBe(true);
    expect(commands).toEqual([
      'released',
      { type: 'stop-answer' },
      { type: 'talk-begin' },
      { type: 'talk-end', send: true },
      { type: 'mute', muted: true },
      { type: 'mute', muted: false },
      { type: 'end' },
    ]);
  });

  it('to show the last words of the call is answered with so much of them, and as the settings say', async () => {
    const look = () => from(undefined, {}, 'pill-look');
    const line = { at: 1, state: 'final' as const };
    snapshot.muted = true;
    snapshot.lines = [
      { ...line, kind: 'person', id: 'a', text: 'How much is it?', typed: false },
      { ...line, kind: 'assistant', id: 'b', text: `${'x'.repeat(9000)} twelve euros` },
    ];
    expect(await look()).toBe(false);
    await showPill(tab, snapshot, Promise.resolve(), false);
    const { muted, captions } = (await look()) as PillLook;
    expect(muted).toBe(true);
    expect(captions?.map(({ who }) => who)).toEqual(['person', 'assistant']);
    expect(captions?.[1]?.text).toMatch(/^x{200,} twelve euros$/);
    settings.pillCaptions = false;
    expect(await look()).toEqual({ muted: true, captions: null });
    settings.pill = false;
    expect(await look()).toBe(false);
    settings.pill = true;
    snapshot.phase = 'ended';
    expect(await look()).toBe(false);
  });

  it('to stay where it was put holds for the next page, and only for places', async () => {
    await showPill(tab, snapshot, Promise.resolve(), false);
    expect(world.notes.at(-1)?.note).toMatchObject({ place: null });
    expect(await from({ x: 0.25, y: 0 }, {}, 'pill-place')).toBe(true);
    expect(from({ x: 0.25, y: 7 }, {}, 'pill-place')).toBeUndefined();
    expect(from({ x: '0', y: 0 }, {}, 'pill-place')).toBeUndefined();
    await followPage(page);
    expect(world.notes.at(-1)?.note).toMatchObject({ place: { x: 0.25, y: 0 } });
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
