/**
 * A read inside the built extension: asked by one of its pages, through the worker and the page in view and back. On a page
 * of 15,000 elements, shaped as large pages are: menus, and chapters of prose with links, pictures, lists and icons.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildExtension } from '../../start/build.ts';
import { builtExtension, launchBrowser } from '../../support/browser.ts';
import { openExtension } from '../../support/extension.ts';
import type { Measured } from '../table.ts';

const rounds = 25;
/** The first reads of a world are those in which the engine gets to know the code. */
const warmUps = 5;

interface Round {
  ms: number;
  characters: number;
}

export async function measureLarge(extensionDir?: string): Promise<Measured[]> {
  if (!extensionDir) await buildExtension(console.log);
  const browser = await launchBrowser({ headless: true, extensionDir: extensionDir ?? builtExtension });
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(
      request.url === '/large' ? largePage() : '<title>Small</title><main><p>One sentence of tea.</p></main>',
    );
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    const extension = await openExtension(browser);
    const [page] = await browser.pages();
    const read = async (path: string): Promise<{ first: Round; times: number[]; elements: number }> => {
      await page!.goto(origin + path);
      await page!.bringToFront();
      await (await extension.clickToolbar(page!)).close();
      const elements = await page!.evaluate(() => document.querySelectorAll('*').length);
      const all: Round[] = [];
      for (let round = 0; round < warmUps + rounds; round += 1) all.push(await extension.hidden.evaluate(ask));
      return { first: all[0]!, times: all.slice(warmUps).map(({ ms }) => ms), elements };
    };
    const small = await read('/small');
    const { first, times, elements } = await read('/large');
    const spread = times.toSorted((a, b) => a - b);
    return [
      {
        id: `tool round trip at ${elements} elements`,
        value: median(times),
        unit: 'ms',
        target: { atMost: 15 },
        note: `${first.characters} characters, fastest ${spread[0]!.toFixed(1)} ms`,
      },
      { id: 'tool round trip, first read of that page', value: first.ms, unit: 'ms' },
      { id: 'tool round trip, page of one sentence', value: median(small.times), unit: 'ms' },
    ];
  } finally {
    await browser.close();
    server.close();
  }
}

/** Runs in a page of the extension. */
async function ask(): Promise<Round> {
  const message = { target: 'coordinator', kind: 'ask', body: { type: 'read-page' } };
  const begin = performance.now();
  const answer = await chrome.runtime.sendMessage(message);
  const ms = performance.now() - begin;
  if (!answer?.value?.ok) throw new Error(`The page was not read: ${JSON.stringify(answer).slice(0, 300)}`);
  return { ms, characters: answer.value.returned.characters };
}

/** Most elements of a large page hold no word: wrappers and icons. Of 15,000 come about 35,000 characters (performance.md 1.6). */
function largePage(): string {
  const menu = '<li class="item"><a href="#part"><span>Entry</span></a></li>';
  const prose =
    '<p>Some <b>words</b> of a chapter that has sentences, with <a href="#other">a link</a> now and then.</p>';
  const picture =
    '<figure><div class="frame"><a href="#picture"><img alt="" width="40" height="30"></a></div><figcaption>A cup of tea</figcaption></figure>';
  const icon =
    '<div class="tool"><button><svg width="9" height="9"><g><path d="M0 0h9"/><path d="M0 5h9"/></g></svg></button></div>';
  const wrapped = (words: string) =>
    `<div class="row"><div class="column"><div class="inner">${words}</div></div></div>`;
  const chapter =
    `<section class="chapter"><h2 id="part">A part of it <span class="edit">[<a href="#edit">edit</a>]</span></h2>` +
    `${wrapped(prose)}${wrapped(picture)}${wrapped('<ul><li>One kind</li><li>Another kind</li></ul>')}<div class="tools">${icon.repeat(7)}</div></section>`;
  return (
    '<!doctype html><title>Large</title><style>body{font:16px/1.5 sans-serif;color:#222}nav{float:left;width:200px}main{margin-left:220px}' +
    '.tool{display:inline-block}.chapter{position:relative}.edit{opacity:.6}figure{overflow:hidden}.row{display:flex}</style>' +
    `<nav><ul>${menu.repeat(500)}</ul></nav><main>${chapter.repeat(197)}</main><footer><ul>${menu.repeat(150)}</ul></footer>`
  );
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;
}
