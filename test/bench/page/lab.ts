/**
 * Runs in the browser. Opens a saved page in a frame without scripts and network, and reads it.
 *
 * The sets hold HTML only: no stylesheet that a page links to. What is left in `<style>` is half a style, and says of
 * many a page that all of it is hidden until a script has run. So the pages are measured bare: `<script>`, `<style>` and
 * `<link>` are taken out, and an element whose own `style` or `hidden` attribute hides more than half of the page's words
 * is shown, as its script would have done. All readers get the same document; `asFetched` leaves it all in.
 */
import { collect } from '../../../lib/page/collect.ts';
import { openDom } from '../../../lib/page/dom.ts';
import { findContent } from '../../../lib/page/find-content.ts';
import { readPage } from '../../../lib/page/read.ts';
import { observe } from '../../../lib/page/score.ts';
import { survey } from '../../../lib/page/survey.ts';

export async function openFrame(html: string, asFetched: boolean): Promise<void> {
  document.querySelector('iframe')?.remove();
  const frame = document.createElement('iframe');
  frame.sandbox.add('allow-same-origin');
  frame.style.cssText = 'position: absolute; inset: 0; width: 1280px; height: 900px; border: 0';
  frame.srcdoc = asFetched ? html : bare(html);
  const loaded = new Promise((resolve) => {
    frame.addEventListener('load', resolve, { once: true });
  });
  document.body.append(frame);
  await loaded;
  if (!asFetched) showWhatScriptsShow(opened());
}

/** The page that is open. */
export function opened(): Document {
  return document.querySelector('iframe')!.contentDocument!;
}

function bare(html: string): string {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  for (const element of parsed.querySelectorAll('script, style, link')) element.remove();
  return `<!doctype html>${parsed.documentElement.outerHTML}`;
}

function showWhatScriptsShow(page: Document): void {
  const all = page.body?.textContent?.length ?? 0;
  for (const element of page.querySelectorAll<HTMLElement>('[style], [hidden]')) {
    if ((element.textContent?.length ?? 0) < all / 2) continue;
    if (element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    element.hidden = false;
    for (const property of ['display', 'opacity', 'visibility']) element.style.removeProperty(property);
  }
}

export interface Reading {
  text: string;
  ms: number;
}

/** The best of `rounds`: the machine is shared, and the first is compiled on the way. */
export function timed(read: () => string, rounds: number): Reading {
  let text = '';
  let ms = Infinity;
  for (let round = 0; round < rounds; round += 1) {
    const begin = performance.now();
    text = read();
    ms = Math.min(ms, performance.now() - begin);
  }
  return { text, ms };
}

/** Laid out before, as a page in view is. */
export function readOurs(rounds: number): Reading {
  opened().documentElement.getBoundingClientRect();
  return timed(() => readPage(opened()).text, rounds);
}

/** Only what Readability does too: the content is found, but nobody has looked at what of it can be seen. */
export function findOurs(rounds: number): Reading {
  const dom = openDom();
  const root = opened().documentElement;
  root.getBoundingClientRect();
  return timed(() => String(findContent(root, null, dom, performance.now() + 5000).content.length), rounds);
}

const around =
  'nav, footer, aside, form, header, [hidden], [aria-hidden=true], [role=navigation], [role=banner], [role=contentinfo], [role=complementary], [role=search], [role=dialog], script, style, noscript, template, svg, button, select, iframe';

/** The plain one: without landmarks, `<main>` or all. */
export function readStrip(rounds: number): Reading {
  return timed(() => {
    const root = opened().querySelector('main, [role=main]') ?? opened().body;
    if (!root) return '';
    let text = '';
    const walk = (node: Node): void => {
      if (node.nodeType === Node.TEXT_NODE) text += (node as Text).data;
      if (node.nodeType !== Node.ELEMENT_NODE || (node as Element).matches(around)) return;
      for (const child of node.childNodes) walk(child);
      if (!/^(?:a|b|i|em|strong|span|code|small|sub|sup|u)$/.test((node as Element).localName)) text += '\n';
    };
    for (const child of root.childNodes) walk(child);
    return text;
  }, rounds);
}

/** For fitting: what is observed of each block, and its words. */
export function observed(): { text: string; words: number; rows: number[][] }[] {
  const dom = openDom();
  const { drafts, boxes } = collect(opened().documentElement, dom, {
    deadline: performance.now() + 5000,
    everything: false,
    around: null,
  });
  const page = survey(drafts, boxes);
  return observe(page).map((rows, index) => {
    const { pieces, words } = drafts[index]!;
    return {
      text: pieces.map((piece) => (typeof piece === 'string' ? piece : piece.data)).join(''),
      words,
      rows: rows.map((row) => row.map(Number)),
    };
  });
}
