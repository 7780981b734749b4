/** The power to read a page, and what is held back: what the policy forbids never leaves the worker. */
import { browser } from 'wxt/browser';
import type { PageInView, PageRefusal } from '../../protocol/messages.ts';
import { refusalOfMessage, refusalOfUrl } from '../page-refusal.ts';
import { originOf } from './address.ts';
import { capture, captureSlot } from './capture.ts';
import { rememberAsked } from './consent.ts';
import { within } from './deadline.ts';
import { grantedTab } from './granted-tabs.ts';
import { currentPolicy, refusalOfSite, type Policy } from './policy.ts';
import { tabInView, tabOf, type Tab } from './tab.ts';

const readDeadlineMs = 3000;

/** Of the tab in view, or of another on which the person pressed the toolbar icon. */
export async function readPage(id?: number, deadlineMs = readDeadlineMs): Promise<PageInView> {
  const [tab, policy] = await Promise.all([id === undefined ? tabInView() : grantedTab(id), currentPolicy()]);
  if (!tab) return { ok: false, fault: id === undefined ? 'no-tab' : 'tab-not-granted' };
  const read = await within(deadlineMs, readTab(tab, policy), () => whyLate(tab));
  return id !== undefined && !read.ok && read.fault === 'not-granted' ? { ok: false, fault: 'tab-not-granted' } : read;
}

/** Settles when the page does, which may be never. */
export async function readTab(tab: Tab, policy: Policy): Promise<PageInView> {
  const read = refusalOfTab(tab, policy) ?? (await inject(tab, policy));
  // A click can allow only what was asked for.
  if (!read.ok && read.askOrigin) await rememberAsked(read.askOrigin);
  return read;
}

/** What is known of it before anything runs in it. */
export function refusalOfTab({ incognito, url }: Tab, policy: Policy): PageRefusal | null {
  if (incognito) return { ok: false, fault: 'private-window' };
  return refusalOfUrl(url) ?? (url ? refusalOfSite(url, policy) : null);
}

async function inject(tab: Tab, policy: Policy): Promise<PageInView> {
  try {
    const [main] = await browser.scripting.executeScript({ target: { tabId: tab.id }, files: ['/read-page.js'] });
    return judge(main, tab, await tabOf(tab.id), policy);
  } catch (error) {
    const refusal = refusalOfMessage(error instanceof Error ? error.message : String(error), tab.url);
    // A site that is never read is not offered to be granted either.
    const ofSite = refusal.grantOrigin ? refusalOfSite(refusal.grantOrigin, policy) : null;
    if (ofSite?.fault === 'never-read') return ofSite;
    return refusal.fault === 'not-granted' && (await isNeverGranted(tab))
      ? { ok: false, fault: 'restricted-page' }
      : refusal;
  }
}

/**
 * Of `about:blank`, `data:` and `view-source:` the browser tells no address, pressed on or not, and refuses both in the
 * same words; but where the icon was pressed, a picture is not refused for want of a press. It is thrown away.
 */
async function isNeverGranted({ active, url, windowId }: Tab): Promise<boolean> {
  if (!active || url) return false;
  await captureSlot();
  return capture(windowId, 0).then(
    () => true,
    (error: unknown) => /cannot access/i.test(String(error)),
  );
}

/**
 * The page's process says what it is, and may lie; the browser says where the tab was and is. They must agree, or the
 * policy was held against another page than the one that was read.
 */
function judge(
  main: { documentId?: string; result?: unknown } | undefined,
  before: Tab,
  after: Tab | null,
  policy: Policy,
): PageInView {
  const returned = main?.result;
  const { url, passwordInView } = { ...(returned as { url?: unknown; passwordInView?: unknown } | null | undefined) };
  if (!main?.documentId || typeof url !== 'string' || typeof passwordInView !== 'boolean')
    return { ok: false, fault: 'failed' };
  // Unknown: the tab is gone, or is with a site that was not granted.
  if (!after?.url) return { ok: false, fault: 'page-changed' };
  const refused = refusalOfUrl(after.url);
  if (refused) return refused;
  const origin = originOf(after.url);
  const wasElsewhere = before.url !== undefined && originOf(before.url) !== origin;
  if (!origin || originOf(url) !== origin || wasElsewhere) return { ok: false, fault: 'page-changed' };
  return (
    refusalOfSite(after.url, policy, passwordInView) ?? {
      ok: true,
      place: { tabId: before.id, documentId: main.documentId, origin },
      returned,
    }
  );
}

/** A page that is too busy to answer, or one that was left while it was asked. */
async function whyLate({ id, url }: Tab): Promise<PageInView> {
  const now = await tabOf(id);
  return { ok: false, fault: now && now.url === url ? 'timed-out' : 'page-changed' };
}
