import { describe, expect, it } from 'vitest';
import { idleSnapshot, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { defaultSettings } from '../../../lib/storage/settings.ts';
import { atMostEvery } from '../../../lib/ui/view/at-most.ts';
import { areUnnamed, deviceChoices, type Device } from '../../../lib/ui/view/devices.ts';
import { figureOf, figuresInForce, figuresOfPatience, readFigure, waitSeconds } from '../../../lib/ui/view/figures.ts';
import { notesOf } from '../../../lib/ui/view/notes.ts';

const input = (deviceId: string, label: string): Device => ({ kind: 'audioinput', deviceId, label });
const output = (deviceId: string, label: string): Device => ({ kind: 'audiooutput', deviceId, label });

describe('the choice of a device', () => {
  const devices = [
    input('default', 'Default - Laptop'),
    input('communications', 'Communications - Laptop'),
    input('a', 'Laptop'),
    input('b', 'Headset'),
    output('default', 'Default - Speakers'),
    output('c', 'Speakers'),
  ];

  it('has each device once, without the browser’s stand-ins for the system’s choice', () => {
    expect(deviceChoices(devices, 'audioinput', '')).toEqual([
      { id: 'a', name: 'Laptop' },
      { id: 'b', name: 'Headset' },
    ]);
    expect(deviceChoices(devices, 'audiooutput', 'c')).toEqual([{ id: 'c', name: 'Speakers' }]);
  });

  it('keeps what was chosen and is not connected now, without a name', () => {
    expect(deviceChoices(devices, 'audioinput', 'gone').at(-1)).toEqual({ id: 'gone', name: '' });
  });

  it('knows that the browser gives no names yet; no microphone at all is another matter', () => {
    expect(areUnnamed([input('', ''), output('', '')])).toBe(true);
    expect(areUnnamed(devices)).toBe(false);
    expect(areUnnamed([output('c', 'Speakers')])).toBe(false);
    expect(deviceChoices([input('', '')], 'audioinput', '')).toEqual([]);
  });
});

describe('the figures behind patience', () => {
  it('are the patience’s own until the person gives some', () => {
    const settings = { ...defaultSettings, vadSilenceMs: 1200 };
    expect(figureOf(figuresOfPatience(settings), 'vadSilenceMs')).toBe(500);
    expect(figureOf(figuresInForce(settings), 'vadSilenceMs')).toBe(1200);
    expect(figuresInForce(settings)).toMatchObject({ threshold: 0.5, prefixMs: 300, eagerness: 'auto' });
    expect(figuresInForce({ ...settings, noisyRoom: true, vadPrefixMs: 0 })).toMatchObject({
      threshold: 0.7,
      prefixMs: 0,
    });
  });

  it('are told as the seconds that one waits', () => {
    expect(waitSeconds(defaultSettings)).toBe(0.5);
    expect(waitSeconds({ ...defaultSettings, vadSilenceMs: 1200 })).toBe(1.2);
    expect(waitSeconds({ ...defaultSettings, turnEnd: 'meaning' })).toBe(4);
    expect(waitSeconds({ ...defaultSettings, turnEnd: 'meaning', patience: 4 })).toBe(8);
    expect(waitSeconds({ ...defaultSettings, turnEnd: 'meaning', vadEagerness: 'high' })).toBe(2);
  });

  it('grow with every step of patience', () => {
    const waits = ([0, 1, 2, 3, 4] as const).map((patience) => waitSeconds({ ...defaultSettings, patience }));
    expect(waits).toEqual([...new Set(waits)].sort((a, b) => a - b));
  });

  it.each([
    ['vadThreshold', '', null],
    ['vadThreshold', ' 0,65 ', 0.65],
    ['vadThreshold', '1', 1],
    ['vadThreshold', '1.1', undefined],
    ['vadThreshold', '-0.1', undefined],
    ['vadSilenceMs', '800', 800],
    ['vadSilenceMs', '800.5', undefined],
    ['vadSilenceMs', '10001', undefined],
    ['vadSilenceMs', '1e3', undefined],
    ['vadSilenceMs', '0x10', undefined],
    ['vadPrefixMs', 'long', undefined],
    ['vadPrefixMs', '1.2.3', undefined],
  ] as const)('%s typed as %j is %j', (field, text, value) => {
    expect(readFigure(field, text)).toBe(value);
  });
});

describe('what a running call has to say', () => {
  it('is that its line is away, and what is kept meanwhile', () => {
    const away = { since: 5, triesAt: null };
    const lost = live({ phase: 'reconnecting', away });
    expect(notesOf(lost).away).toEqual({ ...away, spoken: true });
    for (const change of [{ microphone: false }, { muted: true }, { microphoneTrouble: 'silent' as const }])
      expect(notesOf({ ...lost, ...change }).away).toEqual({ ...away, spoken: false });
    expect(notesOf({ ...lost, phase: 'failed' }).away).toBeNull();
  });

  const live = (change: Partial<Snapshot>): Snapshot => ({
    ...idleSnapshot,
    phase: 'live',
    turn: 'resting',
    microphone: true,
    ...change,
  });

  it('is nothing when all is well', () => {
    const nothing = {
      trouble: null,
      help: null,
      heardNothing: false,
      secondBest: null,
      limit: null,
      relayEndsAt: null,
      endsIdleAt: null,
      away: null,
      late: null,
    };
    expect(notesOf(live({ transport: 'webrtc' }))).toEqual(nothing);
    expect(notesOf(live({ transport: 'websocket', transportReason: 'chosen' }))).toEqual(nothing);
    expect(notesOf(live({ transport: 'websocket', transportReason: 'typed', microphone: false }))).toEqual(nothing);
  });

  it('is a microphone in trouble, and another one where that helps', () => {
    expect(notesOf(live({ microphoneTrouble: 'system-muted' }))).toMatchObject({
      trouble: 'system-muted',
      help: null,
    });
    for (const trouble of ['silent', 'gone', 'replaced'] as const) {
      expect(notesOf(live({ microphoneTrouble: trouble }))).toMatchObject({ trouble, help: 'choose' });
    }
  });

  it('is a microphone that the browser no longer allows, with the way to allow it', () => {
    expect(notesOf(live({ microphoneTrouble: 'blocked' }))).toMatchObject({ trouble: 'blocked', help: 'allow' });
  });

  it('is a turn without words, until the next one begins or the microphone explains it', () => {
    expect(notesOf(live({ heardNothing: true })).heardNothing).toBe(true);
    expect(notesOf(live({ heardNothing: true, turn: 'held' })).heardNothing).toBe(false);
    expect(notesOf(live({ heardNothing: true, microphoneTrouble: 'silent' })).heardNothing).toBe(false);
  });

  it('is a line that is second best because a better one is blocked', () => {
    expect(notesOf(live({ transport: 'websocket', transportReason: 'blocked' })).secondBest).toBe('websocket');
    expect(notesOf(live({ transport: 'relay', transportReason: 'blocked' })).secondBest).toBe('relay');
    expect(notesOf(live({ transport: 'carrier-pigeon', transportReason: 'blocked' })).secondBest).toBeNull();
  });

  it('ends with the call', () => {
    const over = {
      microphoneTrouble: 'gone',
      heardNothing: true,
      transport: 'relay',
      transportReason: 'blocked',
    } as const;
    for (const phase of ['idle', 'ended', 'failed'] as const) {
      expect(notesOf(live({ ...over, phase }))).toMatchObject({ trouble: null, heardNothing: false, secondBest: null });
    }
  });
});

describe('what is done at most every so often', () => {
  it('is done at once, and then again only after that time', () => {
    let now = 1000;
    let times = 0;
    const look = atMostEvery(
      30_000,
      () => (times += 1),
      () => now,
    );
    look();
    now += 29_999;
    look();
    expect(times).toBe(1);
    now += 1;
    look();
    expect(times).toBe(2);
  });
});
