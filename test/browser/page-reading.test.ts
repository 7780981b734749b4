/** The reader alone, in a real browser: what of a page reaches the assistant, and what does not. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { launch, type Browser, type Page } from 'puppeteer';
import { build, type Rolldown } from 'vite';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resultLimits } from '../../lib/page/limits.ts';
import { pageContent, type PageContent } from '../../lib/page/page-result.ts';
import { findBrowser } from '../support/browser.ts';

const program = await findBrowser();
if (!program) console.log('page reading: skipped, there is no browser (set CHROME_PATH).');

describe.skipIf(!program)('reading a page', () => {
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

  /** Opens the page, does `before` in it, and reads it as the extension would: what comes out passes the schema. */
  async function read(html: string, before?: () => void): Promise<PageContent> {
    await page.setContent(html);
    if (before) await page.evaluate(before);
    return pageContent.parse(await page.evaluate(`${reader}; reader.readPage(document)`));
  }

  it('reads what a person sees, and nothing else', async () => {
    const html = await fixture('hidden.html');
    const content = await read(html);
    expect(content.text.match(/HIDDEN-[\w-]+/g) ?? []).toEqual([]);
    const seen = new Set(html.match(/SEEN-[\w-]+/g));
    expect(seen.size).toBeGreaterThan(10);
    expect([...seen].filter((word) => !content.text.includes(word))).toEqual([]);
    expect(content.text).not.toMatch(/NOISE|\p{Cf}/u);
  });

  it('keeps the shape of an article and leaves its surroundings out', async () => {
    const content = await read(await fixture('article.html'));
    expect(content.text).toBe(`# Green tea
Tea is a drink made from leaves.
It is served hot, in a cup, in a glass or from a thermos flask, at every hour of the day and in most countries of the world.
Steep it briefly.

## Kinds
- Sencha
- Matcha
  - ceremonial
  - for cooking

### Prices
Kind | Price
Sencha | 4 €

water(80);
  steep(2);

Shadow note: slotted words`);
    expect(content).toMatchObject({
      title: 'Tea & water',
      language: 'pt-BR',
      contentType: 'text/html',
      headings: ['Green tea', 'Kinds', 'Prices'],
      description: 'All about tea.',
      selection: '',
      characters: content.text.length,
      truncated: false,
    });
  });

  it('never reads what a person typed, whatever the fields are called', async () => {
    const content = await read(await fixture('private.html'));
    expect(JSON.stringify(content)).not.toContain('TYPED');
    expect(content.title).toBe('Sign in');
    expect(content.text).toContain('Words in the form.');
    expect(content.text).toContain('Words after the form.');
  });

  it('takes the page when its main part is nearly empty', async () => {
    const story = 'A long story about tea. '.repeat(20);
    const content = await read(`<body><main><p>Loading</p></main><div><p>${story}</p></div><footer>Imprint</footer>`);
    expect(content.text).toContain(story.trim());
    expect(content.text).not.toContain('Imprint');
  });

  it('takes even the surroundings when there is nothing else', async () => {
    expect((await read('<body><nav><p>Only a menu</p></nav>')).text).toBe('Only a menu');
  });

  it('finds nothing on an empty page', async () => {
    expect(await read('<body></body>')).toMatchObject({ text: '', characters: 0, headings: [], truncated: false });
  });

  it('reads nothing of a page that is hidden as a whole', async () => {
    expect((await read('<body style="opacity:0"><main><p>HIDDEN</p></main>')).text).toBe('');
  });

  describe('the selection', () => {
    it('is what the person marked', async () => {
      const content = await read(await fixture('article.html'), () => {
        const paragraph = document.querySelector('main p')!;
        const range = document.createRange();
        range.setStart(paragraph.firstChild!, 0);
        range.setEnd(paragraph.querySelector('a')!.firstChild!, 4);
        getSelection()!.addRange(range);
      });
      expect(content.selection).toBe('Tea is a drink made from leav');
    });

    it('holds no hidden words, even when the page marks them itself', async () => {
      const content = await read(await fixture('hidden.html'), () => getSelection()!.selectAllChildren(document.body));
      expect(content.selection).toContain('SEEN-title');
      expect(content.selection.replace('HIDDEN.', '')).not.toMatch(/HIDDEN-/);
    });

    it('is empty in fields and drafts', async () => {
      const html = await fixture('private.html');
      for (const selector of ['textarea', '[type=password]']) {
        await page.setContent(html);
        await page.focus(selector);
        await page.evaluate((which) => document.querySelector<HTMLInputElement>(which)!.select(), selector);
        expect(await page.evaluate(`${reader}; reader.readPage(document).selection`)).toBe('');
      }
      const draft = await read(html, () =>
        getSelection()!.selectAllChildren(document.querySelector('[contenteditable]')!),
      );
      expect(draft.selection).toBe('');
    });
  });

  describe('within its budget', () => {
    it('stops in a page of 10 MB', async () => {
      const line =
        'A paragraph that is about a hundred characters long, as most are in a page that never comes to an end.';
      await page.setContent('<main></main>');
      await page.evaluate((words) => {
        const main = document.querySelector('main')!;
        main.append(
          ...Array.from({ length: 100_000 }, () => Object.assign(document.createElement('p'), { textContent: words })),
        );
        return main.getBoundingClientRect().height; // laid out, as a page in view is
      }, line);
      const content = (await page.evaluate(`${reader}; reader.readPage(document)`)) as PageContent;
      expect(pageContent.parse(content).truncated).toBe(true);
      expect(content.characters).toBeGreaterThan(59_000);
      expect(content.characters).toBeLessThanOrEqual(resultLimits.text);
    });

    it('stops in a single line of 10 MB', async () => {
      const content = await read('<pre></pre>', () => {
        document.querySelector('pre')!.textContent = 'word '.repeat(2_000_000);
      });
      expect(content).toMatchObject({ characters: resultLimits.text, truncated: true });
    });

    it('survives a page nested beyond reason', async () => {
      const content = await read('<main><p>Top words</p></main>', () => {
        let inner: Element = document.querySelector('main')!;
        for (let depth = 0; depth < 1500; depth += 1) inner = inner.appendChild(document.createElement('div'));
        inner.textContent = 'Bottom words';
      });
      expect(content.text).toBe('Top words');
      expect(content.truncated).toBe(true);
    });

    it('keeps titles, headings and a selection to their sizes', async () => {
      const content = await read(
        `<title>${'t'.repeat(5000)}</title><main>${`<h2>${'h'.repeat(999)}</h2>`.repeat(50)}<p>${'s '.repeat(9000)}</p></main>`,
        () => getSelection()!.selectAllChildren(document.querySelector('p')!),
      );
      expect(content.title).toHaveLength(resultLimits.title);
      expect(content.headings).toHaveLength(resultLimits.headings);
      expect(content.selection.length).toBeLessThanOrEqual(resultLimits.selection);
      expect(content.selection.length).toBeGreaterThan(7900);
    });
  });
});

/** The reader as one script, as the build bundles it. */
async function bundleReader(): Promise<string> {
  const entry = fileURLToPath(new URL('../../lib/page/read.ts', import.meta.url));
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, target: 'chrome120', lib: { entry, formats: ['iife'], name: 'reader' } },
  });
  const [output] = built as Rolldown.RolldownOutput[];
  return output!.output[0].code;
}

function fixture(name: string): Promise<string> {
  return readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}
