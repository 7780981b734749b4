import { expect, it, vi } from 'vitest';

const toggles: string[] = [];
vi.mock('../../../lib/coordinator/intents.ts', () => ({
  toggleCall: () => Promise.resolve(void toggles.push('call')),
  toggleMute: () => Promise.resolve(void toggles.push('mute')),
}));
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({
  openSidePanel: (windowId: number) => Promise.resolve(void toggles.push(`panel ${windowId}`)),
}));

const { createShortcuts } = await import('../../../lib/coordinator/shortcuts.ts');

it('a held shortcut toggles once, however long it is held', async () => {
  let now = 0;
  const press = createShortcuts(() => now);
  // The repeats of a held key, as measured: the first after 660 ms, then every 40 ms.
  for (const at of [0, 660, 700, 740, 780, 820, 1400]) {
    now = at;
    await press('toggle-call', 1);
  }
  expect(toggles).toEqual(['call']);
  now = 3000;
  await press('toggle-call', 1);
  await press('toggle-mute', 1);
  await press('open-panel', 7);
  await press('unknown', 1);
  expect(toggles).toEqual(['call', 'call', 'mute', 'panel 7']);
});
