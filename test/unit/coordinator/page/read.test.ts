import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeTabs, tea } from './fake-tabs.ts';

const world = fakeTabs();
const lists = { neverRead: [] as string[], askFirst: [] as string[], mayRead: [] as string[] };
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../../lib/storage/settings.ts', () => ({ readSettings: async () => lists }));
const { readPage } = await import('../../../../lib/coordinator/page/read.ts');
const { allow, forgetConsent } = await import('../../../../lib/coordinator/page/consent.ts');
const { keepGrant } = await import('../../../../lib/coordinator/page/granted-tabs.ts');

const url = tea.url;
const origin = 'https://example.org';
const returns = (change: Partial<typeof tea>) => world.whenInjected(() => ({ ...tea, ...change }));

beforeEach(() => {
  world.reset();
  world.open({ id: 7, url, active: true });
  Object.assign(lists, { neverRead: [], askFirst: [], mayRead: [] });
});

describe('the tab in view', () => {
  it('is read, and bound to tab, document and origin', async () => {
    expect(await readPage()).toEqual({
      ok: true,
      place: { tabId: 7, documentId: 'document-7', origin },
      returned: tea,
    });
  });

  it('may be a file', async () => {
    world.open({ id: 7, url: 'file:///home/me/tea.html', active: true });
    returns({ url: 'file:///home/me/tea.html' });
    expect(await readPage()).toMatchObject({ ok: true, place: { origin: 'file://' } });
  });

  it('is missing', async () => {
    world.open();
    expect(await readPage()).toEqual({ ok: false, fault: 'no-tab' });
  });

  it('is in a private window', async () => {
    world.open({ id: 7, url, active: true, incognito: true });
    expect(await readPage()).toEqual({ ok: false, fault: 'private-window' });
    expect(world.injected).toEqual([]);
  });
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
    'blob:https://example.org/1',
    'https://chromewebstore.google.com/detail/x',
    'https://chrome.google.com/webstore/detail/x',
    'https://microsoftedge.microsoft.com/addons/detail/x',
  ])('%s', async (address) => {
    world.open({ id: 1, url: address, active: true });
    expect(await readPage()).toEqual({ ok: false, fault: 'restricted-page' });
    expect(world.injected).toEqual([]);
  });
});

const untold =
  'Cannot access contents of the page. Extension manifest must request permission to access the respective host.';

describe("the browser's refusals", () => {
  const refused = (message: string, address?: string) => {
    world.open({ id: 7, active: true, ...(address && { url: address }) });
    world.whenInjected(() => Promise.reject(new Error(message)));
    return readPage();
  };

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
    ["Either the '<all_urls>' or 'activeTab' permission is required.", 'not-granted'],
    ['This request exceeds the MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND quota.', 'timed-out'],
    ['Taking screenshots has been disabled', 'restricted-page'],
  ])('%s', async (message, fault) => {
    expect(await refused(message)).toEqual({ ok: false, fault });
  });

  it.each([
    ['shows it all the same', () => 'data:image/jpeg;base64,AA'],
    [
      'has no address for it',
      () => {
        throw new Error(untold);
      },
    ],
  ])('after a press that changed nothing: the browser %s', async (_what, answers) => {
    world.whenCaptured(answers);
    expect(await refused(untold)).toEqual({ ok: false, fault: 'restricted-page' });
  });

  it('name the site that could be granted, when they name one', async () => {
    const message = 'Cannot access contents of url "https://example.org:8443/a?b". Extension manifest must request …';
    expect(await refused(message)).toMatchObject({ fault: 'not-granted', grantOrigin: 'https://example.org:8443' });
    expect(await refused(untold, 'https://example.org/a')).toMatchObject({ grantOrigin: origin });
    lists.neverRead = ['example.org'];
    expect(await refused(message)).toEqual({ ok: false, fault: 'never-read' });
  });
});

describe('a page that is another by then', () => {
  it('went to another site while it was read', async () => {
    world.whenInjected(() => {
      world.go(7, 'https://elsewhere.example/');
      return tea;
    });
    expect(await readPage()).toEqual({ ok: false, fault: 'page-changed' });
  });

  it('went to a site that was not granted', async () => {
    world.whenInjected(() => {
      world.go(7);
      return tea;
    });
    expect(await readPage()).toEqual({ ok: false, fault: 'page-changed' });
  });

  it('was another before the script came to it', async () => {
    world.whenInjected(() => {
      world.go(7, 'https://elsewhere.example/');
      return { ...tea, url: 'https://elsewhere.example/' };
    });
    expect(await readPage()).toEqual({ ok: false, fault: 'page-changed' });
  });

  it('was closed when it had been read', async () => {
    world.whenInjected(() => {
      world.close(7);
      return tea;
    });
    expect(await readPage()).toEqual({ ok: false, fault: 'page-changed' });
  });

  it('says that it is a page which the browser does not show', async () => {
    returns({ url: 'https://bank.example/' });
    expect(await readPage()).toEqual({ ok: false, fault: 'page-changed' });
  });

  it('may change its own address within its site', async () => {
    world.whenInjected(() => {
      world.go(7, 'https://example.org/tea?leaf=2#kinds');
      return { ...tea, url: 'https://example.org/tea?leaf=2' };
    });
    expect(await readPage()).toMatchObject({ ok: true });
  });
});

