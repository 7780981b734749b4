/** The power to take a picture of what is in view, with everything covered that a person typed or that another site shows. */
import { browser } from 'wxt/browser';
import type { LookInView, PageRefusal } from '../../protocol/messages.ts';
import type { Place } from '../../protocol/snapshot.ts';
import { refusalOfMessage } from '../page-refusal.ts';
import { createQueue } from '../queue.ts';
import { capture, captureSlot } from './capture.ts';
import { findPrivate, type PrivateInView } from './find-private.ts';
import { within } from './deadline.ts';
import { toPicture } from './picture.ts';
import { currentPolicy } from './policy.ts';
import { readTab } from './read.ts';
import { tabInView, type Tab } from './tab.ts';

const deadlineMs = 4500;
const mostWaiting = 2;

const inOrder = createQueue();
let waiting = 0;

const timedOut = { ok: false, fault: 'timed-out' } as const;
const pageChanged = { ok: false, fault: 'page-changed' } as const;

export async function lookAtPage(): Promise<LookInView> {
  if (waiting > mostWaiting) return timedOut;
  waiting += 1;
  try {
    return await inOrder(() => within<LookInView>(deadlineMs, look(), () => timedOut));
  } finally {
    waiting -= 1;
  }
}

async function look(): Promise<LookInView> {
  const [tab, policy] = await Promise.all([tabInView(), currentPolicy()]);
  if (!tab) return { ok: false, fault: 'no-tab' };
  // The same questions as for its words: what may not be read may not be seen.
  const read = await readTab(tab, policy);
  if (!read.ok) return read;
  try {
    const { title, url } = read.returned as { title?: unknown; url: string };
    const shot = await shoot(tab, read.place);
    if ('fault' in shot) return shot;
    const picture = await toPicture(shot.image, shot.hidden);
    return {
      ok: true,
      place: read.place,
      title: typeof title === 'string' ? title.slice(0, 300) : '',
      url,
      ...picture,
    };
  } catch (error) {
    return refusalOfMessage(error instanceof Error ? error.message : String(error), tab.url);
  }
}

/** What is private is found before and after: a page that scrolls meanwhile has it at both places, and between them. */
async function shoot(tab: Tab, place: Place): Promise<{ image: string; hidden: PrivateInView[] } | PageRefusal> {
  await captureSlot();
  const before = await privateIn(place);
  if (!before) return pageChanged;
  const image = await capture(tab.windowId, 90);
  const [after, now] = await Promise.all([privateIn(place), tabInView()]);
  return after && now?.id === tab.id ? { image, hidden: [before, after] } : pageChanged;
}

/** Null: the tab shows another document now. */
async function privateIn({ tabId, documentId }: Place): Promise<PrivateInView | null> {
  const [main] = await browser.scripting.executeScript({ target: { tabId }, func: findPrivate });
  if (main?.documentId !== documentId) return null;
  if (!main.result) throw new Error('what is private on the page could not be found');
  return main.result;
}
