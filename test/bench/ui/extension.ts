/** A copy of the built extension with pages and scripts of the benchmark beside it, and a browser with it. */
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { preact } from '@preact/preset-vite';
import type { Browser, Page } from 'puppeteer';
import { build } from 'vite';
import { extensionId } from '../../../lib/protocol/identity.ts';
import type { Settings } from '../../../lib/protocol/settings.ts';
import { builtExtension, launchBrowser } from '../../support/browser.ts';

export interface BenchExtension {
  browser: Browser;
  /** `chrome-extension://ID/path` */
  url(path: string): string;
  /** A file beside those of the extension. */
  write(path: string, text: string): Promise<void>;
  /** The `<link>` to the style sheet that the page has. */
  styleOf(page: string): Promise<string>;
  close(): Promise<void>;
}

/** Nobody answers there: no call begins by itself, and nothing is prepared. */
const settings: Partial<Settings> = {
  language: 'en',
  autoStart: false,
  relay: { url: 'http://127.0.0.1:9', deviceToken: 'bench' },
};

export async function openBenchExtension(): Promise<BenchExtension> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-'));
  let browser: Browser | undefined;
  const close = async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await cp(builtExtension, folder, { recursive: true });
    browser = await launchBrowser({ headless: true, extensionDir: folder });
    // It is there when its worker has started.
    await browser.waitForTarget((target) => target.type() === 'service_worker');
    const bench: BenchExtension = {
      browser,
      url: (path) => `chrome-extension://${extensionId}/${path}`,
      write: (path, text) => writeFile(join(folder, path), text),
      async styleOf(page) {
        const link = /<link rel="stylesheet"[^>]*>/.exec(await readFile(join(folder, page), 'utf8'));
        if (!link) throw new Error(`${page} has no style sheet.`);
        return link[0];
      },
      close,
    };
    await withPage(bench, 'manifest.json', (page) =>
      page.evaluate((fields) => chrome.storage.local.set({ settings: { version: 1, ...fields } }), settings),
    );
    return bench;
  } catch (error) {
    await close();
    throw error;
  }
}

/** In a tab of its own, in view while `use` runs. */
export async function withPage<T>(bench: BenchExtension, path: string, use: (page: Page) => Promise<T>): Promise<T> {
  const page = await bench.browser.newPage();
  try {
    await page.goto(bench.url(path));
    return await use(page);
  } finally {
    await page.close();
  }
}

/** `file` of `pages/` as one script. */
export async function bundle(file: string): Promise<string> {
  const input = fileURLToPath(new URL(`pages/${file}`, import.meta.url));
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [preact()],
    build: {
      write: false,
      rollupOptions: { input, preserveEntrySignatures: 'strict', output: { format: 'es', codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = outputs.find((output) => output.type === 'chunk');
  if (script?.type !== 'chunk') throw new Error(`${file} could not be bundled.`);
  return script.code;
}
