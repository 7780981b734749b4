import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Phase, Turn } from '../../../lib/protocol/snapshot.ts';
import { fakeBrowser } from './fake-browser.ts';

const world = fakeBrowser();
const badges: string[] = [];
const commands: unknown[] = [];
let host = true;
let muteOtherTabs = true;
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({ hostExists: async () => host }));
vi.mock('../../../lib/coordinator/badge.ts', () => ({
  showState: async (phase: Phase, turn: Turn | null) => void badges.push(`${phase} ${turn}`),
}));
vi.mock('../../../lib/link/request.ts', () => ({
  sendCommand: async (command: { type: string }) => {
    commands.push(command.type);
    return { ...idleSnapshot, phase: 'live', turn: 'resting' };
  },
}));
vi.mock(import('../../../lib/storage/settings.ts'), async (original) => {
  const { defaultSettings, ...rest } = await original();
  return { ...rest, defaultSettings, readSettings: async () => ({ ...defaultSettings, muteOtherTabs }) };
});
const { idleSnapshot } = await import('../../../lib/protocol/snapshot.ts');
const { defaultSettings } = await import('../../../lib/storage/settings.ts');
const { followCall, followSettings, settleWithoutHost, watchTabs } =
  await import('../../../lib/coordinator/follow-call.ts');

const film = 1;
beforeEach(() => {
  world.reset();
  world.open({ id: film, audible: true });
  badges.length = 0;
  commands.length = 0;
  host = true;
  muteOtherTabs = true;
});

describe('what goes along with a call', () => {
  it('begins when the call is up, and ends with it', async () => {
    await followCall('connecting', null);
    expect(world.isMuted(film)).toBe(false);
    await followCall('live', 'listening');
    expect(world.isMuted(film)).toBe(true);
    await followCall('ended', null);
    expect(world.isMuted(film)).toBe(false);
    expect(badges).toEqual(['connecting null', 'live listening', 'ended null']);
  });

  it('shows the last of two states that come together', async () => {
    await Promise.all([followCall('live', 'listening'), followCall('ended', null)]);
    expect(badges.at(-1)).toBe('ended null');
    expect(world.isMuted(film)).toBe(false);
  });

  it('ends too when the document was taken away without a word', async () => {
    await followCall('live', 'listening');
    host = false;
    await settleWithoutHost();
    expect(world.isMuted(film)).toBe(false);
    expect(badges.at(-1)).toBe('failed null');
  });

  it('stays when the worker alone died', async () => {
    await followCall('live', 'listening');
    await settleWithoutHost();
    expect(world.isMuted(film)).toBe(true);
  });

  it('wakes the worker for changes of tabs only during a call', async () => {
    // As the script's first turn does.
    watchTabs(true);
    await settleWithoutHost();
    expect(world.watchesTabs()).toBe(false);
    await followCall('connecting', null);
    expect(world.watchesTabs()).toBe(true);
    await followCall('failed', null);
    expect(world.watchesTabs()).toBe(false);
  });
});

describe('settings that change during a call', () => {
  it('reach it when they are about its limits', async () => {
    await followSettings({ ...defaultSettings, callCapUsd: 50 }, defaultSettings);
    expect(commands).toContain('adjust');
  });

  it('reach it when they are about talking or sound', async () => {
    await followSettings({ ...defaultSettings, talkMode: 'hold' }, defaultSettings);
    expect(commands).toContain('adjust');
    commands.length = 0;
    await followSettings({ ...defaultSettings, voice: 'cedar' }, defaultSettings);
    expect(commands).not.toContain('adjust');
  });

  it('reach it when they are about how it answers', async () => {
    await followSettings({ ...defaultSettings, answers: 'text' }, defaultSettings);
    expect(commands).toContain('adjust');
  });

  it('let other tabs sound at once', async () => {
    await followCall('live', 'resting');
    muteOtherTabs = false;
    await followSettings({ ...defaultSettings, muteOtherTabs }, defaultSettings);
    expect(world.isMuted(film)).toBe(false);
  });

  it('concern nobody without a host', async () => {
    host = false;
    await followSettings({ ...defaultSettings, talkMode: 'hold' }, defaultSettings);
    expect(commands).toEqual([]);
  });
});
