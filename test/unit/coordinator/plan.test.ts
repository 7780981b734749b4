import { expect, it, vi } from 'vitest';
import { callLimits, soundSettings, talkSettings } from '../../../lib/protocol/messages.ts';

vi.mock('wxt/browser', () => ({ browser: {} }));
const { languageOf, limitsOf, soundOf, talkOf } = await import('../../../lib/coordinator/plan.ts');
const { defaultSettings } = await import('../../../lib/storage/settings.ts');

it('hands over what the host must know about talking and sound, and nothing it would refuse', () => {
  const settings = {
    ...defaultSettings,
    talkMode: 'hold',
    vadThreshold: 0.8,
    vadSilenceMs: 900,
    vadPrefixMs: 200,
    vadEagerness: 'low',
    noisyRoom: true,
    microphoneId: 'desk',
    speakerId: 'ears',
    autoGain: false,
    noiseReduction: 'near',
    sounds: false,
  } as const;
  const talk = talkOf(settings);
  const sound = soundOf(settings);
  expect(talk).toEqual({
    mode: 'hold',
    patience: 2,
    turnEnd: 'silence',
    threshold: 0.8,
    silenceMs: 900,
    prefixMs: 200,
    eagerness: 'low',
    noisyRoom: true,
  });
  expect(sound).toEqual({
    microphoneId: 'desk',
    speakerId: 'ears',
    echoCancellation: true,
    noiseSuppression: true,
    autoGain: false,
    noiseReduction: 'near',
    sounds: false,
  });
  expect(talkSettings.parse(talk)).toEqual(talk);
  expect(soundSettings.parse(sound)).toEqual(sound);
});

it('hands over when the call is to end by itself', () => {
  const limits = limitsOf({ ...defaultSettings, callCapUsd: 1.5, dayCapUsd: null, idleAfterMs: 60_000 });
  expect(limits).toEqual({ callUsd: 1.5, dayUsd: null, idleAfterMs: 60_000 });
  expect(callLimits.parse(limits)).toEqual(limits);
});

it('speaks the language that was chosen, or else the browser’s', () => {
  expect(languageOf({ language: 'es' }, 'pt-PT')).toBe('es');
  expect(languageOf({ language: 'auto' }, 'pt-PT')).toBe('pt-PT');
  expect(languageOf({ language: 'auto' }, 'en_US@posix')).toBe('en');
});
