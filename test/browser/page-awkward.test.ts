/** Pages that would break a reader: too large, too deep, too many, too strange, or hostile. */
import { describe, expect, it } from 'vitest';
import { resultLimits } from '../../lib/page/limits.ts';
import { findBrowser } from '../support/browser.ts';
import { useReaderPage } from '../support/reader-page.ts';

const program = await findBrowser();
if (!program) console.log('awkward pages: skipped, there is no browser (set CHROME_PATH).');

const story = 'A story about tea that any person can read on this page, told at some length. '.repeat(6).trim();

/** As text: no code of ours may touch a prototype. */
const hostile = `{
  const lie = { get: () => 'CANARY', configurable: true };
  for (const name of ['textContent', 'parentNode', 'firstChild', 'nextSibling', 'nodeType'])
    Object.defineProperty(Node.prototype, name, lie);
  Object.defineProperty(CharacterData.prototype, 'data', lie);
  Object.defineProperty(Document.prototype, 'title', lie);
  Object.defineProperty(Object.prototype, 'toJSON', { value: () => 'CANARY' });
  Array.prototype.map = () => ['CANARY'];
  String.prototype.replace = () => 'CANARY';
  JSON.stringify = () => '"CANARY"';
  window.getComputedStyle = () => ({ display: 'none' });
  Element.prototype.getBoundingClientRect = () => new DOMRect();
}`;

