/** A picture of the page in view: what it shows, what it never shows, and that taking it leaves nothing behind. */
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { LookInView } from '../../lib/protocol/messages.ts';
import { openScene, servePage, type Scene } from '../support/scene.ts';

/** What is public is blue; what a person typed or another site shows is red. */
const red = 'font-size: 40px; color: #f00 !important; transition: all 1s';
const form = (foreign: string) => `<!doctype html><title>Form</title>
<style>::selection { color: #f00; background: #f00 } body { margin: 0; color: #00f }</style>
<h1 style="font-size: 60px">Public words</h1>
<input id="typed" value="TYPED" style="${red}">
<input type="checkbox" checked style="accent-color: #f00">
<select style="${red}"><option>CHOSEN</option></select>
<textarea style="${red}">AREA</textarea>
<div contenteditable style="${red}; height: 10px">EDITED <b>words that reach out of their box</b></div>
<x-open></x-open><x-closed></x-closed>
<iframe srcdoc="<input value=FRAMED style='color: #f00'>" width="200" height="60"></iframe>
<iframe src="${foreign}" width="200" height="60"></iframe>
<script>
  const field = '<input value="SHADOW" style="${red}">';
  document.querySelector('x-open').attachShadow({ mode: 'open' }).innerHTML = field;
  document.querySelector('x-closed').attachShadow({ mode: 'closed' }).innerHTML = field;
  typed.select();
</script>`;

let scene: Scene;
let page: Page;
let foreign: Awaited<ReturnType<typeof servePage>>;

beforeAll(async () => {
  foreign = await servePage('<body style="background: #f00">');
  scene = await openScene({
    html: form(foreign.url.replace('127.0.0.1', 'localhost')),
    settings: { autoStart: false },
  });
  page = scene.page;
  await (await scene.extension.clickToolbar(page)).close();
});
beforeEach(async () => {
  await page.bringToFront();
  await page.reload();
});
afterAll(async () => {
  await scene?.close();
  await foreign?.close();
});

async function look(): Promise<LookInView> {
  const message = { target: 'coordinator', kind: 'ask', body: { type: 'look-at-page' } };
  const answer = await scene.extension.hidden.evaluate((sent) => chrome.runtime.sendMessage(sent), message);
  return (answer as { value: LookInView }).value;
}

async function seen(): Promise<Extract<LookInView, { ok: true }>> {
  const inView = await look();
  if (!inView.ok) throw new Error(`not seen: ${inView.fault}`);
  return inView;
}

/** How many pixels of the picture are of a colour, as a share of all. */
function share(image: string, of: 'red' | 'blue'): Promise<number> {
  return scene.extension.hidden.evaluate(
    async (url, channel) => {
      const picture = new Image();
      picture.src = url;
      await picture.decode();
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d')!;
      context.drawImage(picture, 0, 0);
      const { data } = context.getImageData(0, 0, picture.width, picture.height);
      let count = 0;
      for (let at = 0; at < data.length; at += 4) {
        const [strong, weak] = channel === 'red' ? [data[at]!, data[at + 2]!] : [data[at + 2]!, data[at]!];
        if (strong > 150 && weak < 90 && data[at + 1]! < 90) count += 1;
      }
      return count / (data.length / 4);
    },
    image,
    of,
  );
}

describe('a picture of the page', () => {
  it('shows the page as it is in view, and nothing that a person typed or another site shows', async () => {
    const before = await page.evaluate(() => document.documentElement.outerHTML);
    const { image, title, url, place, width, height } = await seen();
    expect({ title, url, origin: place.origin }).toEqual({
      title: 'Form',
      url: page.url(),
      origin: new URL(page.url()).origin,
    });
    expect(image.startsWith('data:image/jpeg;base64,')).toBe(true);
    expect(width / height).toBeCloseTo(await page.evaluate(() => innerWidth / innerHeight), 1);
    expect(await share(image, 'blue')).toBeGreaterThan(0.005);
    expect(await share(image, 'red')).toBe(0);
    expect(await page.evaluate(() => document.documentElement.outerHTML)).toBe(before);
  });

  it('covers fields where they are while the page moves', async () => {
    await page.evaluate(() => {
      document.body.style.height = '4000px';
      const scroll = () => {
        scrollBy(0, 2);
        requestAnimationFrame(scroll);
      };
      scroll();
    });
    expect(await share((await seen()).image, 'red')).toBe(0);
  });

  it('fits into one event, however much there is to see', async () => {
    await page.evaluate(() => {
      const canvas = document.createElement('canvas');
      canvas.width = 1600;
      canvas.height = 1200;
      const context = canvas.getContext('2d')!;
      for (let x = 0; x < 1600; x += 4)
        for (let y = 0; y < 1200; y += 4) {
          context.fillStyle = `hsl(${Math.random() * 360} 100% 50%)`;
          context.fillRect(x, y, 4, 4);
        }
      document.body.replaceChildren(canvas);
    });
    const { image, width, height } = await seen();
    expect(image.length).toBeLessThanOrEqual(56 * 1024);
    expect(Math.max(width, height)).toBeLessThanOrEqual(1024);
    expect(Math.max(width, height)).toBeGreaterThan(200);
  });

  it('is taken as often as the browser allows, and more are refused', async () => {
    const looks = await Promise.all([look(), look(), look(), look(), look()]);
    expect(looks.map((each) => each.ok || each.fault)).toEqual([true, true, true, 'timed-out', 'timed-out']);
  });

  it('needs a click where a password field is in view', async () => {
    await page.evaluate(() => document.body.insertAdjacentHTML('afterbegin', '<input type="password">'));
    expect(await look()).toEqual({ ok: false, fault: 'ask-first', askOrigin: new URL(page.url()).origin });
  });

  it('is of the page that was asked for, or of none', async () => {
    const other = await scene.browser.newPage();
    const looking = look();
    await other.bringToFront();
    const inView = await looking;
    if (inView.ok) expect(await share(inView.image, 'blue')).toBeGreaterThan(0.005);
    else expect(inView.fault).toMatch(/page-changed|not-granted|restricted-page/);
    expect(await look()).toMatchObject({ ok: false });
    await other.close();
  });

  it('is not taken of a page that is left meanwhile', async () => {
    await page.evaluate(() => setInterval(() => location.reload(), 30));
    const inView = await look();
    if (!inView.ok) expect(inView.fault).toMatch(/page-changed|timed-out/);
  });
});
