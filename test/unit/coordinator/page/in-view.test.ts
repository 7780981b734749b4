import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeTabs } from './fake-tabs.ts';

const world = fakeTabs();
const lists = { neverRead: [] as string[], askFirst: [] as string[], mayRead: [] as string[] };
vi.mock('wxt/browser', () => ({ browser: world.api }));
vi.mock('../../../../lib/storage/settings.ts', () => ({ readSettings: async () => lists }));
const { pageInView } = await import('../../../../lib/coordinator/page/in-view.ts');
const { allow, rememberAsked } = await import('../../../../lib/coordinator/page/consent.ts');

const url = 'https://example.org:8443/tea';
const untold =
  'Cannot access contents of the page. Extension manifest must request permission to access the respective host.';
const refuses = (message: string) => world.whenInjected(() => Promise.reject(new Error(message)));

beforeEach(() => {
  world.reset();
  world.whenInjected(() => false);
  world.open({ id: 7, url, title: 'Tea', active: true });
  Object.assign(lists, { neverRead: [], askFirst: [], mayRead: [] });
});

describe('the page in view', () => {
  it('may be read where it is granted, and says whether words are selected', async () => {
    const seen = { tabId: 7, title: 'Tea', host: 'example.org:8443', reads: 'yes', fault: null };
    expect(await pageInView(false)).toEqual({ ...seen, hasSelection: false });
    world.whenInjected(() => true);
    expect(await pageInView(false)).toEqual({ ...seen, hasSelection: true });
    // What a page's process makes of the question is no answer.
    world.whenInjected(() => 'true');
    expect(await pageInView(false)).toMatchObject({ hasSelection: false });
  });

  it('has a title of bounded length, and a host in ASCII', async () => {
    world.open({ id: 7, url: 'https://münchen.example/', title: 'x'.repeat(5000), active: true });
    const { title, host } = await pageInView(false);
    expect(title).toHaveLength(150);
    expect(host).toBe('xn--mnchen-3ya.example');
  });

  it('needs a click where the browser tells nothing of it', async () => {
    world.open({ id: 7, active: true });
    refuses(untold);
    expect(await pageInView(false)).toMatchObject({ title: '', host: '', reads: 'after-click', fault: 'not-granted' });
  });

  it('is beyond any click where one has been made and changed nothing', async () => {
    world.open({ id: 7, active: true });
    refuses(untold);
    expect(await pageInView(true)).toMatchObject({ reads: 'cannot', fault: 'restricted-page' });
  });

  it.each([
    ['the browser’s own', { url: 'chrome://version/' }, 'restricted-page'],
    ['in a private window', { incognito: true, url: 'https://example.org/', title: 'Secret' }, 'private-window'],
  ] as const)('is %s: nothing runs in it', async (_, tab, fault) => {
    world.open({ id: 7, active: true, ...tab });
    expect(await pageInView(true)).toMatchObject({ title: '', reads: 'cannot', fault });
    expect(world.injected).toEqual([]);
  });

  it('is the browser’s own though its address is not told', async () => {
    world.open({ id: 7, active: true });
    refuses('Cannot access a chrome:// URL');
    expect(await pageInView(false)).toMatchObject({ reads: 'cannot', fault: 'restricted-page' });
  });

  it('is missing', async () => {
    world.open();
    expect(await pageInView(false)).toMatchObject({ tabId: null, reads: 'cannot', fault: 'no-tab' });
  });

  it('of a bank asks first until a click allows it, and nothing runs in it before', async () => {
    world.open({ id: 7, url: 'https://www.bbva.es/', title: 'BBVA', active: true });
    expect(await pageInView(true)).toMatchObject({ host: 'www.bbva.es', reads: 'ask-first', fault: 'ask-first' });
    expect(world.injected).toEqual([]);
    await rememberAsked('https://www.bbva.es');
    await allow('https://www.bbva.es');
    expect(await pageInView(true)).toMatchObject({ reads: 'yes' });
  });

  it('of the person’s own list is never read', async () => {
    lists.neverRead = ['example.org'];
    expect(await pageInView(true)).toMatchObject({ reads: 'never', fault: 'never-read' });
    expect(world.injected).toEqual([]);
  });

  it('may be read though it is too busy, or goes, in this moment', async () => {
    world.whenInjected(() => new Promise(() => {}));
    expect(await pageInView(false)).toMatchObject({ reads: 'yes', hasSelection: false });
    refuses('Frame with ID 0 was removed.');
    expect(await pageInView(false)).toMatchObject({ reads: 'yes', hasSelection: false });
  });
});
