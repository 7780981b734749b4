import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';

let scene: Scene | undefined;
const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await scene?.close();
  scene = undefined;
  for (const close of closers.splice(0)) await close();
});

async function options(sceneOptions: SceneOptions = {}) {
  scene = await openScene({ microphone: 'none', relay: 'none', ...sceneOptions });
  const page = await scene.extension.openPage('options');
  await page.waitForSelector('h2');
  return { ...scene, page };
}

/** What stands under each heading in view. */
const inView = (page: Page) =>
  page.$$eval('main > section', (sections) =>
    sections
      .filter((section) => section.checkVisibility())
      .map((section) => ({
        title: section.querySelector('h2')?.textContent ?? '',
        fields: [...section.querySelectorAll('label, legend, summary')]
          .filter((label) => label.checkVisibility())
          .map((label) => label.textContent ?? ''),
      })),
  );
const status = (page: Page) => page.$eval('[role=search] [role=status]', (element) => element.textContent);
const typeInSearch = async (page: Page, text: string) => {
  await page.focus('input[type=search]');
  await page.keyboard.type(text);
};
const labelled = (page: Page, label: string) => page.locator(`::-p-aria([name="${label}"])`);

describe('the search in the options', () => {
  it('shows the settings that have the words, says how many, and Escape brings all back', async () => {
    const { page } = await options();
    const all = await inView(page);
    expect(all.length).toBeGreaterThan(8);
    await typeInSearch(page, 'rOOm');
    await expect.poll(() => inView(page)).not.toEqual(all);
    const found = await inView(page);
    expect(found.flatMap(({ fields }) => fields)).toEqual(
      expect.arrayContaining(['Noisy room', 'What the provider takes out']),
    );
    expect(found.map(({ title }) => title)).not.toContain('Relay');
    expect(await status(page)).toMatch(/^\d+ found\.$/);
    expect(await page.$$eval('.contents a', (links) => links.map((link) => link.textContent))).toEqual(
      found.map(({ title }) => title),
    );

    await page.keyboard.press('Escape');
    await expect.poll(() => inView(page)).toEqual(all);
    expect(await status(page)).toBe('');
  });

  it('says when there is nothing, and finds in the person’s language without its accents', async () => {
    const { page } = await options({ settings: { language: 'pt-BR' } });
    await typeInSearch(page, 'zebra');
    await expect.poll(() => status(page)).toMatch(/Nada aqui tem “zebra”/);
    expect(await inView(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await typeInSearch(page, 'paciencia');
    await expect.poll(() => inView(page).then((found) => found[0]?.fields)).toContain('Paciência');
  });

  it('opens a fold in which it found something, and closes it again', async () => {
    const { page } = await options();
    const open = () => page.$$eval('details[open] > summary', (all) => all.map(({ textContent }) => textContent));
    await typeInSearch(page, 'prefix');
    await expect.poll(open).toEqual(['The provider’s own figures']);
    await page.keyboard.press('Escape');
    await expect.poll(open).toEqual([]);
  });
});

const paper = (page: Page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

describe('the colours', () => {
  it('that were chosen are there from the first paint on, whatever the system has', async () => {
    const { page, browser, extension } = await options();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    const light = await paper(page);
    await labelled(page, 'Colours').fill('dark');
    await expect.poll(() => paper(page)).not.toBe(light);
    const dark = await paper(page);

    for (const name of ['popup', 'sidepanel', 'options', 'welcome', 'microphone']) {
      const next = await browser.newPage();
      await next.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
      // Before any of the page's own modules: they run when the document is parsed.
      await next.evaluateOnNewDocument(() => {
        document.addEventListener('readystatechange', () => {
          const world = globalThis as { themeFirst?: string | undefined };
          world.themeFirst ??= `${document.readyState} ${document.documentElement.dataset['theme']}`;
        });
      });
      await next.goto(extension.url(`${name}.html`));
      expect(await next.evaluate(() => (globalThis as { themeFirst?: string }).themeFirst), name).toBe(
        'interactive dark',
      );
      expect(await next.evaluate(() => getComputedStyle(document.documentElement).colorScheme), name).toBe('dark');
      await next.close();
    }
    expect(await paper(page)).toBe(dark);
  });

  it('change in an open page when they are changed elsewhere, and go back to the system’s', async () => {
    const { page, extension } = await options();
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    const light = await paper(page);
    await extension.writeSettings({ theme: 'dark' });
    await expect.poll(() => paper(page)).not.toBe(light);
    await extension.writeSettings({ theme: 'auto' });
    await expect.poll(() => paper(page)).toBe(light);
  });

  it('of high contrast are black and white, light or dark as the system, by setting and by system alike', async () => {
    const { page, extension } = await options();
    const ink = () => page.$eval('main > section p.help', (element) => getComputedStyle(element).color);
    const asked = await ink();
    await extension.writeSettings({ theme: 'contrast' });
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'light' }]);
    await expect.poll(ink).toBe('rgb(0, 0, 0)');
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: 'dark' }]);
    await expect.poll(ink).toBe('rgb(255, 255, 255)');
    await extension.writeSettings({ theme: 'light' });
    await expect.poll(ink).toBe(asked);
    const session = await page.createCDPSession();
    await session.send('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-contrast', value: 'more' }] });
    await expect.poll(ink).toBe('rgb(0, 0, 0)');
  });
});

