/** The settings as they are: read once for a page, and followed from then on. */
import { defaultSettings, readSettings, watchSettings, writeSettings } from '../storage/settings.ts';
import type { Settings } from '../protocol/settings.ts';
import { showTheme } from './theme.ts';
import { createValue } from './value.ts';

export const settings = createValue<Settings>(defaultSettings);

/** Some fields of the settings, to be written. */
export type Change = Partial<Omit<Settings, 'version'>>;

let reading: Promise<Settings> | undefined;

async function follow(): Promise<Settings> {
  settings.watch(({ theme }) => showTheme(theme));
  watchSettings((next) => settings.set(next));
  settings.set(await readSettings());
  // Also where they are what they were taken to be, which is no change.
  showTheme(settings.get().theme);
  return settings.get();
}

/** Resolves when `settings` has what is stored. */
export function followSettings(): Promise<Settings> {
  reading ??= follow();
  return reading;
}

/** Writes over what is stored; every view and a running call follow. */
export function changeSettings(change: Change): void {
  void writeSettings(change);
}
