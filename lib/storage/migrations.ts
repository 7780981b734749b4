/** Brings stored settings of any age, or damaged ones, to today's shape. Pure. */
import { isSetting, settingsVersion, type Settings } from '../protocol/settings.ts';

type Stored = Record<string, unknown>;

/** `migrations[n]` turns version n into version n + 1. There is only one version so far. */
const migrations: Record<number, (old: Stored) => Stored> = {};

/**
 * Migrates step by step, then keeps every field that is valid and takes the default for the rest. Settings written by a
 * newer Parley are read the same way: known fields that still fit are kept.
 */
export function migrateSettings(
  stored: unknown,
  defaults: Settings,
  steps: Record<number, (old: Stored) => Stored> = migrations,
): Settings {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return defaults;
  let value = stored as Stored;
  let version = typeof value['version'] === 'number' ? value['version'] : settingsVersion;
  while (version < settingsVersion) {
    const step = steps[version];
    if (!step) break;
    value = step(value);
    version += 1;
  }
  return keepValid(value, defaults);
}

/**
 * What of stored settings did not become today's `settings`: fields of another version, damaged ones. Null: nothing. Kept
 * beside them, because the next write goes over it.
 */
export function notKept(stored: unknown, settings: Settings): unknown {
  if (typeof stored !== 'object' || stored === null || Array.isArray(stored)) return stored ?? null;
  const now: Stored = { ...settings };
  const rest = Object.entries(stored).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(now[field]));
  return rest.some(([field]) => field !== 'version') ? Object.fromEntries(rest) : null;
}

function keepValid(value: Stored, defaults: Settings): Settings {
  const fields = Object.keys(defaults) as (keyof Settings)[];
  const kept = fields.filter((field) => field !== 'version' && isSetting(field, value[field]));
  return { ...defaults, ...Object.fromEntries(kept.map((field) => [field, value[field]])) };
}
