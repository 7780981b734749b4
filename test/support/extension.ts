/** Holds the extension of a running browser: its pages, its worker, its settings, and what it tells its views. */
import type { Browser, Page, Target, WebWorker } from 'puppeteer';
import type { Level, Snapshot } from '../../lib/protocol/snapshot.ts';
import type { Intent } from '../../lib/protocol/messages.ts';
import type { Settings } from '../../lib/protocol/settings.ts';
import { describe, SnapshotWatch } from './snapshots.ts';
import { Uncaught } from './uncaught.ts';

const patienceMs = 15_000;

export type PageName = 'popup' | 'sidepanel' | 'options' | 'microphone' | 'welcome';

export interface Extension {
  id: string;
  /** `chrome-extension://ID/path` */
  url(path: string): string;
  /** A page of the extension that nobody sees and that runs none of its code, for `chrome.*` and messages. */
  hidden: Page;
  snapshots: SnapshotWatch;
  /** Errors that nobody caught, in any of its contexts. */
  uncaught: Uncaught;
  waitForSnapshot: SnapshotWatch['waitFor'];
  /** As a view would. Resolves with the coordinator's answer, rejects with what it refused. */
  send(intent: Intent): Promise<unknown>;
  readSettings(): Promise<Settings | undefined>;
  /** Over what is stored, or over the defaults given by the extension itself when nothing is. */
  writeSettings(change: Partial<Omit<Settings, 'version'>>): Promise<void>;
  /** A click on the toolbar icon while `page` is in view: grants `activeTab` and opens the popup. */
  clickToolbar(page: Page): Promise<Page>;
  /** In a tab of its own, which becomes the tab in view. */
  openPage(name: PageName): Promise<Page>;
  /** The offscreen document, as soon as there is one. */
  offscreen(timeoutMs?: number): Promise<Page>;
  hasOffscreen(): boolean;
  worker(): Promise<WebWorker>;
  /** At once, as the browser may at any moment; resolves when it is gone. */
  killWorker(): Promise<void>;
}

/**
 * Waits until the extension's worker runs and the page that a fresh install opens is there; closes that. `agreed`: the
 * person has read it and agreed. `fresh` is false where the browser has had it before.
 */
export async function openExtension(browser: Browser, { agreed = true, fresh = true } = {}): Promise<Extension> {
  const workerTarget = await browser.waitForTarget(isWorker, { timeout: patienceMs });
  const id = new URL(workerTarget.url()).host;
  const url = (path: string) => `chrome-extension://${id}/${path}`;
  const hidden = await openHidden(browser, url('manifest.json'));
  const uncaught = await Uncaught.watch(browser, id, hidden);
  const snapshots = await watch(hidden);
  if (fresh) await closeWelcome(browser, url('welcome.html'));
  if (fresh && agreed) await hidden.evaluate(() => chrome.storage.local.set({ consentedAt: Date.now() }));
  const target = async (path: string, timeoutMs = patienceMs) => {
    const wait = browser.waitForTarget((one) => one.url().startsWith(url(path)), { timeout: timeoutMs });
    return wait.catch(() => {
      throw new Error(`No ${path} within ${timeoutMs} ms. Last seen: ${describe(snapshots.last)}`);
    });
  };
  const offscreenNow = () => browser.targets().find((one) => one.url().startsWith(url('offscreen.html')));
  const worker = async () => {
    const running = await browser.waitForTarget(isWorker, { timeout: patienceMs });
    return (await running.worker())!;
  };

  return {
    id,
    url,
    hidden,
    snapshots,
    uncaught,
    waitForSnapshot: snapshots.waitFor.bind(snapshots),
    send: (intent) => sendIntent(hidden, intent),
    readSettings: () =>
      hidden.evaluate(async () => (await chrome.storage.local.get('settings'))['settings'] as Settings),
    writeSettings: (change) => writeSettings(hidden, change),
    async clickToolbar(page) {
      const extension = (await browser.extensions()).get(id);
      if (!extension) throw new Error('The browser does not list the extension.');
      await extension.triggerAction(page);
      return (await target('popup.html')).asPage();
    },
    async openPage(name) {
      const page = await browser.newPage();
      await page.goto(url(`${name}.html`));
      return page;
    },
    offscreen: async (timeoutMs) => (await target('offscreen.html', timeoutMs)).asPage(),
    hasOffscreen: () => offscreenNow() !== undefined,
    worker,
    async killWorker() {
      const running = browser.targets().find(isWorker);
      if (!running) return;
      const gone = new Promise<void>((resolve) => {
        browser.on('targetdestroyed', (one) => one === running && resolve());
      });
      await (await running.worker())?.close();
      await gone;
    },
  };
}

function isWorker(target: Target): boolean {
  return target.type() === 'service_worker' && target.url().startsWith('chrome-extension://');
}

/** Not in the tab strip, so the tab in view stays the one under test. Lives as long as the browser. */
async function openHidden(browser: Browser, url: string): Promise<Page> {
  const session = await browser.target().createCDPSession();
  const found = browser.waitForTarget((target) => target.url() === url, { timeout: patienceMs });
  // `hidden` is newer than puppeteer's types.
  await session.send('Target.createTarget', { url, hidden: true } as { url: string });
  return (await found).asPage();
}

async function closeWelcome(browser: Browser, url: string): Promise<void> {
  const welcome = await browser.waitForTarget((target) => target.url().startsWith(url), { timeout: patienceMs });
  await (await welcome.asPage()).close();
}

async function watch(page: Page): Promise<SnapshotWatch> {
  const snapshots = new SnapshotWatch();
  await page.exposeFunction('parleySnapshot', (at: number, value: Snapshot) => snapshots.take(at, value));
  await page.exposeFunction('parleyLevel', (at: number, value: Level) => snapshots.takeLevel(at, value));
  await page.evaluate(() => {
    for (const [channel, sink] of [
      ['parley-snapshots', 'parleySnapshot'],
      ['parley-levels', 'parleyLevel'],
    ] as const) {
      const deliver = (globalThis as unknown as Record<string, (at: number, value: unknown) => void>)[sink]!;
      new BroadcastChannel(channel).addEventListener('message', ({ data }) => deliver(Date.now(), data));
    }
  });
  return snapshots;
}

async function sendIntent(page: Page, body: Intent): Promise<unknown> {
  type Answer = { ok: boolean; value?: unknown; fault?: { code: string; detail?: string } } | undefined;
  const message = { target: 'coordinator', kind: 'intent', body };
  const answer = (await page.evaluate((sent) => chrome.runtime.sendMessage(sent), message)) as Answer;
  if (answer?.ok) return answer.value;
  throw new Error(
    `${body.type} was refused: ${answer?.fault?.code ?? 'nobody answered'} ${answer?.fault?.detail ?? ''}`,
  );
}

/** The shape is the extension's own; it reads with migration, so a partial one gets its defaults there. */
async function writeSettings(page: Page, change: Partial<Omit<Settings, 'version'>>): Promise<void> {
  await page.evaluate(async (fields) => {
    const stored = (await chrome.storage.local.get('settings'))['settings'] ?? { version: 1 };
    await chrome.storage.local.set({ settings: { ...stored, ...fields } });
  }, change);
}