describe.skipIf(!program)('an awkward page', () => {
  const lab = useReaderPage(program);

  const { read } = lab;
  const open = (type: string, body: string) => lab.page.goto(`data:${type};charset=utf-8,${encodeURIComponent(body)}`);

  it('of a million nodes is read from its beginning, and says so', async () => {
    await lab.page.setContent('<main></main>');
    await lab.page.evaluate(() => {
      const line = '<p>A <b>short</b> line of a <i>very</i> long page about <a>tea</a> and more.</p>';
      document.querySelector('main')!.innerHTML = line.repeat(77_000);
      return document.body.offsetHeight;
    });
    const content = await read();
    expect(content.truncated).toBe(true);
    expect(content.text).toMatch(/^A short line/);
    expect(content.characters).toBeGreaterThan(5000);
  });

  it('of elements without a word is read in its budget', async () => {
    await lab.page.setContent(`<main><p>${story}</p></main>`);
    await lab.page.evaluate(() => {
      document.body.insertAdjacentHTML('beforeend', '<i></i>'.repeat(300_000));
      return document.body.offsetHeight;
    });
    expect(await read()).toMatchObject({ text: story, truncated: true });
  });

  it('nested fifty thousand deep is read to its end, or to where the browser itself stops', async () => {
    await lab.page.setContent(`<main><p>${story}</p></main>`);
    await lab.page.evaluate(() => {
      let inner: Element = document.querySelector('main')!;
      for (let depth = 0; depth < 50_000; depth += 1) inner = inner.appendChild(document.createElement('x-y'));
      inner.textContent = 'Bottom.';
      (document.querySelector('main > x-y') as HTMLElement).style.display = 'none';
    });
    expect((await read()).text).toContain(story);
  });

  it('of five hundred frames is read with the first of them', async () => {
    await lab.page.setContent(`<main><p>${story}</p><div></div></main>`);
    await lab.page.evaluate(async () => {
      const holder = document.querySelector('div')!;
      const frames = Array.from({ length: 500 }, () => holder.appendChild(document.createElement('iframe')));
      for (const [index, { contentDocument }] of frames.entries())
        contentDocument!.body.textContent = `Frame ${index}.`;
      return document.body.offsetHeight;
    });
    expect((await read()).text).toContain(story);
  });

  it('whose content is in a frame of its own is read there', async () => {
    await lab.page.setContent(
      `<iframe width="800" height="400" srcdoc="<main><h1>Tea</h1><p>${story}</p></main>"></iframe>`,
    );
    await lab.page.waitForFunction(() => document.querySelector('iframe')!.contentDocument?.readyState === 'complete');
    expect((await read()).text).toContain(`# Tea\n${story}`);
  });

  it('that is one canvas has no words, and says nothing else', async () => {
    await lab.page.setContent('<canvas width="800" height="600">No canvas here</canvas>');
    expect(await read()).toMatchObject({ text: '', headings: [], truncated: false });
  });

  it('of nested shadow roots is read through them, in the order in which it is drawn', async () => {
    await lab.page.setContent('<main><div id="host"><p>Given words.</p></div></main>');
    await lab.page.evaluate((words) => {
      const outer = document.querySelector('#host')!.attachShadow({ mode: 'open' });
      outer.innerHTML = `<h1>Tea</h1><section></section><slot></slot>`;
      outer.querySelector('section')!.attachShadow({ mode: 'open' }).innerHTML = `<p>${words}</p>`;
    }, story);
    expect((await read()).text).toBe(`# Tea\n${story}\nGiven words.`);
  });

  it('in XHTML', async () => {
    await open(
      'application/xhtml+xml',
      `<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>Tea</title></head><body><main><h1>Tea</h1><p>${story}</p></main></body></html>`,
    );
    expect(await read()).toMatchObject({ title: 'Tea', contentType: 'application/xhtml+xml', text: `# Tea\n${story}` });
  });

  it('that is a drawing gives its words', async () => {
    await open(
      'image/svg+xml',
      `<svg xmlns="http://www.w3.org/2000/svg" width="600" height="200"><title>Tea</title><text x="10" y="40">Tea leaves</text><text x="10" y="80">and <tspan>water</tspan></text><text x="10" y="120" fill="none">CANARY</text><text x="10" y="140" fill="#fff">CANARY</text><text x="10" y="160" fill-opacity="0">CANARY</text></svg>`,
    );
    expect((await read()).text).toBe('Tea leaves\nand water');
  });

  it('of plain text keeps its lines', async () => {
    await open('text/plain', `First line\n\n  indented\n${story}`);
    expect((await read()).text).toBe(`First line\n\n  indented\n${story}`);
  });

  it('of XML without a style is read or empty, never an error', async () => {
    await open('text/xml', `<tea><kind>Sencha</kind></tea>`);
    await expect(read()).resolves.toMatchObject({ contentType: 'text/xml' });
  });

  it('of frames side by side', async () => {
    await open('text/html', '<frameset cols="50%,50%"><frame><frame></frameset>');
    await expect(read()).resolves.toMatchObject({ text: '' });
  });

  it('from right to left, and in Japanese', async () => {
    const arabic = 'الشاي الأخضر مشروب يصنع من أوراق لم تذبل بعد. '.repeat(8).trim();
    const japanese = '緑茶は摘み取った葉を発酵させずに作るお茶です。'.repeat(8);
    await lab.page.setContent(`<html dir="rtl"><main><p>${arabic}</p><p lang="ja" dir="ltr">${japanese}</p></main>`);
    expect((await read()).text).toBe(`${arabic}\n${japanese}`);
  });

  it('that replaces what a reader would use cannot steer it', async () => {
    await lab.page.setContent(
      `<main><h1>Tea</h1><p>${story}</p><form><input name="children"><input name="parentNode"><input name="nodeType"></form></main><img name="body"><img name="title">`,
    );
    await lab.page.evaluate(hostile);
    const content = await read();
    expect(content.text).toContain(story);
    expect(JSON.stringify(content)).not.toContain('CANARY');
  });

  it('that changes all the time is read as it is at one moment', async () => {
    await lab.page.setContent(`<main><h1>Tea</h1><p>${story}</p><p id="count">0</p></main>`);
    await lab.page.evaluate(() => {
      const count = document.querySelector('#count')!;
      new MutationObserver(() => void count.setAttribute('data-x', String(Math.random()))).observe(count, {
        childList: true,
      });
      setInterval(() => (count.textContent = String(Number(count.textContent) + 1)), 1);
    });
    expect((await read()).text).toContain(story);
  });

  it('with more words in its head and its titles than a result may hold', async () => {
    const long = 'x'.repeat(50_000);
    await lab.page.setContent(
      `<html lang="${long}"><title>${long}</title><meta name="description" content="${long}"><meta name="author" content="${long}"><link rel="canonical" href="/${long}"><main><h1>${long}</h1><p>${story}</p></main>`,
    );
    const content = await read();
    expect(content.title).toHaveLength(resultLimits.title);
    expect(content.author).toHaveLength(resultLimits.author);
  });
});
