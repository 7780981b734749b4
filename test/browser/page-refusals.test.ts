/** Every page that cannot or may not be read gets its own refusal, in time; and what a click changes about it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Ask, PageInView, TabsInView } from '../../lib/protocol/messages.ts';
import { openScene, type Scene } from '../support/scene.ts';

const story = 'Tea is a drink made from leaves, and this page tells about it at some length. '.repeat(5);
const pages: Record<string, [type: string, body: string]> = {
  '/tea': ['text/html', `<title>Tea</title><main><h1>Tea</h1><p>${story}</p></main>`],
  '/cake': ['text/html', `<title>Cake</title><main><h1>Cake</h1><p>${story}</p></main>`],
  '/sign-in': [
    'text/html',
    `<title>Sign in</title><p>${story}</p><form><input type="password" value="hunter2"></form>`,
  ],
  '/tea.pdf': [
    'application/pdf',
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>',
  ],
};

/** Longer than any read may take (3 s), with room for a slow machine. */
const inTimeMs = 4500;
const viewerOfPdf = 'chrome-extension://mhjfbmdgcfjbbpaeojofohoefgiehjai/index.html';

let scene: Scene;
let server: Server;
let folder: string;
let page: Page;
let closedPort: number;

beforeAll(async () => {
  server = createServer(({ url = '' }, response) => {
    const [type, body] = pages[url] ?? ['text/plain', url];
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8` }).end(body);
  });
  closedPort = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  await listen(server);
  folder = await mkdtemp(join(tmpdir(), 'parley-pages-'));
  await writeFile(join(folder, 'tea.html'), pages['/tea']![1]);
  scene = await openScene({
    settings: { autoStart: false, warmUp: false, pageDigest: false },
    extraArgs: ['--host-resolver-rules=MAP *.example.test 127.0.0.1'],
  });
});
beforeEach(async () => {
  page = await scene.browser.newPage();
  await page.bringToFront();
});
afterEach(() => page.close().catch(() => undefined));
afterAll(async () => {
  await scene?.close();
  server?.closeAllConnections();
  server?.close();
  await rm(folder, { recursive: true, force: true });
});

async function listen(on: Server): Promise<number> {
  await new Promise<void>((resolve) => on.listen(0, '127.0.0.1', resolve));
  return (on.address() as AddressInfo).port;
}

const at = (path: string, host = '127.0.0.1') => `http://${host}:${(server.address() as AddressInfo).port}${path}`;

async function ask<T>(body: Ask): Promise<T> {
  const message = { target: 'coordinator', kind: 'ask', body };
  const answer = await scene.extension.hidden.evaluate((sent) => chrome.runtime.sendMessage(sent), message);
  return (answer as { value: T }).value;
}

/** Asked of the tab in view, and answered in time. */
async function read(tab?: number): Promise<PageInView> {
  const askedAt = performance.now();
  const inView = await ask<PageInView>({ type: 'read-page', ...(tab !== undefined && { tab }) });
  expect(performance.now() - askedAt).toBeLessThan(inTimeMs);
  return inView;
}

/** The person presses the toolbar icon on it. */
async function press(on = page): Promise<void> {
  const popup = await scene.extension.clickToolbar(on);
  const gone = new Promise((resolve) => popup.once('close', resolve));
  await popup.waitForSelector('button').catch(() => undefined);
  await popup.close().catch(() => undefined);
  await gone;
}

async function idOf(which: Page): Promise<number> {
  await which.bringToFront();
  return scene.extension.hidden.evaluate(async () => (await chrome.tabs.query({ active: true }))[0]!.id!);
}

async function keepBusy(ms: number): Promise<void> {
  await page.evaluate((length) => {
    setTimeout(() => {
      const until = performance.now() + length;
      while (performance.now() < until);
    });
  }, ms);
}

const tea = { ok: true, returned: { title: 'Tea' } };
const refused = (fault: string) => ({ ok: false, fault });

it('private windows are off', async () => {
  expect(await scene.extension.hidden.evaluate(() => chrome.runtime.getManifest().incognito)).toBe('not_allowed');
});

describe('a page that no extension may read', () => {
  it.each([
    ["the browser's own", 'chrome://version/'],
    ['a new tab', 'chrome://new-tab-page/'],
    ['an empty one', 'about:blank'],
    ["another extension's", viewerOfPdf],
    ['our own', () => scene.extension.url('options.html')],
    ['a data address', 'data:text/html,<p>Tea'],
    ['the source of another', () => `view-source:${at('/tea')}`],
  ])('%s', async (_what, address) => {
    await page.goto(typeof address === 'string' ? address : address());
    await press();
    expect(await read()).toEqual(refused('restricted-page'));
  });

  it('an error page', async () => {
    await expect(page.goto(`http://127.0.0.1:${closedPort}/`)).rejects.toThrow();
    await page.waitForFunction(() => location.protocol === 'chrome-error:');
    await press();
    expect(await read()).toEqual(refused('restricted-page'));
  });
});

it('a file is read where the person lets extensions read files, as this browser does', async () => {
  await page.goto(`file://${folder}/tea.html`);
  await press();
  expect(await read()).toMatchObject({ ...tea, place: { origin: 'file://' } });
});

it('a PDF is read as what it is, which the tools refuse', async () => {
  await page.goto(at('/tea.pdf'));
  await press();
  const inView = await read();
  if (inView.ok) expect(inView.returned).toMatchObject({ contentType: 'application/pdf', text: '' });
  else expect(inView.fault).toBe('restricted-page');
});

describe('a page that is read', () => {
  it('needs a click; a reload of the same site keeps it, another site loses it', async () => {
    await page.goto(at('/tea'));
    expect(await read()).toMatchObject(refused('not-granted'));
    await press();
    expect(await read()).toMatchObject(tea);
    await page.reload();
    expect(await read()).toMatchObject(tea);
    await page.goto(at('/cake'));
    expect(await read()).toMatchObject({ ok: true, returned: { title: 'Cake' } });
    await page.goto(at('/tea', 'localhost'));
    expect(await read()).toMatchObject(refused('not-granted'));
  });

  it('is bound to its document', async () => {
    await page.goto(at('/tea'));
    await press();
    const [first, again] = [await read(), await read()];
    expect(first).toMatchObject({ ok: true, place: { origin: at(''), tabId: await idOf(page) } });
    expect(again).toEqual(first);
    await page.reload();
    const reloaded = await read();
    expect(reloaded).toMatchObject({ ok: true });
    if (first.ok && reloaded.ok) expect(reloaded.place.documentId).not.toBe(first.place.documentId);
  });

  it('answers in time when it is too busy to', async () => {
    await page.goto(at('/tea'));
    await press();
    await keepBusy(5000);
    expect(await read()).toEqual(refused('timed-out'));
  });

  it('that is left for another site in mid-read is not mixed with it', async () => {
    await page.goto(at('/tea'));
    await press();
    await keepBusy(5000);
    const reading = read();
    await page.goto(at('/cake', 'localhost'));
    expect(await reading).toEqual(refused('page-changed'));
  });

  it('that is closed in mid-read is gone', async () => {
    await page.goto(at('/tea'));
    await press();
    await keepBusy(5000);
    const reading = read();
    await page.close();
    expect(await reading).toEqual(refused('page-changed'));
  });
});

describe('another tab', () => {
  it('is known and read only when the icon was pressed on it', async () => {
    await page.goto(at('/tea'));
    const id = await idOf(page);
    const other = await scene.browser.newPage();
    try {
      await other.goto(at('/cake'));
      await other.bringToFront();
      expect(await read(id)).toEqual(refused('tab-not-granted'));
      expect(await read(id + 1000)).toEqual(refused('tab-not-granted'));
      const before = await ask<TabsInView>({ type: 'list-tabs' });
      expect(JSON.stringify(before)).not.toContain('Tea');

      await page.bringToFront();
      await press();
      await other.bringToFront();
      expect(await read(id)).toMatchObject(tea);
      const after = await ask<TabsInView>({ type: 'list-tabs' });
      expect(after).toMatchObject({ ok: true, tabs: [{ id, title: 'Tea', url: at('/tea'), inView: false }] });
      expect(JSON.stringify(after)).not.toContain('Cake');

      await page.goto(at('/tea', 'localhost'));
      expect(await read(id)).toEqual(refused('tab-not-granted'));
    } finally {
      await other.close();
    }
  });
});

it('a tab that the browser has put away is read as it was, or refused in time', async () => {
  const away = await scene.browser.newPage();
  await away.goto(at('/tea'));
  const id = await idOf(away);
  await press(away);
  await page.bringToFront();
  const { hidden } = scene.extension;
  const now = await hidden.evaluate(async (tab) => (await chrome.tabs.discard(tab))?.id ?? tab, id);
  const seen = await read(now);
  expect(seen.ok ? seen : tea).toMatchObject(tea);
  await hidden.evaluate((tab) => chrome.tabs.remove(tab), now);
});

describe('a page with private things', () => {
  const settled = async () => {
    await scene.extension.send({ type: 'say', text: 'Hello.' });
    await scene.extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'a typed call');
  };
  const hangUp = async () => {
    await scene.extension.send({ type: 'end' });
    await scene.extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end');
  };

  it('of a password manager is never read', async () => {
    await page.goto(at('/tea', 'bitwarden.example.test'));
    await press();
    expect(await read()).toEqual(refused('never-read'));
  });

  it('of a mailbox, or with a password field in view, is read after a click, as long as the call lasts', async () => {
    await settled();
    for (const address of [at('/tea', 'mail.example.test'), at('/sign-in')]) {
      await page.goto(address);
      await press();
      const askOrigin = new URL(address).origin;
      expect(await read()).toEqual({ ok: false, fault: 'ask-first', askOrigin });
      await scene.extension.send({ type: 'allow-reading', origin: 'http://elsewhere.example.test' });
      expect(await read()).toEqual({ ok: false, fault: 'ask-first', askOrigin });
      await scene.extension.send({ type: 'allow-reading', origin: askOrigin });
      const inView = await read();
      expect(inView).toMatchObject({ ok: true });
      expect(JSON.stringify(inView)).not.toContain('hunter2');
    }
    await hangUp();
    await expect.poll(() => read()).toMatchObject(refused('ask-first'));
  });

  it('that the person lists as readable is read, and the other way round', async () => {
    await page.goto(at('/tea', 'mail.example.test'));
    await press();
    await scene.extension.writeSettings({ mayRead: ['mail.example.test'] });
    expect(await read()).toMatchObject(tea);
    await scene.extension.writeSettings({ neverRead: ['example.test'] });
    expect(await read()).toEqual(refused('never-read'));
    await scene.extension.writeSettings({ mayRead: [], neverRead: [] });
  });
});
