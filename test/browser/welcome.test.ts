import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import type { Settings } from '../../lib/protocol/settings.ts';
import { pressAt, tabTo } from '../support/keyboard.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { isAnswered, isLive, said } from './lines.ts';

let scene: Scene | undefined;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await scene?.close();
  scene = undefined;
  for (const close of closers.splice(0)) await close();
});

const unconnected: Partial<Settings> = { relay: { url: 'http://127.0.0.1:8787', deviceToken: '' } };

/** The page in a tab of its own. `agreed`: on an earlier visit. */
async function welcome({ fragment = '', ...options }: SceneOptions & { fragment?: string }) {
  scene = await openScene(options);
  const { extension, browser } = scene;
  const page = await browser.newPage();
  await page.goto(`${extension.url('welcome.html')}${fragment}`);
  await page.waitForSelector('h1');
  return { ...scene, page };
}

const textOf = (page: Page) => page.evaluate(() => document.body.innerText);
const shows = (page: Page, text: RegExp, timeout = 10_000) =>
  expect.poll(() => textOf(page), { timeout }).toMatch(text);
const heading = (page: Page, text: RegExp) =>
  expect.poll(() => page.$eval('h2', (element) => element.textContent), { timeout: 10_000 }).toMatch(text);
const storedConsent = ({ extension }: Scene) =>
  extension.hidden.evaluate(async () => (await chrome.storage.local.get('consentedAt'))['consentedAt']);

async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type(text);
}

describe('the consent', () => {
  it('comes before everything else, is given once, and can be taken back', async () => {
    const { page, extension } = await welcome({ agreed: false });
    await shows(page, /Recorded[\s\S]*Read[\s\S]*Sent[\s\S]*Kept/);
    expect(await page.$('nav')).toBeNull();
    expect(await storedConsent(scene!)).toBeUndefined();
    await pressAt(page, /I agree/);
    await heading(page, /Say something|Allow the microphone/);
    expect(await storedConsent(scene!)).toBeTypeOf('number');

    await page.reload();
    await heading(page, /Say something|Allow the microphone/);
    await page.locator('.agreed summary').click();
    await page.locator('.agreed button').click();
    await heading(page, /Before you begin/);
    expect(await storedConsent(scene!)).toBeUndefined();
    expect(extension.hasOffscreen()).toBe(false);
  });
});

describe('without consent', () => {
  it('a press of the icon leads to the page that asks for it, and nothing is recorded or sent', async () => {
    scene = await openScene({ agreed: false, settings: { autoStart: true } });
    const { extension, page, browser } = scene;
    await extension.clickToolbar(page);
    const asks = await browser.waitForTarget((target) => target.url() === extension.url('welcome.html'));
    await shows((await asks.asPage())!, /Before you begin/);
    expect(extension.hasOffscreen()).toBe(false);
  });
});

describe('connecting a relay', () => {
  it('with a keyboard alone: what is wrong is named, what is right is kept and tested', async () => {
    const { page, relay, extension } = await welcome({ settings: unconnected });
    await heading(page, /Connect a relay/);
    await typeInto(page, /^Address$/, relay.url);
    await typeInto(page, /^Device token$/, 'wrong');
    await pressAt(page, /^Test/);
    await shows(page, /The relay refused the device token/);
    expect((await extension.readSettings())?.relay.deviceToken).toBe('');

    await page.focus('h2');
    await typeInto(page, /^Device token$/, relay.deviceToken);
    await page.keyboard.press('Enter');
    await shows(page, /Ready: local/);
    expect((await extension.readSettings())?.relay).toEqual({ url: relay.url, deviceToken: relay.deviceToken });
    await pressAt(page, /^Next/);
    await heading(page, /Allow the microphone|Say something/);
  });

  it('by a link: nothing is sent before a press; then the code becomes a token', async () => {
    const pairing = await pairingRelay();
    const link = new URLSearchParams({ relay: pairing.url, code: 'AB12CD34' });
    const { page, extension } = await welcome({ settings: unconnected, fragment: `#${link}` });
    await heading(page, /Connect a relay/);
    await expect
      .poll(() => page.$$eval('input:not([type=radio])', (all) => all.map(({ value }) => value)))
      .toEqual([pairing.url, 'AB12CD34']);
    expect(pairing.asked).toEqual([]);
    await pressAt(page, /^Connect$/);
    await shows(page, /Ready: local/);
    expect(pairing.asked).toEqual([{ code: 'AB12CD34', name: expect.stringMatching(/^Chrome/) }]);
    expect((await extension.readSettings())?.relay).toEqual({ url: pairing.url, deviceToken: 'paired-token' });
    // Used up, so it is of no use to a reload.
    expect(page.url()).toBe(extension.url('welcome.html'));
  });

  it('by a link to a relay that is not the one of now says so, and never sends it the token of now', async () => {
    const pairing = await pairingRelay();
    const { page, extension, relay } = await welcome({});
    const fragment = new URLSearchParams({ relay: pairing.url, code: 'AB12CD34' });
    // A link that is opened while the page is there.
    await page.evaluate((hash) => void (location.hash = hash), `${fragment}`);
    await shows(page, new RegExp(`takes the place of ${new URL(relay.url).host}`));
    await page.locator('text/Address and token').click();
    await expect.poll(() => page.$eval('input[type=password]', ({ value }) => value)).toBe('');
    expect((await extension.readSettings())?.relay).toEqual({ url: relay.url, deviceToken: relay.deviceToken });
  });

  it('by a code that this relay does not take says what to do', async () => {
    const { page, relay, extension } = await welcome({ settings: unconnected });
    const link = new URLSearchParams({ relay: relay.url, code: 'AB12CD34' });
    const pasted = `chrome-extension://${extension.id}/welcome.html#${link}`;
    await page.$eval(
      'input[type=url]',
      (input, text) => {
        input.value = text;
        input.dispatchEvent(new Event('input', { bubbles: true }));
      },
      pasted,
    );
    await expect.poll(() => page.$eval('input[type=url]', ({ value }) => value)).toBe(relay.url);
    await page.locator('form button[type=submit]').click();
    await shows(page, /knows no pairing codes|refused the code/);
  });

  it('without a key is explained', async () => {
    const { page } = await welcome({ settings: unconnected });
    await page.locator('text/Try it without a key').click();
    await shows(page, /npm start[\s\S]*npm run relay/);
  });
});