interface Wished {
  model?: string;
  voice?: string;
  instructions?: string;
}

/** A relay that writes down what it is asked for, and allows no model but one. */
async function strictRelay(): Promise<{ url: string; wished: Wished[] }> {
  const wished: Wished[] = [];
  const server = createServer(async (request, response) => {
    const cors = { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Headers': '*' };
    let body = '';
    for await (const part of request) body += String(part);
    if (request.method !== 'POST') return response.writeHead(200, cors).end('{}');
    const asked = JSON.parse(body) as Wished & { wishes?: Wished };
    wished.push(asked.wishes ?? asked);
    const error = {
      message: 'This relay does not allow the model. Allowed: gpt-realtime-2.1.',
      code: 'invalid_request',
    };
    response.writeHead(400, { ...cors, 'Content-Type': 'application/json' }).end(JSON.stringify({ error }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, wished };
}

describe('the assistant', () => {
  it('is asked for as chosen, and a relay that does not allow it says what it allows', async () => {
    const { url, wished } = await strictRelay();
    const { page, extension } = await options({ settings: { relay: { url, deviceToken: 'token' } } });
    await labelled(page, 'Model').fill('gpt-realtime-2.1-mini');
    await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/About \$0\.03 for a minute of talk/);
    await labelled(page, 'Voice').fill('cedar');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await extension.readSettings())?.voice).toBe('cedar');
    await labelled(page, 'Ask the relay').click();
    await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/Allowed: gpt-realtime-2\.1\./);
    expect(wished).toEqual([{ model: 'gpt-realtime-2.1-mini', voice: 'cedar' }]);

    await labelled(page, 'Model').fill(' ');
    await labelled(page, 'Name of the model').fill('gpt-new');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await extension.readSettings())?.model).toBe('gpt-new');
    await expect.poll(() => page.evaluate(() => document.body.innerText)).toMatch(/knows no price for this model/);
  });

  it('is told the way of speaking, the notes and the instructions, and nothing else than the page shows', async () => {
    const { url, wished } = await strictRelay();
    const { page, extension } = await options({
      settings: { relay: { url, deviceToken: 'token' }, instructions: 'Call me Ana.' },
    });
    await labelled(page, 'How it answers').fill('teacher');
    await page.focus('textarea');
    await page.keyboard.type('I keep bees.');
    await page.keyboard.press('Tab');
    await expect.poll(async () => (await extension.readSettings())?.notes).toBe('I keep bees.');
    await labelled(page, 'What is sent of this').click();
    await expect.poll(() => page.$eval('.told', (element) => element.textContent)).toMatch(/keep bees/);
    const told = await page.$eval('.told', (element) => element.textContent);
    await extension.send({ type: 'say', text: 'Hello' }).catch(() => undefined);
    await expect.poll(() => wished.at(-1)?.instructions).toBe(told);
    expect(told).toMatch(/^Be a patient teacher[\s\S]*I keep bees\.[\s\S]*Call me Ana\.$/);
  });
});
