/** A browser with a page that has the store of past calls in it, for a test that drives it from Node. */
import { launch, type Browser, type Page } from 'puppeteer';
import type { Line } from '../../lib/protocol/snapshot.ts';
import type { CallList, CallText } from '../../lib/storage/calls/read.ts';
import type { CallFacts } from '../../lib/storage/calls/write.ts';
import { bundle, serveScripts, type ServedPage } from './page-bundle.ts';

export const at = Date.UTC(2026, 10, 20, 12);

export const person = (id: string, text: string): Line => ({
  kind: 'person',
  id,
  at,
  text,
  state: 'final',
  typed: false,
});
export const assistant = (id: string, text: string): Line => ({ kind: 'assistant', id, at, text, state: 'final' });

export const facts = (id: string, startedAt = at): CallFacts => ({
  id,
  startedAt,
  goesOn: false,
  provider: 'openai',
  model: 'gpt-realtime-2.1',
  usage: { inputTokens: 10, outputTokens: 2 },
  usd: 0.25,
});

export async function openCallsBrowser(executablePath: string): Promise<CallsBrowser> {
  const served = await serveScripts({ 'page.js': await bundle('test/support/calls-page.ts') });
  const browser = await launch({
    executablePath,
    headless: true,
    pipe: true,
    args: ['--disable-gpu', '--no-first-run', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
  });
  return new CallsBrowser(browser, served);
}

export class CallsBrowser {
  readonly browser: Browser;
  readonly #served: ServedPage;
  /** Of the test that runs. */
  page!: Page;

  constructor(browser: Browser, served: ServedPage) {
    this.browser = browser;
    this.#served = served;
  }

  get url(): string {
    return this.#served.url;
  }

  async begin(): Promise<void> {
    this.page = await this.open();
  }

  /** Leaves no database and no page. */
  async end(): Promise<void> {
    await this.page.evaluate(async () => {
      await window.calls.asked(indexedDB.deleteDatabase(window.calls.databaseName));
    });
    await Promise.all((await this.browser.pages()).slice(1).map((each) => each.close()));
  }

  /** Another page beside the test's own, as another view would be. */
  async open(): Promise<Page> {
    const opened = await this.browser.newPage();
    await opened.goto(this.url);
    await opened.waitForFunction(() => 'calls' in window);
    return opened;
  }

  /** Records the states of a call, each in the database before the next. */
  async keep(id: string, states: Line[][], startedAt = at, on = this.page): Promise<void> {
    await on.evaluate(
      async (call, all) => {
        const recorder = window.calls.createRecorder(window.calls.connectToCalls());
        for (const lines of all) {
          recorder.record(call, lines);
          await recorder.flush();
        }
      },
      facts(id, startedAt),
      states,
    );
  }

  list(on = this.page): Promise<CallList> {
    return on.evaluate(() => window.calls.listCalls(window.calls.connectToCalls()));
  }

  read(id: string, on = this.page): Promise<CallText | null> {
    return on.evaluate((call) => window.calls.readCall(window.calls.connectToCalls(), call), id);
  }

  search(query: string): Promise<{ found: string[]; searched: number; skipped: number }> {
    return this.page.evaluate(async (words) => {
      const found: string[] = [];
      const result = await window.calls.searchCalls(window.calls.connectToCalls(), words, ({ call }) => {
        found.push(call.id);
      });
      return { found, ...result };
    }, query);
  }

  /** Changes the database under the store's feet. */
  async tamper(change: 'damage' | 'newer' | 'wipe'): Promise<void> {
    await this.page.evaluate(async (what) => {
      const { asked, databaseName } = window.calls;
      if (what === 'wipe') return void (await asked(indexedDB.deleteDatabase(databaseName)));
      const opening = indexedDB.open(databaseName, what === 'newer' ? 99 : undefined);
      if (what === 'newer') {
        opening.addEventListener('upgradeneeded', () => opening.result.createObjectStore('from the future'));
      }
      const db = await asked(opening);
      if (what === 'damage') {
        const stores = db.transaction(['calls', 'lines'], 'readwrite');
        stores.objectStore('calls').put({ id: 'broken', title: 7 });
        stores.objectStore('lines').put({ callId: 'a', place: 1, line: 'what?' });
      }
      db.close();
    }, change);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.#served.close();
  }
}