describe('what comes back', () => {
  it.each([
    ['nothing', undefined],
    ['null', null],
    ['words', 'text'],
    ['something else', { text: 'x' }],
    ['a reading that says nothing of passwords', { ...tea, passwordInView: undefined }],
  ])('%s is not handed on', async (_what, returned) => {
    world.whenInjected(() => returned);
    expect(await readPage()).toEqual({ ok: false, fault: 'failed' });
  });
});

describe('a page that never answers', () => {
  const never = () => new Promise(() => {});

  it('is not waited for', async () => {
    world.whenInjected(never);
    expect(await readPage(undefined, 30)).toEqual({ ok: false, fault: 'timed-out' });
  });

  it('because it was left or closed meanwhile, is another', async () => {
    world.whenInjected(() => (world.go(7, 'https://example.org/other'), never()));
    expect(await readPage(undefined, 30)).toEqual({ ok: false, fault: 'page-changed' });
    world.open({ id: 7, url, active: true });
    world.whenInjected(() => (world.close(7), never()));
    expect(await readPage(undefined, 30)).toEqual({ ok: false, fault: 'page-changed' });
  });
});

describe('a site that holds private things', () => {
  const bank = 'https://www.bbva.es/saldo';

  it('of the person’s own list is never read, nor is a script put into it', async () => {
    lists.neverRead = ['example.org'];
    expect(await readPage()).toEqual({ ok: false, fault: 'never-read' });
    expect(world.injected).toEqual([]);
  });

  it('asks first, until a click allows it for this call', async () => {
    world.open({ id: 7, url: bank, active: true });
    returns({ url: bank });
    const asked = { ok: false, fault: 'ask-first', askOrigin: 'https://www.bbva.es' };
    expect(await readPage()).toEqual(asked);
    expect(world.injected).toEqual([]);
    expect(await allow('https://www.bbva.es')).toBe(true);
    expect(await readPage()).toMatchObject({ ok: true });
    await forgetConsent();
    expect(await readPage()).toEqual(asked);
  });

  it('asks too where its address was not known before', async () => {
    world.open({ id: 7, active: true });
    world.whenInjected(() => {
      world.go(7, bank);
      return { ...tea, url: bank };
    });
    expect(await readPage()).toEqual({ ok: false, fault: 'ask-first', askOrigin: 'https://www.bbva.es' });
  });

  it('shows a password field: its words stay in the worker until a click', async () => {
    lists.mayRead = ['example.org'];
    returns({ passwordInView: true });
    const refused = await readPage();
    expect(refused).toEqual({ ok: false, fault: 'ask-first', askOrigin: origin });
    expect(await allow(origin)).toBe(true);
    expect(await readPage()).toMatchObject({ ok: true });
  });

  it('is not allowed by a click that nobody asked for', async () => {
    expect(await allow(origin)).toBe(false);
    lists.askFirst = ['example.org'];
    expect(await readPage()).toMatchObject({ fault: 'ask-first' });
    expect(await allow('https://sub.example.org')).toBe(false);
    expect(await allow('http://example.org')).toBe(false);
  });

  it('that is never read stays so, whatever was clicked', async () => {
    lists.askFirst = ['example.org'];
    await readPage();
    await allow(origin);
    lists.neverRead = ['example.org'];
    expect(await readPage()).toEqual({ ok: false, fault: 'never-read' });
  });
});

describe('another tab', () => {
  beforeEach(() => world.open({ id: 7, url: 'https://elsewhere.example/', active: true }, { id: 3, url }));

  it('is read when the person pressed the icon on it', async () => {
    await keepGrant({ id: 3, url });
    expect(await readPage(3)).toMatchObject({ ok: true, place: { tabId: 3 } });
  });

  it('is not told from one that does not exist', async () => {
    const refused = { ok: false, fault: 'tab-not-granted' };
    expect(await readPage(3)).toEqual(refused);
    expect(await readPage(99)).toEqual(refused);
    expect(world.injected).toEqual([]);
  });

  it('is another when it shows another site', async () => {
    await keepGrant({ id: 3, url });
    world.go(3, 'https://example.org/other');
    returns({ url: 'https://example.org/other' });
    expect(await readPage(3)).toMatchObject({ ok: true });
    world.go(3, 'https://elsewhere.example/');
    expect(await readPage(3)).toEqual({ ok: false, fault: 'tab-not-granted' });
    world.go(3, url);
    expect(await readPage(3)).toEqual({ ok: false, fault: 'tab-not-granted' });
  });

  it('needs another press when the browser took the grant back', async () => {
    await keepGrant({ id: 3, url });
    world.whenInjected(() => Promise.reject(new Error(untold)));
    expect(await readPage(3)).toEqual({ ok: false, fault: 'tab-not-granted' });
  });

  it('of a bank asks first all the same', async () => {
    world.open({ id: 3, url: 'https://www.bbva.es/' });
    await keepGrant({ id: 3, url: 'https://www.bbva.es/' });
    expect(await readPage(3)).toMatchObject({ fault: 'ask-first' });
  });
});
