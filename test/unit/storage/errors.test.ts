import { expect, it, vi } from 'vitest';

let stored: Record<string, unknown> = {};
let isFull = false;
vi.mock('wxt/browser', () => ({
  browser: {
    storage: {
      session: {
        get: async (key: string) => ({ [key]: stored[key] }),
        set: async (values: object) => {
          if (isFull) throw new Error('Session storage quota bytes exceeded.');
          Object.assign(stored, values);
        },
      },
    },
  },
}));
const { keepError, keptErrors } = await import('../../../lib/storage/errors.ts');

it('the last twenty errors are kept, with their time and without what they quote', async () => {
  const nths = Array.from({ length: 25 }, (_, index) => index + 1);
  // They come all at once.
  await Promise.all(
    nths.map((nth) => keepError('worker', `uncaught Error ${nth}: no "marzipan" at https://a.example`)),
  );
  const kept = await keptErrors();
  expect(kept).toHaveLength(20);
  expect(kept.at(-1)).toMatch(/^\d\d:\d\d:\d\d\.\d{3} worker: uncaught Error 25: no ‹…› at ‹address›$/);
  expect(JSON.stringify(stored)).not.toContain('marzipan');
});

it('where there is no room, or something else is stored, nothing fails', async () => {
  isFull = true;
  await expect(keepError('worker', 'uncaught Error')).resolves.toBeUndefined();
  stored = { errors: 7 };
  expect(await keptErrors()).toEqual([]);
});
