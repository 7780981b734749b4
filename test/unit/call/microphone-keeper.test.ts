import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Microphone, MicrophoneRequest } from '../../../lib/audio/microphone.ts';
import { MicrophoneKeeper } from '../../../lib/call/microphone-keeper.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import { plan } from './play.ts';

const { sound } = plan();

afterEach(() => void vi.useRealTimers());

/** Devices that a test plugs in and out. */
function setTheStage() {
  const opened: (Microphone & { request: MicrophoneRequest; muted: boolean; closed: boolean })[] = [];
  const told: unknown[] = [];
  let refusal: FaultError | null = null;
  let there = ['desk'];
  let systemMuted = false;
  let devicesChanged = () => {};
  const keeper = new MicrophoneKeeper({
    openMicrophone: async (request) => {
      if (refusal) throw refusal;
      const microphone = {
        request,
        muted: false,
        closed: false,
        stream: {} as MediaStream,
        track: { readyState: 'live', muted: systemMuted } as { readyState: string },
        name: there.includes(request.sound.microphoneId) ? request.sound.microphoneId : there[0],
        deviceId: there.includes(request.sound.microphoneId) ? request.sound.microphoneId : there[0],
        setMuted: (muted: boolean) => void (microphone.muted = muted),
        close() {
          microphone.closed = true;
          microphone.track.readyState = 'ended';
        },
      };
      opened.push(microphone as never);
      return microphone as never;
    },
    watchDevices: (changed) => {
      devicesChanged = changed;
      return () => undefined;
    },
    using: (microphone) => void told.push(microphone?.name ?? 'none'),
    trouble: (trouble) => void told.push(trouble),
    log: () => undefined,
  });
  const reports = (count: number, zero: boolean) => {
    for (let each = 0; each < count; each += 1) {
      keeper.measured({ microphone: zero ? 0 : 0.01, voice: 0, microphoneFrames: 1200, microphoneZero: zero });
    }
  };
  return {
    keeper,
    opened,
    told,
    reports,
    /** The system's own comes first. */
    thereAre: (names: string[]) => {
      there = names;
    },
    muteBySystem: () => {
      systemMuted = true;
    },
    refuse: (code: `microphone-${'missing' | 'busy' | 'denied' | 'needed'}` | null) => {
      refusal = code && new FaultError(code);
    },
    pullOut: () => {
      const last = opened.at(-1)!;
      (last.track as { readyState: string }).readyState = 'ended';
      last.request.lost();
    },
    plugIn: () => devicesChanged(),
  };
}

