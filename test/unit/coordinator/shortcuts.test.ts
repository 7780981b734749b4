import { beforeEach, expect, it, vi } from 'vitest';
import { FakeClock, settled } from '../../support/fake-clock.ts';

const done: string[] = [];
const does = (what: string) => Promise.resolve(void done.push(what));
vi.mock('../../../lib/coordinator/intents.ts', () => ({
  toggleCall: (tab: { id: number }) => does(`call in ${tab.id}`),
  toggleMute: () => does('mute'),
}));
vi.mock('../../../lib/coordinator/talk.ts', () => ({
  talkKeyDown: (tab: { id: number }) => does(`talk down in ${tab.id}`),
  talkKeyUp: () => does('talk up'),
}));
vi.mock('../../../lib/coordinator/chrome-only.ts', () => ({
  openSidePanel: (windowId: number) => does(`panel ${windowId}`),
}));

const { createShortcuts } = await import('../../../lib/coordinator/shortcuts.ts');

beforeEach(() => done.splice(0));

/** When the repeats of a held key come, as measured: the first after 660 ms, then every 40 ms. */
const repeats = [0, 660, 700, 740, 780, 820];

it('a held shortcut toggles once, however long it is held', () => {
  let now = 0;
  const { press } = createShortcuts(() => now);
  for (const at of [...repeats, 1400]) {
    now = at;
    press('toggle-call', { id: 3, windowId: 1 });
  }
  expect(done).toEqual(['call in 3']);
  now = 3000;
  press('toggle-call', { id: 4, windowId: 1 });
  press('toggle-mute', undefined);
  press('open-panel', { id: 4, windowId: 7 });
  press('unknown', { id: 4, windowId: 7 });
  expect(done).toEqual(['call in 3', 'call in 4', 'mute', 'panel 7']);
});

it('a held talk key talks for as long', async () => {
  const clock = new FakeClock();
  const { press } = createShortcuts(
    () => clock.now(),
    (ms, run) => clock.after(ms, run),
  );
  for (const at of repeats) {
    await clock.pass(at - clock.now());
    press('talk', { id: 3 });
  }
  expect(done).toEqual(['talk down in 3']);
  await clock.pass(1000);
  expect(done).toEqual(['talk down in 3', 'talk up']);
});

it('the pill ends it sooner', async () => {
  const { press, talkKeyReleased } = createShortcuts();
  press('talk', { id: 3 });
  talkKeyReleased();
  await settled();
  expect(done).toEqual(['talk down in 3', 'talk up']);
});
