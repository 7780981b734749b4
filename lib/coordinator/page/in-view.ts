/** What may be read of the page in view, told before anything is read: by the policy of reading, and without its words. */
import { browser } from 'wxt/browser';
import type { PageRefusal, PageSeen } from '../../protocol/messages.ts';
import { refusalOfMessage } from '../page-refusal.ts';
import { placeName } from './address.ts';
import { within } from './deadline.ts';
import { currentPolicy } from './policy.ts';
import { refusalOfTab } from './read.ts';
import { tabInView, type Tab } from './tab.ts';

const longestTitle = 150;
/** Milliseconds. A page that is too busy for one line of script is told of without it. */
const glanceMs = 500;

/** `pressed`: the toolbar icon was pressed on this page; what is not granted after that never is. */
export async function pageInView(pressed: boolean): Promise<PageSeen> {
  const [tab, policy] = await Promise.all([tabInView(), currentPolicy()]);
  if (!tab) return seen(null, { ok: false, fault: 'no-tab' });
  const ofTab = refusalOfTab(tab, policy);
  if (ofTab) return seen(tab, ofTab);
  const glance = await glanceAt(tab);
  if (!('fault' in glance)) return seen(tab, null, glance.hasSelection);
  if (pressed && glance.fault === 'not-granted') return seen(tab, { ok: false, fault: 'restricted-page' });
  return seen(tab, glance);
}

type Glance = { hasSelection: boolean } | PageRefusal;

/** Where the page is not granted, the browser's refusal is the answer and nothing runs in it. */
async function glanceAt(tab: Tab): Promise<Glance> {
  const target = { tabId: tab.id };
  const running = browser.scripting.executeScript({ target, func: isSelected, injectImmediately: true });
  const looked = running.then(
    ([main]): Glance => ({ hasSelection: main?.result === true }),
    (error: unknown) => refusedGlance(String(error), tab),
  );
  return within(glanceMs, looked, () => ({ hasSelection: false }));
}

/** A page that goes or fails in this moment is no reason to call it unreadable: the policy lets it be read. */
function refusedGlance(message: string, tab: Tab): Glance {
  const refusal = refusalOfMessage(message, tab.url);
  const lasts = refusal.fault === 'not-granted' || refusal.fault === 'restricted-page';
  return lasts || !tab.url ? refusal : { hasSelection: false };
}

/** Runs in the page; what a person types is not selected text. Yes or no is all that comes back. */
function isSelected(): boolean {
  const selection = getSelection();
  const node = selection?.anchorNode;
  const element = node instanceof Element ? node : node?.parentElement;
  return Boolean(
    selection && !selection.isCollapsed && !element?.closest('[contenteditable]:not([contenteditable="false"])'),
  );
}

function seen(tab: Tab | null, refusal: PageRefusal | null, hasSelection = false): PageSeen {
  const told = tab?.incognito ? null : tab;
  return {
    tabId: tab?.id ?? null,
    title: (told?.title ?? '').slice(0, longestTitle),
    host: placeName(told?.url),
    reads: readsOf(refusal),
    fault: refusal?.fault ?? null,
    ...(refusal?.grantOrigin && { grantOrigin: refusal.grantOrigin }),
    hasSelection,
  };
}

function readsOf(refusal: PageRefusal | null): PageSeen['reads'] {
  switch (refusal?.fault) {
    case undefined:
      return 'yes';
    case 'not-granted':
      return 'after-click';
    case 'ask-first':
      return 'ask-first';
    case 'never-read':
      return 'never';
    default:
      return 'cannot';
  }
}
