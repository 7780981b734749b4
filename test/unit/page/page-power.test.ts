import { describe, expect, it } from 'vitest';
import { readPageInView, type PagePort } from '../../../lib/coordinator/page-power.ts';
import type { PageContent } from '../../../lib/page/page-result.ts';
import { judgePage } from '../../../lib/tools/judge-page.ts';

const tea: PageContent = {
  title: 'Tea',
  url: 'https://example.org/tea',
  language: 'en',
  contentType: 'text/html',
  headings: [],
  text: 'Tea is a drink.',
  characters: 15,
  truncated: false,
  selection: '',
  description: '',
};

const untold =
  'Cannot access contents of the page. Extension manifest must request permission to access the respective host.';

/** The whole way: the coordinator reads, the host judges. */
async function reading(port: Partial<PagePort>) {
  const inject = async () => tea;
  const tabInView = async () => ({ id: 1 });
  return judgePage(await readPageInView({ tabInView, inject, ...port }, 50));
}

const refused = (message: string, url?: string) =>
  reading({ tabInView: async () => ({ id: 1, url }), inject: () => Promise.reject(new Error(message)) });

it('reads the tab in view, whose address need not be known', async () => {
  const asked: number[] = [];
  const inject = async (tabId: number) => {
    asked.push(tabId);
    return tea;
  };
  expect(await reading({ tabInView: async () => ({ id: 7 }), inject })).toEqual({ ok: true, page: tea });
  expect(asked).toEqual([7]);
});

it('says that there is no tab', async () => {
  expect(await reading({ tabInView: async () => null })).toEqual({ ok: false, fault: 'no-tab' });
});

describe('addresses that are not even tried', () => {
  it.each([
    'chrome://settings/',
    'edge://newtab/',
    'about:blank',
    'view-source:https://example.org/',
    'devtools://devtools/bundled/x.html',
    'chrome-extension://pfmlpbmkgmjekcicgagngkmoecafikfj/options.html',
    'data:text/html,hi',
    'https://chromewebstore.google.com/detail/x',
    'https://chrome.google.com/webstore/detail/x',
    'https://microsoftedge.microsoft.com/addons/detail/x',
  ])('%s', async (url) => {
    const inject = () => Promise.reject(new Error('tried'));
    expect(await reading({ tabInView: async () => ({ id: 1, url }), inject })).toEqual({
      ok: false,
      fault: 'restricted-page',
    });
  });
});

describe("the browser's refusals", () => {
  it.each([
    ['Cannot access a chrome:// URL', 'restricted-page'],
    ['Cannot access a chrome-extension:// URL of different extension', 'restricted-page'],
    ['The extensions gallery cannot be scripted.', 'restricted-page'],
    ['Frame with ID 0 is showing error page', 'restricted-page'],
    ['Cannot access contents of url "about:blank". Extension manifest must request permission', 'restricted-page'],
    ['Cannot access contents of url "file:///tmp/a.html". Extension manifest must', 'restricted-page'],
    ['Cannot access contents of url "". Extension manifest must request permission', 'not-granted'],
    ['Frame with ID 0 was removed.', 'page-changed'],
    ['The tab was closed.', 'page-changed'],
    ['No tab with id: 5', 'page-changed'],
    ['No tab with id 5.', 'page-changed'],
    ['A new wording of 2031', 'failed'],
    [untold, 'not-granted'],
  ])('%s', async (message, fault) => {
    expect(await refused(message)).toEqual({ ok: false, fault });
  });

  it('name the site that could be granted, when they name one', async () => {
    const message = 'Cannot access contents of url "https://example.org:8443/a?b". Extension manifest must request …';
    expect(await refused(message)).toEqual({
      ok: false,
      fault: 'not-granted',
      grantOrigin: 'https://example.org:8443',
    });
    expect(await refused(untold, 'https://example.org/a')).toMatchObject({ grantOrigin: 'https://example.org' });
  });
});

describe('what comes back', () => {
  it.each([
    ['nothing', undefined, 'failed'],
    ['something else', { text: 'x' }, 'failed'],
    ['too much', { ...tea, text: 'x'.repeat(100_000) }, 'failed'],
    ['a PDF', { ...tea, contentType: 'application/pdf', text: '' }, 'unreadable-kind'],
    ['an image', { ...tea, contentType: 'image/png', text: '' }, 'unreadable-kind'],
    ['an empty page', { ...tea, text: ' ' }, 'empty-page'],
  ])('%s is not read out', async (_what, returned, fault) => {
    expect(await reading({ inject: async () => returned })).toEqual({ ok: false, fault });
  });
});

it('does not wait for a page that never answers', async () => {
  expect(await reading({ inject: () => new Promise(() => {}) })).toEqual({ ok: false, fault: 'timed-out' });
  expect(await reading({ tabInView: () => new Promise(() => {}) })).toEqual({ ok: false, fault: 'timed-out' });
});
