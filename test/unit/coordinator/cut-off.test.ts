import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Phase, Snapshot } from '../../../lib/protocol/snapshot.ts';
import { fakeBrowser } from './fake-browser.ts';

const world = fakeBrowser();
const badges: string[] = [];
let host = true;
let running: Snapshot;
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({ hostExists: async () => host }));
vi.mock('../../../lib/coordinator/badge.ts', () => ({ showState: async (phase: Phase) => void badges.push(phase) }));
vi.mock('../../../lib/link/request.ts', () => ({ sendCommand: async () => running }));
vi.mock(import('../../../lib/storage/settings.ts'), async (original) => {
  const { defaultSettings, ...rest } = await original();
  return { ...rest, defaultSettings, readSettings: async () => ({ ...defaultSettings, muteOtherTabs: true }) };
});
const { idleSnapshot } = await import('../../../lib/protocol/snapshot.ts');
const { followCall, forgetStaleState, settleWithoutHost } = await import('../../../lib/coordinator/follow-call.ts');
const { keepSnapshot, lastSnapshot } = await import('../../../lib/coordinator/last-call.ts');
const { onAsk } = await import('../../../lib/coordinator/asks.ts');
const { onIntent } = await import('../../../lib/coordinator/intents.ts');

const film = 1;
const popup = { id: 'parley', url: '/popup.html', tab: { id: 9 } };
const hello = (from: object = popup) => onIntent({ type: 'hello' }, from) as Promise<Snapshot>;
/** What is done behind an answer. */
const settled = () => new Promise((resolve) => setTimeout(resolve, 10));

beforeEach(() => {
  world.reset();
  world.open({ id: film, audible: true });
  badges.length = 0;
  host = true;
  running = idleSnapshot;
});

/** The browser, or the extension's process, ends in the middle of a call that is kept as `a`. */
async function cutOff(kept: string | undefined = 'a'): Promise<void> {
  await onAsk({ type: 'show-state', phase: 'live', turn: 'waiting', microphone: true });
  await onAsk({ type: 'show-state', phase: 'live', turn: 'thinking', microphone: true, ...(kept && { kept }) });
  expect(world.isMuted(film)).toBe(true);
  host = false;
  world.forgetSession();
}

describe('a call that was cut off', () => {
  it('is told at the next start, with the way to go on with it, and the badge shows no call', async () => {
    await cutOff();
    await settleWithoutHost();
    await forgetStaleState();
    expect(badges.at(-1)).toBe('ended');
    expect(await hello()).toMatchObject({
      phase: 'ended',
      endReason: 'cut-off',
      callId: 'a',
      microphone: true,
      lines: [],
    });
  });

  it('lets the tabs sound again that were silent because of it, whatever woke the worker', async () => {
    await cutOff();
    await settleWithoutHost();
    expect(world.isMuted(film)).toBe(false);
  });

  it('is told once: not to the next view, nor at the start after it', async () => {
    await cutOff();
    await hello();
    await settled();
    expect(await hello()).toMatchObject({ phase: 'idle' });
    world.forgetSession();
    expect(await hello()).toMatchObject({ phase: 'idle' });
  });

  it('is told in popup or panel: the pill’s and the options’ questions leave it there', async () => {
    await cutOff();
    await hello({ id: 'parley', url: 'https://example.org/', tab: { id: 1 } });
    await hello({ id: 'parley', url: '/options.html', tab: { id: 2 } });
    await settled();
    expect(await hello()).toMatchObject({ endReason: 'cut-off' });
  });

  it('is told also when nothing of it was kept; there is nothing to go on with then', async () => {
    await cutOff('');
    expect(await hello()).toMatchObject({ endReason: 'cut-off', callId: null });
  });

  it('is not told of one that ended as it should, or failed', async () => {
    for (const phase of ['ended', 'failed'] as const) {
      await followCall('live', 'waiting', 'a');
      await followCall(phase, null);
      host = false;
      world.forgetSession();
      expect(await hello()).toMatchObject({ phase: 'idle' });
      host = true;
    }
  });

  it('nor of one that had not begun', async () => {
    await followCall('connecting', null, 'a');
    host = false;
    world.forgetSession();
    expect(await hello()).toMatchObject({ phase: 'idle' });
  });

  it('whose document alone went away is a fault that stays, and goes on too', async () => {
    await followCall('live', 'waiting', 'a');
    host = false;
    const failed = { phase: 'failed', fault: { code: 'host-stopped' }, callId: 'a' };
    expect(await hello()).toMatchObject(failed);
    await settled();
    expect(await hello()).toMatchObject(failed);
    // But it is nothing for the next start of the browser.
    world.forgetSession();
    expect(await hello()).toMatchObject({ phase: 'idle' });
  });

  it.each([['text'], [7], [null], [{ callId: 5, microphone: 'yes' }]])(
    'is harmless where %j was noted of it',
    async (noted) => {
      await world.api.storage.local.set({ 'open-call': noted });
      host = false;
      const { callId, microphone } = await hello();
      expect([callId, microphone]).toEqual([null, false]);
    },
  );
});

describe('without room in session storage', () => {
  const full = () =>
    vi.spyOn(world.api.storage.session, 'set').mockRejectedValue(new Error('Session storage quota bytes exceeded.'));

  it('a call that ends lets tabs sound again, takes the badge away and leaves no ghost', async () => {
    await followCall('live', 'waiting', 'a');
    const set = full();
    running = { ...idleSnapshot, bootId: 'b', phase: 'ended' };
    await onAsk({ type: 'finished', snapshot: running, sent: {}, log: [] }).catch(() => undefined);
    set.mockRestore();
    expect(world.isMuted(film)).toBe(false);
    expect(badges.at(-1)).toBe('ended');
    host = false;
    expect((await lastSnapshot()).phase).toBe('idle');
  });

  it('its end is worth more than its words', async () => {
    const line = { kind: 'person', id: 'p', at: 1, text: 'Hi', state: 'final', typed: true } as const;
    const set = vi.spyOn(world.api.storage.session, 'set').mockRejectedValueOnce(new Error('quota'));
    await keepSnapshot({ ...idleSnapshot, bootId: 'b', phase: 'ended', lines: [line], endReason: 'hung-up' });
    set.mockRestore();
    host = false;
    expect(await lastSnapshot()).toMatchObject({ phase: 'ended', endReason: 'hung-up', lines: [] });
  });
});
