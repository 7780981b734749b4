import { afterEach, expect, it } from 'vitest';
import type { Page } from 'puppeteer';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { openScene, type Scene } from '../support/scene.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const html = `<title>Marzipan for all</title><main><h1>Marzipan for all</h1>
<p>A box of marzipan costs three euros at the counter. ${'It keeps for a month. '.repeat(20)}</p></main>`;
const settings = { instructions: 'Call me marzipan.', neverRead: ['marzipan.example'] };

const isAnswered = ({ lines }: Snapshot) => lines.some((line) => line.kind === 'assistant' && line.state === 'final');
const press = (view: Page, label: string) => view.locator(`::-p-xpath(//button[normalize-space()="${label}"])`).click();
const shown = async (view: Page) => {
  const box = await view.waitForSelector('.diagnostics textarea');
  return (await box?.evaluate((element) => (element as HTMLTextAreaElement).value)) ?? '';
};

it('a fault has diagnostics to copy, which are seen first and hold nothing of the person', async () => {
  scene = await openScene({ html, settings, control: true });
  const { extension, page, relay, browser, engine } = scene;
  await browser.defaultBrowserContext().setPermission(extension.url(''), {
    permission: { name: 'clipboard-read' },
    state: 'granted',
  });
  await page.bringToFront();
  await extension.send({ type: 'say', text: 'How much is a box of marzipan?' });
  await extension.waitForSnapshot(isAnswered, 30_000, 'the answer');
  await engine.add('http-refuse', { status: 401 });
  await engine.add('reset-socket');
  await extension.waitForSnapshot(({ phase }) => phase === 'failed', 20_000, 'the end');
  await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);

  const panel = await extension.openPage('sidepanel');
  await panel.locator('.notice summary').click();
  await press(panel, 'Show diagnostics');
  const text = await shown(panel);
  // Read from its beginning, by keyboard too.
  const place = await panel.evaluate(() => (document.activeElement as HTMLTextAreaElement).selectionStart);
  expect(place).toBe(0);
  expect(text).not.toMatch(/marzipan/i);
  for (const secret of [relay.deviceToken, new URL(relay.url).host, new URL(page.url()).host])
    expect(text).not.toContain(secret);
  expect(text).toMatch(/relay: http on this computer, device token set/);
  expect(text).toMatch(/microphone permission: (granted|prompt|denied)/);
  expect(text).toMatch(/fault: provider-refused/);
  expect(text).toMatch(/lines: 1 person, 1 assistant, \d tool/);
  // The document is gone; what it had logged is not.
  expect(text).toMatch(/connecting → live.*live → reconnecting.*reconnecting → failed \(provider-refused\)/s);

  await press(panel, 'Copy diagnostics');
  await panel.waitForFunction(() => document.querySelector('.diagnostics [role=status]')?.textContent === 'Copied');
  expect(await panel.evaluate(() => navigator.clipboard.readText())).toBe(text);
});

it('the options show them in the middle of a call, too', async () => {
  scene = await openScene({ html, settings });
  const { extension, page } = scene;
  await page.bringToFront();
  await extension.send({ type: 'say', text: 'How much is a box of marzipan?' });
  await extension.waitForSnapshot(isAnswered, 30_000, 'the answer');
  const options = await extension.openPage('options');
  await press(options, 'Show diagnostics');
  const text = await shown(options);
  expect(text).not.toMatch(/marzipan/i);
  expect(text).toMatch(/the call document is open/);
  expect(text).toMatch(/phase: live/);
  expect(text).toMatch(/connecting → live \((websocket|relay)\)/);
});
