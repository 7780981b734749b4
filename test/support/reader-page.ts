/** The reader alone in a real browser: a page of its own for every test, and what is read of it. */
import { launch, type Browser, type Page } from 'puppeteer';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import type { PageContent } from '../../lib/page/page-result.ts';
import { bundleReader, readIn } from './page-reader.ts';

export interface ReaderPage {
  /** Of the test that runs. */
  readonly page: Page;
  /** As the extension would: what comes out passes the schema. */
  read(): Promise<PageContent>;
}

/** For use in a `describe`, which is skipped where there is no browser. */
export function useReaderPage(program: string | null): ReaderPage {
  let browser: Browser;
  let page: Page;
  let reader: string;
  beforeAll(async () => {
    reader = await bundleReader();
    browser = await launch({ executablePath: program!, args: ['--no-sandbox', '--disable-gpu'] });
  });
  beforeEach(async () => {
    page = await browser.newPage();
  });
  afterEach(() => page.close());
  afterAll(() => browser?.close());
  return {
    get page() {
      return page;
    },
    read: () => readIn(page, reader),
  };
}
