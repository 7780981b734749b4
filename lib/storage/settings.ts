/** Settings in `storage.local`: read with migration, written whole, watched. */
import { browser } from 'wxt/browser';
import { isSetting, settingsVersion, type Settings } from '../protocol/settings.ts';
import { migrateSettings, notKept } from './migrations.ts';

const key = 'settings';
/** What another version wrote, or damage left, and this one does not understand: put aside, for a person or a later version. */
const asideKey = 'settings-aside';

export const defaultSettings: Settings = {
  version: settingsVersion,
  relay: { url: 'http://127.0.0.1:8787', deviceToken: '' },
  model: '',
  voice: '',
  style: 'plain',
  notes: '',
  instructions: '',
  language: 'auto',
  theme: 'auto',
  autoStart: true,
  transport: 'auto',
  warmUp: true,
  showTimes: false,
  pill: true,
  pillCaptions: true,
  screenReader: false,
  neverRead: [],
  askFirst: [],
  mayRead: [],
  pageDigest: true,
  callCapUsd: 5,
  dayCapUsd: 20,
  idleAfterMs: 180_000,
  keepCalls: true,
  talkMode: 'hands-free',
  answers: 'voice',
  patience: 2,
  turnEnd: 'silence',
  vadThreshold: null,
  vadSilenceMs: null,
  vadPrefixMs: null,
  vadEagerness: null,
  noisyRoom: false,
  microphoneId: '',
  speakerId: '',
  echoCancellation: true,
  noiseSuppression: true,
  autoGain: true,
  noiseReduction: 'far',
  sounds: true,
  muteOtherTabs: false,
};

/** Never throws on bad contents: what can be kept is kept, the rest is the default. */
export async function readSettings(): Promise<Settings> {
  const stored = await browser.storage.local.get(key);
  return migrateSettings(stored[key], defaultSettings);
}

/** Writes the given fields over what is stored. Throws when the result is not valid. */
export async function writeSettings(change: Partial<Omit<Settings, 'version'>>): Promise<Settings> {
  const { [key]: stored } = await browser.storage.local.get(key);
  const before = migrateSettings(stored, defaultSettings);
  const next: Settings = { ...before, ...change };
  const wrong = (Object.keys(next) as (keyof Settings)[]).filter((field) => !isSetting(field, next[field]));
  if (wrong.length > 0) throw new TypeError(`not valid settings: ${wrong.join(', ')}`);
  const aside = notKept(stored, before);
  await browser.storage.local.set({ [key]: next, ...(aside !== null && { [asideKey]: aside }) });
  return next;
}

/** Calls `see` with the settings after and before every change. Returns the way to stop. */
export function watchSettings(see: (value: Settings, before: Settings) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown; oldValue?: unknown }>, area: string) => {
    if (area !== 'local' || !changes[key]) return;
    const { newValue, oldValue } = changes[key];
    see(migrateSettings(newValue, defaultSettings), migrateSettings(oldValue, defaultSettings));
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}