describe('the microphone', () => {
  it('is asked for with the reason, a block is told with the way out, and the level moves', async () => {
    const { page, browser, extension } = await welcome({
      permission: 'ask',
      says: [{ text: 'Can you tell me what this page is about?' }, { text: 'Can you hear me now?', afterS: 1 }],
      leadS: 0.5,
    });
    await heading(page, /Allow the microphone/);
    await shows(page, /Parley has to hear you/);
    const session = await browser.target().createCDPSession();
    const origin = `chrome-extension://${extension.id}`;
    await session.send('Browser.setPermission', {
      permission: { name: 'microphone' },
      setting: 'denied',
      origin,
    });
    await shows(page, /The microphone is blocked[\s\S]*site settings/);
    await session.send('Browser.grantPermissions', { permissions: ['audioCapture'], origin });
    await page.waitForSelector('.level-bar');
    await shows(page, /I hear you/, 20_000);
    expect(extension.hasOffscreen()).toBe(false);
    await pressAt(page, /^Next/);
    await heading(page, /Say something/);
  });
});

describe('the first call', () => {
  it('is spoken, its words are on the page, and finishing closes the microphone', async () => {
    const { page, extension } = await welcome({ says: [{ text: 'What can you do?' }] });
    await page.locator('nav li:last-child button').click();
    await page.locator('button.talk').click();
    await extension.waitForSnapshot(isLive, 20_000, 'the call');
    const answered = await extension.waitForSnapshot(isAnswered, 60_000, 'an answer');
    expect(said(answered)).toHaveLength(1);
    await shows(page, /That was your first answer/);
    expect(await page.$$eval('.captions p', (all) => all.length)).toBe(2);
    await pressAt(page, /^Finish/);
    await heading(page, /Parley is at hand/);
    await extension.waitForSnapshot(({ phase }) => phase === 'ended', 10_000, 'the end');
  });

  it('can be written where there is no microphone', async () => {
    const { page } = await welcome({ microphone: 'none', permission: 'ask' });
    await page.locator('nav li:last-child button').click();
    await shows(page, /You can write instead/);
    await pressAt(page, /^Write .*instead/);
    await shows(page, /That was your first answer/, 30_000);
  });
});

describe('the whole page', () => {
  it('can be passed by, step after step, and says what is still open', async () => {
    const { page } = await welcome({ permission: 'ask', settings: unconnected });
    for (const title of [/Connect a relay/, /Allow the microphone/, /Say something/]) {
      await heading(page, title);
      await pressAt(page, /^Skip this step/);
    }
    await heading(page, /Parley is at hand/);
    await shows(page, /Still open:[\s\S]*Connect a relay[\s\S]*Allow the microphone[\s\S]*Say something/);
  });
});

/** A relay that pairs: one code, one token, and a grant for it. */
async function pairingRelay() {
  const asked: unknown[] = [];
  const grant = {
    value: 'ek_test',
    expiresAt: Math.floor(Date.now() / 1000) + 60,
    model: 'm',
    voice: 'v',
    provider: 'local',
    transports: [{ kind: 'websocket', url: 'ws://127.0.0.1:9/v1/realtime' }],
  };
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      response.setHeader('Access-Control-Allow-Origin', request.headers.origin ?? '');
      response.setHeader('Access-Control-Allow-Headers', 'authorization, content-type');
      response.setHeader('Content-Type', 'application/json');
      if (request.method === 'OPTIONS') return response.writeHead(204).end();
      if (request.url === '/v1/pair') {
        asked.push(JSON.parse(body));
        return response.writeHead(201).end(JSON.stringify({ deviceToken: 'paired-token' }));
      }
      const known = request.headers.authorization === 'Bearer paired-token';
      return response.writeHead(known ? 200 : 401).end(JSON.stringify(known ? grant : {}));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  return body;
}
