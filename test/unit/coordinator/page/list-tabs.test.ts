import { beforeEach, expect, it, vi } from 'vitest';
import { fakeTabs } from './fake-tabs.ts';

const world = fakeTabs();
const lists = { neverRead: [] as string[], askFirst: [] as string[], mayRead: [] as string[] };
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../../lib/storage/settings.ts', () => ({ readSettings: async () => lists }));
const { listTabs } = await import('../../../../lib/coordinator/page/list-tabs.ts');
const { keepGrant } = await import('../../../../lib/coordinator/page/granted-tabs.ts');

const tea = { id: 1, url: 'https://example.org/tea', title: 'Tea', active: true };
const cake = { id: 2, url: 'https://example.org/cake', title: 'Cake' };
const bank = { id: 3, url: 'https://www.bbva.es/', title: 'My balance' };
const unknown = { id: 4 };

beforeEach(() => {
  world.reset();
  world.open(tea, cake, bank, unknown);
  lists.neverRead = [];
});

it('names the tabs that were pressed on, and counts the others', async () => {
  await keepGrant(tea);
  await keepGrant(cake);
  expect(await listTabs()).toEqual({
    ok: true,
    tabs: [
      { id: 1, title: 'Tea', url: tea.url, inView: true },
      { id: 2, title: 'Cake', url: cake.url, inView: false },
    ],
    others: 2,
  });
});

it('names no site that may not be read, whoever pressed on it', async () => {
  lists.neverRead = ['example.org'];
  await keepGrant(tea);
  await keepGrant(bank);
  expect(await listTabs()).toEqual({ ok: true, tabs: [], others: 4 });
});

it('forgets tabs that were closed or went elsewhere', async () => {
  await keepGrant(tea);
  await keepGrant(cake);
  world.close(1);
  world.go(2, 'https://elsewhere.example/');
  expect(await listTabs()).toEqual({ ok: true, tabs: [], others: 3 });
});

it('keeps titles short', async () => {
  world.open({ ...tea, title: 't'.repeat(1000), url: `${tea.url}?${'q'.repeat(1000)}` });
  await keepGrant(tea);
  const { tabs } = (await listTabs()) as { tabs: { title: string; url: string }[] };
  expect([tabs[0]!.title.length, tabs[0]!.url.length]).toEqual([150, 500]);
});

it("keeps no grant of the browser's own pages", async () => {
  const settings = { id: 5, url: 'chrome://settings/', title: 'Settings' };
  world.open(settings);
  await keepGrant(settings);
  await keepGrant(undefined);
  await keepGrant({ id: 6 });
  expect(await listTabs()).toEqual({ ok: true, tabs: [], others: 1 });
});
