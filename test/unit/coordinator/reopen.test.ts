import { beforeEach, expect, it, vi } from 'vitest';

let stored: Record<string, unknown> = {};
const tabs: string[] = [];
const popups: string[] = [];
let popup = 'popup.html';
let isFocused = true;
vi.mock('wxt/browser', () => ({
  browser: {
    runtime: { getURL: (path: string) => `chrome-extension://id${path}` },
    storage: {
      local: {
        get: async (key: string) => ({ [key]: stored[key] }),
        set: async (values: object) => void Object.assign(stored, values),
        remove: async (key: string) => void delete stored[key],
      },
    },
    tabs: { create: async ({ url }: { url: string }) => void tabs.push(url) },
    action: {
      setPopup: async (next: { popup: string }) => void ({ popup } = next),
      openPopup: async () => {
        if (!isFocused) throw new Error('Could not find an active browser window.');
        popups.push(popup);
      },
    },
  },
}));
const { reopenPage } = await import('../../../lib/coordinator/reopen.ts');
const { keepPage } = await import('../../../lib/storage/reopen.ts');

beforeEach(() => {
  stored = {};
  tabs.length = 0;
  popups.length = 0;
  popup = 'popup.html';
  isFocused = true;
});

it('behind a reload the page is there again on which the person asked for it, once', async () => {
  await keepPage('/options.html?why=call#money');
  await reopenPage();
  await reopenPage();
  expect(tabs).toEqual(['chrome-extension://id/options.html?why=call#money']);
});

it.each(['/popup.html', '/sidepanel.html'])(
  '%s comes as a popup in which no call begins, and the icon is as before',
  async (page) => {
    await keepPage(page);
    await reopenPage();
    expect(popups).toEqual(['popup.html?reopened']);
    expect([tabs, popup]).toEqual([[], 'popup.html']);
  },
);

it('where no window has the focus the icon is as before, too', async () => {
  isFocused = false;
  await keepPage('/popup.html');
  await expect(reopenPage()).rejects.toThrow('active browser window');
  expect(popup).toBe('popup.html');
});

it('without a reload nothing is opened', async () => {
  await reopenPage();
  expect([...tabs, ...popups]).toEqual([]);
});
