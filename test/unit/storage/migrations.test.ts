import { describe, expect, it } from 'vitest';
import { migrateSettings } from '../../../lib/storage/migrations.ts';
import { defaultSettings } from '../../../lib/storage/settings.ts';

const defaults = { ...defaultSettings, relay: { url: 'http://127.0.0.1:8787', deviceToken: '' } };

describe('stored settings', () => {
  it('are the defaults when there are none, or when they are not settings at all', () => {
    for (const stored of [undefined, null, 'text', 7, []]) expect(migrateSettings(stored, defaults)).toEqual(defaults);
  });

  it('are kept when they are good', () => {
    const mine = { ...defaults, relay: { url: 'https://relay.example', deviceToken: 'abc' }, autoStart: false };
    expect(migrateSettings(mine, defaults)).toEqual(mine);
  });

  it('lose only the field that is damaged', () => {
    const damaged = { ...defaults, voice: 'cedar', language: 'klingon', relay: 'nonsense' };
    expect(migrateSettings(damaged, defaults)).toEqual({ ...defaults, voice: 'cedar' });
  });

  it('survive a newer Parley and fields from the future', () => {
    const future = { ...defaults, version: 9, voice: 'marin', hologram: true };
    expect(migrateSettings(future, defaults)).toEqual({ ...defaults, voice: 'marin' });
  });

  it('are brought from an older version step by step', () => {
    const old = { version: 0, relayAddress: 'https://relay.example' };
    const steps = {
      0: (value: Record<string, unknown>) => ({ relay: { url: value['relayAddress'], deviceToken: '' } }),
    };
    expect(migrateSettings(old, defaults, steps).relay.url).toBe('https://relay.example');
  });
});
