import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Command, Intent } from '../../../lib/protocol/messages.ts';
import type { Settings } from '../../../lib/protocol/settings.ts';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import { fakeBrowser } from './fake-browser.ts';

const world = fakeBrowser();
const commands: Command[] = [];
let host: boolean;
let snapshot: Snapshot;
let settings: Settings;
let consentedAt: number | null;
/** Messages that a document just made does not hear. */
let unheard: number;
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({
  hostExists: async () => host,
  createHostDocument: async () => void (host = true),
  closeHostDocument: async () => void (host = false),
}));
vi.mock('../../../lib/link/request.ts', () => ({
  sendCommand: async (command: Command) => {
    if (unheard > 0) {
      unheard -= 1;
      throw new FaultError('internal', 'Error: Could not establish connection. Receiving end does not exist.');
    }
    if (command.type === 'ping') return true;
    // A document that has just been made takes its time.
    if (command.type === 'start') await new Promise((resolve) => setTimeout(resolve, 20));
    if (command.type !== 'snapshot') commands.push(command);
    if (command.type === 'start') snapshot = { ...snapshot, phase: 'connecting' };
    return snapshot;
  },
}));
vi.mock(import('../../../lib/storage/settings.ts'), async (original) => ({
  ...(await original()),
  readSettings: async () => settings,
}));
vi.mock(import('../../../lib/storage/consent.ts'), async (original) => ({
  ...(await original()),
  readConsent: async () => consentedAt,
}));
vi.stubGlobal('chrome', { runtime: { getContexts: async () => [] } });
const { FaultError } = await import('../../../lib/protocol/faults.ts');
const { idleSnapshot } = await import('../../../lib/protocol/snapshot.ts');
const { defaultSettings } = await import('../../../lib/storage/settings.ts');
const { onIntent } = await import('../../../lib/coordinator/intents.ts');
const { keepSnapshot } = await import('../../../lib/coordinator/last-call.ts');

beforeEach(() => {
  world.reset();
  commands.length = 0;
  host = false;
  unheard = 0;
  consentedAt = 1;
  snapshot = { ...idleSnapshot, bootId: 'new' };
  settings = { ...defaultSettings, relay: { url: 'https://relay.example', deviceToken: 'token' } };
});

describe('the talk key of a view', () => {
  it('starts a call with its first turn, and a release never overtakes it', async () => {
    settings.talkMode = 'hold';
    await Promise.all([onIntent({ type: 'talk-begin' }), onIntent({ type: 'talk-end', send: true })]);
    expect(commands).toMatchObject([
      { type: 'start', talking: true },
      { type: 'talk-end', send: true },
    ]);
  });

  it('in hands-free only starts the call', async () => {
    await onIntent({ type: 'talk-begin' });
    expect(commands).toMatchObject([{ type: 'start', talking: false, plan: { microphone: true } }]);
  });

  it('talks in the call that runs', async () => {
    host = true;
    snapshot = { ...snapshot, phase: 'live', turn: 'resting' };
    await onIntent({ type: 'talk-begin' });
    await onIntent({ type: 'talk-end', send: false });
    expect(commands).toEqual([{ type: 'talk-begin' }, { type: 'talk-end', send: false }]);
  });

  it('let go without a call does nothing', async () => {
    await onIntent({ type: 'talk-end', send: true });
    expect(host).toBe(false);
    expect(commands).toEqual([]);
  });
});

describe('before the person has agreed to what is recorded, read and sent', () => {
  beforeEach(() => void (consentedAt = null));

  it.each<Intent>([{ type: 'start', microphone: true }, { type: 'talk-begin' }, { type: 'say', text: 'hello' }])(
    'no call begins by $type: the page that asks for it comes, and the view is told',
    async (intent) => {
      await expect(onIntent(intent)).rejects.toMatchObject({ fault: { code: 'consent-needed' } });
      expect(world.pages).toEqual(['/welcome.html']);
      expect(host).toBe(false);
    },
  );

  it('nothing is prepared', async () => {
    await onIntent({ type: 'warm' });
    // After it, in turn.
    await expect(onIntent({ type: 'start', microphone: false })).rejects.toThrow('consent-needed');
    expect(commands).toEqual([]);
  });

  it('the microphone is not asked for either', async () => {
    await onIntent({ type: 'open-permission-page' });
    expect(world.pages).toEqual(['/welcome.html']);
  });
});

describe('a call', () => {
  it('knows its limits, and whether it is to be kept', async () => {
    settings = { ...settings, callCapUsd: 2, dayCapUsd: null, idleAfterMs: 60_000, keepCalls: false };
    await onIntent({ type: 'start', microphone: true });
    const limits = { callUsd: 2, dayUsd: null, idleAfterMs: 60_000 };
    expect(commands).toMatchObject([{ type: 'start', plan: { limits, keep: false } }]);
  });
});

describe('typed words', () => {
  it('begin a call, even where the document made by opening the popup does not listen yet', async () => {
    host = true;
    unheard = 2;
    await onIntent({ type: 'say', text: 'hello' });
    expect(commands).toMatchObject([{ type: 'start', say: 'hello', plan: { microphone: false } }]);
  });
});

describe('warming up', () => {
  it('prepares a call with a microphone, and the view need not wait', async () => {
    expect(await onIntent({ type: 'warm' })).toBeNull();
    await vi.waitFor(() => expect(commands).toMatchObject([{ type: 'warm', plan: { microphone: true } }]));
  });

  it.each<[string, () => unknown]>([
    ['the setting says no', () => (settings.warmUp = false)],
    ['no relay is set', () => (settings.relay.deviceToken = '')],
    ['a call runs', () => ([host, snapshot] = [true, { ...snapshot, phase: 'live' }])],
  ])('does nothing when %s', async (_, arrange) => {
    arrange();
    await onIntent({ type: 'warm' });
    // After it, in turn.
    await onIntent({ type: 'start', microphone: false });
    expect(commands.map(({ type }) => type)).toEqual(['start']);
  });

  it('leaves the last call to be seen', async () => {
    const ended: Snapshot = { ...idleSnapshot, bootId: 'old', phase: 'ended', endReason: 'hung-up' };
    await keepSnapshot(ended);
    await onIntent({ type: 'warm' });
    await vi.waitFor(() => expect(commands).toHaveLength(1));
    expect(await onIntent({ type: 'hello' })).toEqual(ended);
  });
});
