/** The reader alone, in a real browser: what of a page reaches the assistant, and what does not. */
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { resultLimits } from '../../lib/page/limits.ts';
import type { PageContent } from '../../lib/page/page-result.ts';
import { findBrowser } from '../support/browser.ts';
import { useReaderPage } from '../support/reader-page.ts';

const program = await findBrowser();
if (!program) console.log('page reading: skipped, there is no browser (set CHROME_PATH).');

describe.skipIf(!program)('reading a page', () => {
  const lab = useReaderPage(program);

  /** Opens the page, does `before` in it, and reads it as the extension would: what comes out passes the schema. */
  async function read(html: string, before?: () => void): Promise<PageContent> {
    await lab.page.setContent(html);
    if (before) await lab.page.evaluate(before);
    return lab.read();
  }

  it('reads what a person sees, and nothing else', async () => {
    const content = await read(await fixture('hidden.html'));
    expect(content.text).toContain('SEEN-title');
    expect(content.text.match(/HIDDEN-[\w-]+/g) ?? []).toEqual([]);
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
      const seen = new Set((await fixture('hidden.html')).match(/SEEN-[\w-]+/g));
      expect(seen.size).toBeGreaterThan(10);
      expect([...seen].filter((word) => !content.selection.includes(word))).toEqual([]);
      expect(content.selection.replace('HIDDEN.', '')).not.toMatch(/HIDDEN-/);
    });

    it('is empty in fields and drafts', async () => {
      const html = await fixture('private.html');
      for (const selector of ['textarea', '[type=password]']) {
        await lab.page.setContent(html);
        await lab.page.focus(selector);
        await lab.page.evaluate((which) => document.querySelector<HTMLInputElement>(which)!.select(), selector);
        expect((await lab.read()).selection).toBe('');
      }
      const draft = await read(html, () =>
        getSelection()!.selectAllChildren(document.querySelector('[contenteditable]')!),
      );
      expect(draft.selection).toBe('');
    });
  });

  describe('what else is in view', () => {
    const story = `<main><h1>Tea</h1><p>${'A long story about tea. '.repeat(20)}</p></main>`;

    it.each([
      ['a form', '<form><input type="password"></form>'],
      ['a dialog', '<dialog open><input type="password"></dialog>'],
      ['a field that shows what is typed', '<input type="text" autocomplete="section-a current-password">'],
      ['a shadow root in a menu', '<nav><x-login></x-login></nav>'],
      ['a frame', '<iframe srcdoc="<input type=password>"></iframe>'],
    ])('a password field in %s is seen', async (_where, html) => {
      await lab.page.setContent(story + html);
      await lab.page.evaluate(() => {
        const root = document.querySelector('x-login')?.attachShadow({ mode: 'open' });
        if (root) root.innerHTML = '<p><input type="PassWord"></p>';
      });
      await lab.page.waitForFunction(() =>
        (document.querySelector('iframe')?.contentDocument ?? document).querySelector('input, x-login'),
      );
      expect((await lab.read()).passwordInView).toBe(true);
    });

    it.each([
      ['no field', ''],
      ['another field', '<input type="text"><input type="email">'],
      ['a closed dialog', '<dialog><input type="password"></dialog>'],
      ['a hidden form', '<form style="visibility: hidden"><input type="password"></form>'],
      ['a faded form', '<form style="opacity: 0"><input type="password"></form>'],
      ['a form outside of the page', '<form style="position: absolute; left: -9999px"><input type="password"></form>'],
      ['a folded form', '<form style="height: 0; overflow: hidden"><input type="password"></form>'],
    ])('no password field in view: %s', async (_what, html) => {
      expect(await read(story + html)).toMatchObject({ passwordInView: false, framesUnread: 0 });
    });

    it('frames of other origins are counted, those that show', async () => {
      const content = await read(
        `${story}<iframe sandbox srcdoc="one"></iframe><footer><iframe sandbox srcdoc="two"></iframe></footer>
        <iframe srcdoc="own"></iframe><iframe hidden sandbox srcdoc="three"></iframe>
        <iframe width="1" height="1" sandbox srcdoc="four"></iframe>
        <iframe style="position: absolute; top: -999px" sandbox srcdoc="five"></iframe>`,
      );
      expect(content.framesUnread).toBe(2);
    });
  });

  describe('within its budget', () => {
    it('stops in a page of 10 MB', async () => {
      const line =
        'A paragraph that is about a hundred characters long, as most are in a page that never comes to an end.';
      await lab.page.setContent('<main></main>');
      await lab.page.evaluate((words) => {
        const main = document.querySelector('main')!;
        main.append(
          ...Array.from({ length: 100_000 }, () => Object.assign(document.createElement('p'), { textContent: words })),
        );
        return main.getBoundingClientRect().height; // laid out, as a page in view is
      }, line);
      const content = await lab.read();
      expect(content.truncated).toBe(true);
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
      expect(content.text).toBe('Top words\nBottom words');
      expect(content.truncated).toBe(false);
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

function fixture(name: string): Promise<string> {
  return readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8');
}
