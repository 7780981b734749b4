/** Words that nobody sees never reach the assistant; words that a person sees do. */
import { launch, type Browser, type Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../support/browser.ts';
import { bundleReader, readIn } from '../support/page-reader.ts';
import { tricks } from './fixtures/hiding.ts';

const program = await findBrowser();
if (!program) console.log('page hiding: skipped, there is no browser (set CHROME_PATH).');

/** Long enough to be taken for a part of the story. */
const prose = (words: string) =>
  `${words} is what one reads here as a part of the same story about tea, if one can see it at all on this page.`;
const lengthened = (html: string) => html.replaceAll(/CANARY|SEEN-\w+/g, prose);

const story = 'A story about tea that any person can read on this page, told at some length. '.repeat(6);

describe.skipIf(!program)('what is hidden', () => {
  let browser: Browser;
  let page: Page;
  let reader: string;

  beforeAll(async () => {
    reader = await bundleReader();
    browser = await launch({ executablePath: program!, args: ['--no-sandbox', '--disable-gpu'] });
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  it('is tried in more than sixty ways, each with a name of its own', () => {
    expect(new Set(tricks.map(({ name }) => name)).size).toBe(tricks.length);
    expect(tricks.length).toBeGreaterThan(60);
  });

  it('is there when nothing hides it', async () => {
    await page.setContent(`<main><h1>Tea</h1><p>${story}</p><p>${prose('CANARY')}</p><p>${story}</p></main>`);
    expect((await readIn(page, reader)).text).toContain('CANARY');
  });

  it.each(tricks)('$name', async ({ html, css = '', later }) => {
    await page.setContent(
      `<!doctype html><title>Tea</title><style>${css}</style><body><main><h1>Tea</h1><p>${story}</p>${lengthened(html)}<p>${story}</p></main>`,
    );
    await page.waitForFunction(() =>
      [...document.querySelectorAll('iframe')].every(
        ({ contentDocument }) => contentDocument?.readyState === 'complete',
      ),
    );
    if (later) await page.evaluate(later);
    const content = await readIn(page, reader);
    const said = JSON.stringify(content);
    expect(said).not.toContain('CANARY');
    expect(said).not.toMatch(/[\u{e0000}-\u{e01ef}\ue000-\uf8ff]/u);
    expect(content.text).toContain(story.trim());
    const seen = [...new Set(html.match(/SEEN-\w+/g))];
    expect(seen.filter((word) => !content.text.includes(word))).toEqual([]);
  });
});
