import { beforeEach, describe, expect, it, vi } from 'vitest';

type Listener = (changes: Record<string, { newValue?: unknown }>, area: string) => void;
const world = vi.hoisted(() => ({ stored: {} as Record<string, unknown>, listeners: new Set<Listener>() }));

vi.mock('wxt/browser', () => {
  const tell = (key: string, newValue: unknown, area = 'local') => {
    for (const listener of world.listeners) listener({ [key]: { newValue } }, area);
  };
  return {
    browser: {
      storage: {
        local: {
          get: async (key: string) => (key in world.stored ? { [key]: world.stored[key] } : {}),
          set: async (values: Record<string, unknown>) => {
            Object.assign(world.stored, values);
            for (const [key, value] of Object.entries(values)) tell(key, value);
          },
          remove: async (key: string) => {
            delete world.stored[key];
            tell(key, undefined);
          },
        },
        onChanged: {
          addListener: (listener: Listener) => world.listeners.add(listener),
          removeListener: (listener: Listener) => world.listeners.delete(listener),
        },
      },
    },
  };
});

const { giveConsent, readConsent, watchConsent, withdrawConsent } = await import('../../../lib/storage/consent.ts');

beforeEach(() => {
  world.stored = {};
  world.listeners.clear();
});

describe('consent', () => {
  it('is not there until it is given, and not after it is taken back', async () => {
    expect(await readConsent()).toBeNull();
    await giveConsent(1_800_000_000_000);
    expect(await readConsent()).toBe(1_800_000_000_000);
    await withdrawConsent();
    expect(await readConsent()).toBeNull();
  });

  it.each(['yes', true, 0, -1, Number.NaN, {}, null])('is not %j', async (stored) => {
    world.stored = { consentedAt: stored };
    expect(await readConsent()).toBeNull();
  });

  it('is followed wherever it changes, until nobody watches', async () => {
    const seen: (number | null)[] = [];
    const stop = watchConsent((consentedAt) => seen.push(consentedAt));
    await giveConsent(5);
    await withdrawConsent();
    for (const listener of world.listeners) listener({ settings: { newValue: 7 } }, 'local');
    for (const listener of world.listeners) listener({ consentedAt: { newValue: 7 } }, 'session');
    stop();
    await giveConsent(6);
    expect(seen).toEqual([5, null]);
  });
});
