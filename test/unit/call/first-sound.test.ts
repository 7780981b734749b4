import { describe, expect, it } from 'vitest';
import { FirstSound } from '../../../lib/call/first-sound.ts';
import { plan } from './play.ts';
import { setTheStage } from './stage.ts';

const silent = 0.001;
const loud = 0.1;

/** One line a step: when, and what was heard of whom. */
function timed(play: (sound: FirstSound, heard: (voice: number, at: number) => void) => void): number[] {
  const sound = new FirstSound();
  const told: number[] = [];
  play(sound, (voice, at) => {
    const ms = sound.level(voice, at);
    if (ms !== null) told.push(ms);
  });
  return told;
}

describe('the time that an answer takes', () => {
  it('counts from the end of what was said to the first sound, once', () => {
    const told = timed((sound, heard) => {
      sound.speech();
      // Told after 300 ms of quiet: the last word was over at 1000.
      sound.quiet(1300);
      heard(silent, 1500);
      sound.voiceStarted();
      heard(silent, 1650);
      heard(loud, 1700);
      heard(loud, 1750);
      heard(silent, 1800);
      heard(loud, 1850);
    });
    expect(told).toEqual([700]);
  });

  it('is the same when the provider tells of its voice later than it is heard', () => {
    const told = timed((sound, heard) => {
      sound.speech();
      sound.quiet(1300);
      heard(loud, 1500);
      heard(loud, 1550);
      sound.voiceStarted();
      heard(loud, 1600);
    });
    expect(told).toEqual([500]);
  });

  it('is known, too, of an answer that begins before the ear is sure of the quiet', () => {
    const told = timed((sound, heard) => {
      sound.speech();
      sound.voiceStarted();
      heard(loud, 1250);
      sound.quiet(1300);
      heard(loud, 1350);
    });
    expect(told).toEqual([250]);
  });

  it('counts from the last word, whatever pause was before it', () => {
    const told = timed((sound, heard) => {
      sound.speech();
      sound.quiet(1300);
      sound.speech();
      sound.quiet(2300);
      sound.voiceStarted();
      heard(loud, 2600);
    });
    expect(told).toEqual([600]);
  });

  it('counts from the release of the key where that is later', () => {
    const told = timed((sound, heard) => {
      sound.speech();
      sound.turnEnded(1200);
      sound.quiet(1400);
      sound.voiceStarted();
      heard(loud, 2000);
    });
    expect(told).toEqual([800]);
  });

  it('is not told of an answer to something typed', () => {
    const told = timed((sound, heard) => {
      sound.speech();
      sound.quiet(1300);
      sound.typed();
      sound.voiceStarted();
      heard(loud, 2000);
    });
    expect(told).toEqual([]);
  });

  it('takes a cough for no question', () => {
    const told = timed((sound, heard) => {
      sound.quiet(1300);
      sound.voiceStarted();
      heard(loud, 2000);
    });
    expect(told).toEqual([]);
  });

  it('does not take the rest of the answer that was talked over for the next one', () => {
    const told = timed((sound, heard) => {
      sound.voiceStarted();
      heard(loud, 500);
      sound.speech();
      heard(loud, 1250);
      sound.quiet(1300);
      heard(loud, 1350);
      sound.voiceStopped();
      heard(silent, 1400);
      sound.voiceStarted();
      heard(loud, 1900);
    });
    expect(told).toEqual([900]);
  });
});

it('shows in the call after a spoken question, and begins anew with the next call', async () => {
  const { call, live, onset, measured, server } = setTheStage();
  await live();
  expect(call.snapshot().times).toEqual({ firstSoundMs: null, roundTripMs: null });
  onset('maybe');
  onset('sure');
  onset('over');
  server({ type: 'output_audio_buffer.started', response_id: 'r' });
  measured({ microphone: 0, voice: loud, microphoneFrames: 1200, microphoneZero: false });
  // The quiet is told 300 ms after the last word, at least.
  expect(call.snapshot().times.firstSoundMs).toBeGreaterThanOrEqual(300);
  call.end();
  call.start(plan());
  expect(call.snapshot().times.firstSoundMs).toBeNull();
});
