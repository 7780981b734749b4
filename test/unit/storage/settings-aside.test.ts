import { beforeEach, describe, expect, it, vi } from 'vitest';

let stored: Record<string, unknown> = {};
const local = {
  get: async (key: string) => structuredClone({ [key]: stored[key] }),
  set: async (values: Record<string, unknown>) => void Object.assign(stored, structuredClone(values)),
};
vi.mock('wxt/browser', () => ({ browser: { storage: { local } } }));
const { defaultSettings, readSettings, writeSettings } = await import('../../../lib/storage/settings.ts');

beforeEach(() => (stored = {}));

describe('a change of settings', () => {
  it('puts aside what a newer Parley wrote and this one does not understand', async () => {
    stored['settings'] = { ...defaultSettings, version: 9, voice: 'cedar', language: 'tlh', hologram: true };
    await writeSettings({ theme: 'dark' });
    expect(await readSettings()).toEqual({ ...defaultSettings, voice: 'cedar', theme: 'dark' });
    expect(stored['settings-aside']).toEqual({ version: 9, language: 'tlh', hologram: true });
    // The next change has nothing to put aside, and leaves what is there.
    await writeSettings({ theme: 'light' });
    expect(stored['settings-aside']).toMatchObject({ hologram: true });
  });

  it.each([['text'], [7], [[1, 2]]])('puts aside %j, which are no settings at all', async (damage) => {
    stored['settings'] = damage;
    await writeSettings({ theme: 'dark' });
    expect(await readSettings()).toEqual({ ...defaultSettings, theme: 'dark' });
    expect(stored['settings-aside']).toEqual(damage);
  });

  it('puts nothing aside where nothing is lost', async () => {
    await writeSettings({ theme: 'dark' });
    stored['settings'] = { version: 1, voice: 'cedar' };
    await writeSettings({ theme: 'dark' });
    expect(stored).not.toHaveProperty('settings-aside');
  });
});