describe('the microphone of a call', () => {
  it('takes another when it is pulled out, and says so', async () => {
    const { keeper, told, pullOut, opened, thereAre } = setTheStage();
    await keeper.open(sound, false);
    thereAre(['laptop']);
    pullOut();
    await vi.waitFor(() => expect(told).toEqual(['desk', 'none', 'laptop', 'replaced']));
    expect(opened[0]?.closed).toBe(true);
  });

  it('says that it is gone when there is no other, and takes the next that is plugged in', async () => {
    const { keeper, told, pullOut, plugIn, refuse, thereAre } = setTheStage();
    await keeper.open(sound, false);
    refuse('microphone-missing');
    pullOut();
    await vi.waitFor(() => expect(told).toEqual(['desk', 'none', 'gone']));
    refuse(null);
    thereAre(['headset']);
    plugIn();
    await vi.waitFor(() => expect(told.at(-1)).toBe('replaced'));
  });

  it('says nothing more when the same one is plugged in again', async () => {
    const { keeper, told, pullOut, plugIn, refuse } = setTheStage();
    await keeper.open(sound, false);
    refuse('microphone-missing');
    pullOut();
    await vi.waitFor(() => expect(told.at(-1)).toBe('gone'));
    refuse(null);
    plugIn();
    await vi.waitFor(() => expect(told).toEqual(['desk', 'none', 'gone', 'desk', null]));
  });

  it('looks again by itself where nobody tells that it is there again', async () => {
    vi.useFakeTimers();
    const { keeper, told, pullOut, refuse } = setTheStage();
    await keeper.open(sound, false);
    refuse('microphone-busy');
    pullOut();
    await vi.advanceTimersByTimeAsync(5000);
    expect(told).toEqual(['desk', 'none', 'gone']);
    refuse(null);
    await vi.advanceTimersByTimeAsync(1500);
    expect(told.slice(3)).toEqual(['desk', null]);
    keeper.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['microphone-denied', 'microphone-needed'] as const)(
    'is blocked when the permission is gone (%s), and comes back with it',
    async (code) => {
      const { keeper, told, pullOut, refuse, plugIn } = setTheStage();
      await keeper.open(sound, false);
      refuse(code);
      pullOut();
      await vi.waitFor(() => expect(told).toEqual(['desk', 'none', 'blocked']));
      refuse(null);
      plugIn();
      await vi.waitFor(() => expect(told.slice(3)).toEqual(['desk', null]));
    },
  );

  it('that was chosen and is not there has another in its place, until it is there again', async () => {
    const { keeper, told, plugIn, thereAre } = setTheStage();
    await keeper.open({ ...sound, microphoneId: 'headset' }, false);
    expect(told).toEqual(['desk', 'replaced']);
    thereAre(['desk', 'headset']);
    plugIn();
    await vi.waitFor(() => expect(told.slice(2)).toEqual(['headset', null]));
  });

  it('stays open when some other device comes or goes', async () => {
    const { keeper, opened, plugIn } = setTheStage();
    await keeper.open(sound, false);
    plugIn();
    await new Promise((resolve) => setTimeout(resolve));
    expect(opened).toHaveLength(1);
  });

  it('notices exact silence in less than four seconds, tries once anew, and notices sound again', async () => {
    const { keeper, told, reports, opened, plugIn } = setTheStage();
    await keeper.open(sound, false);
    reports(69, true);
    expect(told).toEqual(['desk']);
    reports(1, true);
    await vi.waitFor(() => expect(told).toEqual(['desk', 'silent', 'desk']));
    reports(200, true);
    expect(opened).toHaveLength(2);
    plugIn();
    await vi.waitFor(() => expect(opened).toHaveLength(3));
    expect(told).toEqual(['desk', 'silent', 'desk', 'desk']);
    reports(1, false);
    expect(told.at(-1)).toBeNull();
  });

  it('that the system mutes before it is opened is known to be muted', async () => {
    const { keeper, told, muteBySystem } = setTheStage();
    muteBySystem();
    await keeper.open(sound, false);
    expect(told).toEqual(['desk', 'system-muted']);
  });

  it('takes a quiet room, a mute and a mute by the system for what they are', async () => {
    const { keeper, told, reports, opened } = setTheStage();
    await keeper.open(sound, false);
    for (let each = 0; each < 5; each += 1) {
      reports(60, true);
      reports(1, false);
    }
    keeper.setMuted(true);
    reports(200, true);
    keeper.setMuted(false);
    expect(told).toEqual(['desk']);
    opened[0]?.request.systemMuted(true);
    reports(200, true);
    expect(told.slice(1)).toEqual(['system-muted']);
    opened[0]?.request.systemMuted(false);
    expect(told.at(-1)).toBeNull();
  });

  it('changes the device, and the mute stays', async () => {
    const { keeper, told, opened, thereAre } = setTheStage();
    await keeper.open(sound, true);
    thereAre(['desk', 'headset']);
    keeper.change({ ...sound, microphoneId: 'headset' });
    await vi.waitFor(() => expect(told).toEqual(['desk', 'headset']));
    expect(opened.map(({ muted, closed }) => [muted, closed])).toEqual([
      [true, true],
      [true, false],
    ]);
  });

  it('keeps the old one when the new one does not open', async () => {
    const { keeper, told, opened, refuse } = setTheStage();
    await keeper.open(sound, false);
    refuse('microphone-missing');
    keeper.change({ ...sound, microphoneId: 'headset' });
    await new Promise((resolve) => setTimeout(resolve));
    expect(told).toEqual(['desk']);
    expect(opened[0]?.closed).toBe(false);
  });

  it('is not opened anew for a setting that is not its own', async () => {
    const { keeper, opened } = setTheStage();
    await keeper.open(sound, false);
    keeper.change({ ...sound, speakerId: 'other', sounds: false });
    await new Promise((resolve) => setTimeout(resolve));
    expect(opened).toHaveLength(1);
  });

  it('is closed with the call, also one that opens too late', async () => {
    const { keeper, opened, pullOut } = setTheStage();
    await keeper.open(sound, false);
    pullOut();
    keeper.close();
    await new Promise((resolve) => setTimeout(resolve));
    expect(opened.every(({ closed }) => closed)).toBe(true);
  });
});
