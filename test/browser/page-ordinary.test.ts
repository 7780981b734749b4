/** What people see on ordinary pages reaches the assistant, and what they keep to themselves does not. */
import { describe, expect, it } from 'vitest';
import type { PageContent } from '../../lib/page/page-result.ts';
import { findBrowser } from '../support/browser.ts';
import { useReaderPage } from '../support/reader-page.ts';
import { ordinary } from './fixtures/ordinary.ts';

const program = await findBrowser();
if (!program) console.log('ordinary pages: skipped, there is no browser (set CHROME_PATH).');

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? [];

describe.skipIf(!program)('an ordinary page', () => {
  const lab = useReaderPage(program);

  async function read(html: string): Promise<PageContent> {
    await lab.page.setContent(`<!doctype html>${html}`);
    await lab.page.evaluate(() => Promise.all(document.getAnimations().map(({ finished }) => finished)));
    return lab.read();
  }

  it.each(ordinary)('$name: 98 of 100 words that show are read', async ({ html }) => {
    const { text } = await read(html);
    const shown = wordsOf(await lab.page.evaluate(() => document.querySelector('main')!.innerText));
    const left = new Map<string, number>();
    for (const word of wordsOf(text)) left.set(word, (left.get(word) ?? 0) + 1);
    const missed = shown.filter((word) => {
      const count = left.get(word) ?? 0;
      left.set(word, count - 1);
      return count <= 0;
    });
    expect(shown.join('').length).toBeGreaterThan(200);
    expect(missed.length / shown.length, missed.slice(0, 20).join(' ')).toBeLessThan(0.02);
  });

  describe('with secrets', () => {
    const story = 'This page is about an account, and says at some length what can be done with it. '.repeat(4);
    const key = (start: string) => start + 'aB3dE5fG7hJ9'.repeat(3);

    it.each([
      [
        'a form',
        '<form><input value="SECRET"><input type="password" value="SECRET"><textarea>SECRET</textarea><select><option selected>SECRET</option></select><output>SECRET</output></form>',
      ],
      [
        'a password that is shown',
        '<label>Password <input type="text" autocomplete="current-password" value="SECRET"></label>',
      ],
      [
        'a card in a form',
        '<input autocomplete="cc-number" value="SECRET"><input autocomplete="cc-csc" value="SECRET">',
      ],
      ['a one-time code in a form', '<input autocomplete="one-time-code" value="SECRET">'],
      [
        'a draft',
        '<div contenteditable="true">SECRET</div><div contenteditable>SECRET</div><div contenteditable="plaintext-only">SECRET</div>',
      ],
      [
        'a value in a shadow root',
        '<div><template shadowrootmode="open"><input value="SECRET"><textarea>SECRET</textarea></template></div>',
      ],
      ['a card', '<p>Your card 4111 1111 1111 1111 is valid.</p>'],
      ['a card in cells', '<table><tr><td>4111</td><td>1111</td><td>1111</td><td>1111</td></tr></table>'],
      ['a card in pieces', '<p>Card <span>4111</span> <b>1111</b> <i>1111</i> <span>1111</span></p>'],
      ['an account', '<p>Pay to DE89 3704 0044 0532 0130 00, please.</p>'],
      ['an environment file', `<pre>API_KEY=${key('sk-')}\nDB_PASSWORD=hunter2x\nTOKEN=${key('ghp_')}</pre>`],
      ['a token', `<p>Use ${key('eyJ')}.${key('eyJ')}.${key('')} for this.</p>`],
      ['a header', `<pre>Authorization: Bearer ${key('')}</pre>`],
      ['a private key', '<pre>-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBg\n-----END PRIVATE KEY-----</pre>'],
      ['a code', '<p>Your verification code is 482913.</p>'],
      ['a title', `<title>${key('sk-')}</title>`],
      ['a description', `<meta name="description" content="Card 4111 1111 1111 1111">`],
    ])('%s: none is read', async (_what, html) => {
      const said = JSON.stringify(await read(`<main><h1>Account</h1><p>${story}</p>${html}<p>${story}</p></main>`));
      expect(said).toContain(story.trim());
      expect(said).not.toMatch(/SECRET|1111|3704|hunter2|aB3dE5fG7hJ9|MIIEvQ|482913/);
    });

    it('nor in what is marked', async () => {
      await lab.page.setContent(`<p id="all">${story} Card 4111 1111 1111 1111.</p>`);
      await lab.page.evaluate(() => getSelection()!.selectAllChildren(document.querySelector('#all')!));
      expect((await lab.read()).selection).toMatch(/Card \[card number\]\.$/);
    });
  });
});
