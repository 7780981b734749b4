/** Marks on words of a page: put on, and taken away when the answer is over. Which documents have one outlives the worker. */
import { browser } from 'wxt/browser';
import { longestQuote, type Pointed, type QuoteShown } from '../protocol/messages.ts';
import { longestFound, type PointResult, type PointWish, type PointWorld } from '../protocol/point.ts';
import { isActive, type Phase, type Place, type Quote, type Turn } from '../protocol/snapshot.ts';
import { refusalOfMessage } from './page-refusal.ts';
import { createQueue } from './queue.ts';
import { textFragment } from './text-fragment.ts';

/** `executeScript` may never settle: a busy page, a navigation. */
const deadlineMs = 3000;
const unmarkMs = 1000;
/** After the last word of an answer, to look at what it rests on. */
const lingerMs = 5000;
/** After a press on a quote in the transcript. */
const shownMs = 10_000;

/**
 * Amber is the colour of what is being read. Ink on it is readable whatever the page's own colours are. An author's sheet,
 * because Chromium 156 paints no `::highlight` of a user's; in a layer, so that no rule of the page's own is stronger.
 */
const css = `@layer {
  ::highlight(parley) { background-color: #ffdf9c !important; color: #1f1c19 !important; text-shadow: none !important }
  @media (forced-colors: active) {
    ::highlight(parley) { background-color: Highlight !important; color: HighlightText !important }
  }
}`;

/** A document with a mark. */
interface Marked extends Pick<Place, 'tabId' | 'documentId'> {
  framed: boolean;
}

const key = 'marks';
const inOrder = createQueue();
let leaving: ReturnType<typeof setTimeout> | undefined;

/** Marks words in the document they were read from, and scrolls to them. Settles within 3 s. */
export function pointAt({ tabId, documentId }: Place, quote: string): Promise<Pointed> {
  const until = Date.now() + deadlineMs;
  return inOrder(() => markIn(tabId, documentId, quote, until));
}

/** The person wants to see a quote again. Its tab may have been loaded anew, and the worker may have died, since it was marked. */
export async function showQuote({ text, url, place }: Quote): Promise<QuoteShown> {
  const until = Date.now() + deadlineMs;
  const isShown = await inOrder(() => showIn(place.tabId, text, url, until)).catch(() => false);
  return isShown ? { shown: true } : { shown: false, url: textFragment(url, text) };
}

/**
 * With every state of the call. An answer that is read has no end: its mark stays until the next question, in a typed call
 * and where answers are not `heard`.
 */
export async function followMarks(phase: Phase, turn: Turn | null, heard = true): Promise<void> {
  if (!isActive(phase) || turn === 'hearing' || turn === 'held') return unmarkAll();
  const isOver = heard && (turn === 'listening' || turn === 'resting' || turn === 'muted');
  if (!isOver) stay();
  else if (leaving === undefined) leaveIn(lingerMs);
}

export function unmarkAll(): Promise<void> {
  stay();
  return inOrder(async () => {
    const all = await marked();
    if (all.length === 0) return;
    await Promise.all(all.map(unmark));
    await keep([]);
  });
}

function leaveIn(ms: number): void {
  stay();
  leaving = setTimeout(() => void unmarkAll(), ms);
}

function stay(): void {
  clearTimeout(leaving);
  leaving = undefined;
}

async function showIn(tabId: number, text: string, url: string, until: number): Promise<boolean> {
  const tab = await browser.tabs.get(tabId);
  if (!isSamePage(tab.url, url)) return false;
  await browser.tabs.update(tabId, { active: true });
  if (tab.windowId !== undefined) await browser.windows.update(tab.windowId, { focused: true });
  const [main] = await inTime(browser.scripting.executeScript({ target: { tabId }, func: () => location.href }), until);
  // What the document itself says: the tab may have gone on since.
  if (!main || !isSamePage(main.result, url)) return false;
  const pointed = await markIn(tabId, main.documentId, text, until);
  if (pointed.ok) leaveIn(shownMs);
  return pointed.ok;
}

