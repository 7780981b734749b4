/** From the company's account to a connected browser, as a person goes: by pages alone. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { startCompany } from '../integration/company.ts';
import { startProcess } from '../integration/relay-process.ts';
import { launchBrowser } from '../support/browser.ts';
import { openExtension } from '../support/extension.ts';
import { freePort } from '../support/free-port.ts';
import { pressAt } from '../support/keyboard.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function relayOfCompany() {
  const directory = await mkdtemp(join(tmpdir(), 'parley-sign-in-'));
  closers.push(() => rm(directory, { recursive: true, maxRetries: 5 }));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const company = await startCompany(`${url}/sign-in/done`);
  closers.push(() => company.close());
  company.people = { ana: { email: 'ana@company.example', email_verified: true } };
  company.who = 'ana';
  const relay = await startProcess({
    RELAY_DATA_DIR: directory,
    PORT: String(port),
    PUBLIC_URL: url,
    OIDC_ISSUER: company.issuer,
    OIDC_CLIENT_ID: company.clientId,
    OIDC_CLIENT_SECRET: company.clientSecret,
    OIDC_ALLOWED: 'company.example',
  });
  closers.push(async () => {
    const gone = once(relay.child, 'close');
    // In order, so that its engine ends too.
    relay.child.kill('SIGTERM');
    await gone;
  });
  return relay;
}

it('Who signs in with the company’s account connects their browser by the link that they are shown', async () => {
  const { url } = await relayOfCompany();
  const browser = await launchBrowser({ headless: true });
  closers.push(() => browser.close());
  const extension = await openExtension(browser);
  const page = await browser.newPage();
  const wrong: string[] = [];
  page.on('console', (message) => void (message.type() === 'error' && wrong.push(message.text())));
  await page.goto(`${url}/sign-in`);
  expect(await page.$eval('h1', (title) => title.textContent)).toBe('You are signed in');
  expect(wrong).toEqual([]);
  const link = await page.$eval('code', (code) => code.textContent ?? '');

  // As if pasted into the address bar.
  await page.goto(link);
  await page.waitForSelector('h2');
  await pressAt(page, /^Connect$/);
  await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/Ready: local/);
  const { relay } = (await extension.readSettings())!;
  expect(relay.url).toBe(url);
  const me = await fetch(`${url}/v1/me`, {
    headers: { origin: `chrome-extension://${extension.id}`, authorization: `Bearer ${relay.deviceToken}` },
  });
  expect(await me.json()).toMatchObject({ person: { name: 'ana@company.example' } });
});
