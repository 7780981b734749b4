import { browser } from 'wxt/browser';
import type { CallPlan } from '../protocol/messages.ts';
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
    instructions: settings.instructions,
    transport: settings.transport,
  };
}

export function languageOf({ language }: Pick<Settings, 'language'>, browserLanguage: string): string {
  if (language !== 'auto') return language;
  return /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(browserLanguage) ? browserLanguage : 'en';
}
