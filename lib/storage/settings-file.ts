/**
 * Settings as a file, to take to another browser. It holds no secret: the device token stays here, and a file can never
 * make this browser send its token to another relay. Pure.
 */
import { isSetting, settingsVersion, type Settings } from '../protocol/settings.ts';
import { migrateSettings } from './migrations.ts';

export const settingsFormat = 'parley-settings';
export const settingsFileName = 'parley-settings.json';

/** Of this browser and no other: devices have other ids elsewhere. */
const ofThisBrowser = ['version', 'microphoneId', 'speakerId'] as const;

/** A long text of instructions and lists of sites are a fraction of this. */
const mostCharacters = 500_000;

export function settingsAsFile(settings: Settings): string {
  const { relay, ...rest } = settings;
  const taken = { ...rest, relay: { url: relay.url } };
  const fields = Object.entries(taken).filter(([field]) => !ofThisBrowser.some((own) => own === field));
  const file = { format: settingsFormat, version: settingsVersion, settings: Object.fromEntries(fields) };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export type SettingsImport =
  | {
      ok: true;
      /** All settings as they would be. Nothing is written: show what changes, above all the relay, and ask. */
      next: Settings;
      changed: (keyof Settings)[];
      /** Fields of the file that are not settings, or have no value that fits; what is here now stays. */
      refused: string[];
      /** The file names another relay: its token has to be entered, and what is said goes there from then on. */
      otherRelay: boolean;
    }
  | { ok: false; why: 'too-large' | 'not-json' | 'not-settings' };

/** `current`: what the file says nothing good about stays as it is. Files of older and newer versions are read alike. */
export function settingsFromFile(text: string, current: Settings): SettingsImport {
  if (text.length > mostCharacters) return { ok: false, why: 'too-large' };
  let file: unknown;
  try {
    file = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { ok: false, why: 'not-json' };
  }
  const { format, version, settings } = fieldsOf(file);
  if (format !== settingsFormat || typeof version !== 'number' || !isRecord(settings))
    return { ok: false, why: 'not-settings' };

  const url = relayUrl(fieldsOf(settings['relay'])['url']);
  const otherRelay = url !== null && url !== current.relay.url;
  const relay = otherRelay ? { url, deviceToken: '' } : current.relay;
  const kept = Object.fromEntries(ofThisBrowser.map((field) => [field, current[field]]));
  const next = migrateSettings({ ...settings, ...kept, version, relay }, current);
  const fields = Object.keys(current) as (keyof Settings)[];
  return {
    ok: true,
    next,
    changed: fields.filter((field) => JSON.stringify(next[field]) !== JSON.stringify(current[field])),
    refused: Object.keys(settings).filter((field) =>
      field === 'relay' ? url === null : !isField(field, current) || !isSetting(field, settings[field]),
    ),
    otherRelay,
  };
}

/** An address without user, password, query or fragment, as the options keep it. Null when it is none. */
function relayUrl(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 2000) return null;
  if (value === '') return value;
  if (!URL.canParse(value)) return null;
  const { protocol, origin, pathname, username, password, search, hash } = new URL(value);
  const isPlain = `${username}${password}${search}${hash}` === '';
  return isPlain && (protocol === 'https:' || protocol === 'http:') ? `${origin}${pathname}`.replace(/\/+$/, '') : null;
}

function isField(name: string, settings: Settings): name is keyof Settings {
  return Object.hasOwn(settings, name);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}