/** Runs alone. A mark that was there before, here or elsewhere, goes when the new one is there. */
async function markIn(tabId: number, documentId: string, quote: string, until: number): Promise<Pointed> {
  if (Date.now() >= until) return { ok: false, fault: 'timed-out' };
  const before = await marked();
  const others = before.filter((each) => each.documentId !== documentId);
  // Before it is done: the worker may die, or the page answer after the deadline.
  await keep([
    ...others,
    before.find((each) => each.documentId === documentId) ?? { tabId, documentId, framed: false },
  ]);
  try {
    const found = await inject(tabId, { quote: quote.slice(0, longestQuote), documentId, until });
    if (!found) {
      await keep(before);
      return { ok: false, fault: 'not-on-page' };
    }
    stay();
    const here = { tabId, documentId, framed: found.framed };
    await keep([...others, here]);
    await inTime(browser.scripting.insertCSS({ ...styled(here), css }), until);
    await Promise.all(others.map(unmark));
    await keep([here]);
    return { ok: true, text: found.text, exact: found.exact };
  } catch (error) {
    if (error instanceof TooLate) return { ok: false, fault: 'timed-out' };
    await keep(before);
    if (error instanceof PageLeft) return { ok: false, fault: 'page-changed' };
    return refusalOfMessage(error instanceof Error ? error.message : String(error), undefined);
  }
}

/**
 * While the browser keeps a page that was left, to go back to it, what is meant for its document runs in the one that
 * followed (Chromium 156). Only the result says where it ran.
 */
async function inject(tabId: number, wish: PointWish): Promise<PointResult | null> {
  const { documentId, until } = wish;
  const target = { tabId, documentIds: [documentId] };
  const leaveWish = (wished: PointWish) => {
    (globalThis as PointWorld).parleyWish = wished;
  };
  const left = await inTime(
    browser.scripting.executeScript({ target, func: leaveWish as (...args: unknown[]) => void, args: [wish] }),
    until,
  );
  if (left[0]?.documentId !== documentId) throw new PageLeft();
  const [main] = await inTime(browser.scripting.executeScript({ target, files: ['/point-at.js'] }), until);
  if (main?.documentId !== documentId) throw new PageLeft();
  return checked(main.result);
}

/** Null when nothing was found. It comes out of a page's process. */
function checked(result: unknown): PointResult | null {
  if (result === null || result === undefined) return null;
  const { text, exact, framed } = result as Partial<PointResult>;
  if (typeof text !== 'string' || typeof exact !== 'boolean') throw new TypeError('not a result');
  return { text: text.slice(0, longestFound), exact, framed: framed === true };
}

/** Whatever happened to the page since; one that was left has taken its mark away itself. */
async function unmark(mark: Marked): Promise<void> {
  const { tabId, documentId } = mark;
  const until = Date.now() + unmarkMs;
  const erase = (id: string) => {
    const { parleyMark } = globalThis as PointWorld;
    if (parleyMark?.documentId === id) parleyMark.unmark();
  };
  try {
    const [main] = await inTime(
      browser.scripting.executeScript({
        target: { tabId, documentIds: [documentId] },
        func: erase as (...args: unknown[]) => void,
        args: [documentId],
      }),
      until,
    );
    if (main?.documentId === documentId) await inTime(browser.scripting.removeCSS({ ...styled(mark), css }), until);
  } catch {
    // Gone with its page, or too busy to be told.
  }
}

function styled({ tabId, documentId, framed }: Marked) {
  return {
    target: framed ? { tabId, allFrames: true } : { tabId, documentIds: [documentId] },
    origin: 'AUTHOR' as const,
  };
}

async function marked(): Promise<Marked[]> {
  const { [key]: kept } = await browser.storage.session.get(key);
  return Array.isArray(kept) ? (kept as Marked[]) : [];
}

async function keep(marks: Marked[]): Promise<void> {
  await browser.storage.session.set({ [key]: marks });
}

function isSamePage(one: unknown, other: string): boolean {
  const [a, b] = [typeof one === 'string' ? URL.parse(one) : null, URL.parse(other)];
  return a !== null && b !== null && a.protocol === b.protocol && a.host === b.host && a.pathname === b.pathname;
}

class TooLate extends Error {}
class PageLeft extends Error {}

function inTime<T>(work: Promise<T>, until: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TooLate()), until - Date.now());
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
