import { browser } from 'wxt/browser';
import { instructionsOf } from '../protocol/instructions.ts';
import type { CallLimits, CallPlan, SoundSettings, TalkSettings } from '../protocol/messages.ts';
import type { Settings } from '../protocol/settings.ts';
import { readSettings } from '../storage/settings.ts';

/** Everything the host needs for a call: it cannot read storage or the browser's language itself. */
export async function planCall(microphone: boolean): Promise<CallPlan> {
  const settings = await readSettings();
  return {
    microphone,
    relayUrl: settings.relay.url,
    deviceToken: settings.relay.deviceToken,
    model: settings.model,
    voice: settings.voice,
    language: languageOf(settings, browser.i18n.getUILanguage()),
    instructions: instructionsOf(settings).text,
    transport: settings.transport,
    talk: talkOf(settings),
    answers: settings.answers,
    sound: soundOf(settings),
    digest: settings.pageDigest,
    limits: limitsOf(settings),
    keep: settings.keepCalls,
  };
}

export function talkOf(settings: Settings): TalkSettings {
  return {
    mode: settings.talkMode,
    patience: settings.patience,
    turnEnd: settings.turnEnd,
    threshold: settings.vadThreshold,
    silenceMs: settings.vadSilenceMs,
    prefixMs: settings.vadPrefixMs,
    eagerness: settings.vadEagerness,
    noisyRoom: settings.noisyRoom,
  };
}

export function soundOf(settings: Settings): SoundSettings {
  const { microphoneId, speakerId, echoCancellation, noiseSuppression, autoGain, noiseReduction, sounds } = settings;
  return { microphoneId, speakerId, echoCancellation, noiseSuppression, autoGain, noiseReduction, sounds };
}

export function limitsOf({ callCapUsd, dayCapUsd, idleAfterMs }: Settings): CallLimits {
  return { callUsd: callCapUsd, dayUsd: dayCapUsd, idleAfterMs };
}

export function languageOf({ language }: Pick<Settings, 'language'>, browserLanguage: string): string {
  if (language !== 'auto') return language;
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(browserLanguage) ? browserLanguage : 'en';
}
