/** The call document, the pages, the windows and the extension itself come and go around a call. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import { isLive } from '../../browser/lines.ts';
import { builtExtension, launchBrowser } from '../../support/browser.ts';
import { openExtension } from '../../support/extension.ts';
import type { FaultCase } from '../case.ts';
import { ask, callUp, goesOn } from '../on-call.ts';
import { until } from '../until.ts';

export const lifecyclePlaces: FaultCase[] = [
  {
    id: 'F05',
    quick: true,
    targets: { detectedMs: 2000, recoveredMs: 5000 },
    // Nobody is left to tell the usual checks; what must hold is looked for here.
    leavesNothing: true,
    async play(scene) {
      const { extension } = scene;
      await callUp(scene);
      const panel = await extension.openPage('sidepanel');
      await panel.waitForSelector('.controls');
      const at = performance.now();
      await extension.hidden.evaluate(() => chrome.offscreen.closeDocument());
      const notice = await panel.waitForSelector('.notice', { timeout: 10_000 });
      const detectedMs = performance.now() - at;
      const saw = (await notice?.$eval('p', (sentence) => sentence.textContent)) ?? '';
      const again = performance.now();
      await panel.locator('.notice button').click();
      await extension.waitForSnapshot(isLive, 20_000, 'another call');
      return { saw: `“${saw}”, and a button`, detectedMs, recoveredMs: performance.now() - again };
    },
  },
  {
    id: 'F11',
    saw: '“Connecting”, a little longer; or that the browser stopped the call',
    tests: [
      {
        file: 'unit/coordinator/begin-call.test.ts',
        names: 'even where the document made by opening the popup does not listen yet',
      },
      { file: 'unit/coordinator/late-host.test.ts', names: 'a call document' },
    ],
  },
  {
    id: 'F13',
    quick: true,
    targets: { recoveredMs: 300 },
    async play(scene) {
      const { extension } = scene;
      await callUp(scene);
      const first = await extension.openPage('sidepanel');
      await ask(scene);
      const before = extension.snapshots.last!;
      await first.close();
      const { panel, shownMs } = await opened(await scene.browser.newPage(), extension.url('sidepanel.html'), before);
      await panel.close();
      goesOn(extension.snapshots.last!, before);
      return { saw: 'the panel again, with the whole conversation', recoveredMs: shownMs };
    },
  },
  {
    id: 'F14',
    async play(scene) {
      const { browser, extension } = scene;
      await callUp(scene);
      const before = extension.snapshots.last!;
      for (const page of await browser.pages()) await page.close();
      // The decision: it goes on, as after a click into another program, and the badge of the next window says so.
      await new Promise((resolve) => setTimeout(resolve, 3000));
      goesOn(extension.snapshots.last!, before);
      if (extension.snapshots.last!.phase !== 'live') throw new Error('the call did not outlive its window');
      const badge = await extension.hidden.evaluate(() => chrome.action.getBadgeText({}));
      if (badge !== 'ON') throw new Error(`the microphone is on and the badge says “${badge}”`);
      scene.page = await browser.newPage();
      return { saw: 'the call goes on; the icon of the next window says ON' };
    },
  },
  {
    id: 'F15',
    saw: 'nothing: the new version is there behind the call',
    tests: [{ file: 'unit/coordinator/update.test.ts', names: 'a new version of the extension' }],
  },
  {
    id: 'F16',
    targets: { detectedMs: 1000 },
    leavesNothing: true,
    async play(scene) {
      const { browser, extension } = scene;
      await callUp(scene);
      const at = performance.now();
      await browser.uninstallExtension(extension.id);
      // The document holds the microphone; without it nothing does.
      if (!(await until(async () => !extension.hasOffscreen(), 10_000))) throw new Error('the call lives on');
      return { saw: 'the icon is gone, and so is the call', detectedMs: performance.now() - at };
    },
  },
  {
    id: 'F18',
    async play(scene) {
      const { browser, extension } = scene;
      await callUp(scene);
      const secret = 'marzipan';
      const incognito = await (await browser.createBrowserContext()).newPage();
      await incognito.goto(`data:text/html,<title>${secret}</title><p>A box of ${secret} costs three euros.`);
      await incognito.bringToFront();
      await extension.send({ type: 'say', text: 'What is on this page?' });
      await extension.waitForSnapshot(
        ({ lines }) => lines.some(({ kind, state }) => kind === 'assistant' && state === 'final'),
        30_000,
        'an answer',
      );
      const isAllowed = await extension.hidden.evaluate(() => chrome.extension.isAllowedIncognitoAccess());
      const stored = await extension.hidden.evaluate(async () =>
        JSON.stringify([await chrome.storage.local.get(), await chrome.storage.session.get()]),
      );
      const told = JSON.stringify(extension.snapshots.last);
      if (isAllowed || `${stored}${told}`.includes(secret)) throw new Error('a private page was read');
      await incognito.browserContext().close();
      return { saw: 'one call, which knows nothing of the private window' };
    },
  },
  {
    id: 'F19',
    runs: 1,
    leavesNothing: true,
    async play() {
      const dir = await mkdtemp(join(tmpdir(), 'parley-broken-'));
      try {
        await cp(builtExtension, dir, { recursive: true });
        const worker = join(dir, 'background.js');
        await writeFile(worker, `chrome.missing.onEvent.addListener(() => {});\n${await readFile(worker, 'utf8')}`);
        const browser = await launchBrowser({ headless: true, extensionDir: dir });
        const passes = await openExtension(browser)
          .then((extension) => extension.uncaught.check())
          .then(
            () => true,
            () => false,
          );
        await browser.close();
        if (passes) throw new Error('a build whose worker cannot start passes');
        return { saw: 'nothing: such a build fails every test in a browser, and is not published' };
      } finally {
        await rm(dir, { recursive: true, force: true });
      }
    },
  },
];

/** From the first byte of the page to all that was said, in its own clock. */
async function opened(panel: Page, url: string, { lines }: Snapshot): Promise<{ panel: Page; shownMs: number }> {
  const texts = lines.flatMap((line) => (line.kind === 'tool' ? [] : [line.text]));
  await panel.evaluateOnNewDocument((wanted: string[]) => {
    const scope = globalThis as typeof globalThis & { shownAt?: number };
    const look = () => {
      const shown = document.body?.innerText ?? '';
      const isUp = document.querySelector('.controls') !== null;
      if (isUp && wanted.every((text) => shown.includes(text))) scope.shownAt ??= performance.now();
      else setTimeout(look, 5);
    };
    look();
  }, texts);
  await panel.goto(url);
  const shown = await panel.waitForFunction(() => (globalThis as { shownAt?: number }).shownAt, { timeout: 10_000 });
  return { panel, shownMs: (await shown.jsonValue())! };
}
