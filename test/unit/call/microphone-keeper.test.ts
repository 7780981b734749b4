import { describe, expect, it, vi } from 'vitest';
import type { Microphone, MicrophoneRequest } from '../../../lib/audio/microphone.ts';
import { MicrophoneKeeper } from '../../../lib/call/microphone-keeper.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import { plan } from './play.ts';

const { sound } = plan();

/** Devices that a test plugs in and out. */
function setTheStage() {
  const opened: (Microphone & { request: MicrophoneRequest; muted: boolean; closed: boolean })[] = [];
  const told: unknown[] = [];
  let refusal: FaultError | null = null;
  let devicesChanged = () => {};
  const keeper = new MicrophoneKeeper({
    openMicrophone: async (request) => {
      if (refusal) throw refusal;
      const microphone = {
        request,
        muted: false,
        closed: false,
        stream: {} as MediaStream,
        track: { readyState: 'live' } as { readyState: string },
        name: request.sound.microphoneId || `microphone ${opened.length + 1}`,
        deviceId: '',
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
    using: ({ name }) => void told.push(name),
    trouble: (trouble) => void told.push(trouble),
    lost: ({ code }) => void told.push(code),
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
    refuse: (code: 'microphone-missing' | 'microphone-denied' | null) => {
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
    const { keeper, told, pullOut, opened } = setTheStage();
    await keeper.open(sound, false);
    pullOut();
    await vi.waitFor(() => expect(told).toEqual(['microphone 1', 'microphone 2', 'replaced']));
    expect(opened[0]?.closed).toBe(true);
  });

  it('says that it is gone when there is no other, and takes the next that is plugged in', async () => {
    const { keeper, told, pullOut, plugIn, refuse } = setTheStage();
    await keeper.open(sound, false);
    refuse('microphone-missing');
    pullOut();
    await vi.waitFor(() => expect(told.at(-1)).toBe('gone'));
    refuse(null);
    plugIn();
    await vi.waitFor(() => expect(told.at(-1)).toBe('replaced'));
  });

  it('ends the call when the permission is taken back', async () => {
    const { keeper, told, pullOut, refuse } = setTheStage();
    await keeper.open(sound, false);
    refuse('microphone-denied');
    pullOut();
    await vi.waitFor(() => expect(told.at(-1)).toBe('microphone-lost'));
  });

  it('notices exact silence in four seconds, tries once anew, and notices sound again', async () => {
    const { keeper, told, reports, opened } = setTheStage();
    await keeper.open(sound, false);
    reports(79, true);
    expect(told).toEqual(['microphone 1']);
    reports(1, true);
    await vi.waitFor(() => expect(told).toEqual(['microphone 1', 'silent', 'microphone 2']));
    reports(200, true);
    expect(opened).toHaveLength(2);
    reports(1, false);
    expect(told.at(-1)).toBeNull();
  });

  it('takes a quiet room, a mute and a mute by the system for what they are', async () => {
    const { keeper, told, reports, opened } = setTheStage();
    await keeper.open(sound, false);
    for (let each = 0; each < 5; each += 1) {
      reports(70, true);
      reports(1, false);
    }
    keeper.setMuted(true);
    reports(200, true);
    keeper.setMuted(false);
    expect(told).toEqual(['microphone 1']);
    opened[0]?.request.systemMuted(true);
    reports(200, true);
    expect(told.slice(1)).toEqual(['system-muted']);
    opened[0]?.request.systemMuted(false);
    expect(told.at(-1)).toBeNull();
  });

  it('changes the device, and the mute stays', async () => {
    const { keeper, told, opened } = setTheStage();
    await keeper.open(sound, true);
    keeper.change({ ...sound, microphoneId: 'headset' });
    await vi.waitFor(() => expect(told).toEqual(['microphone 1', 'headset']));
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
    expect(told).toEqual(['microphone 1']);
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
