/**
 * Tabs on which the person pressed the toolbar icon or a shortcut, each with the site it showed then: with another site
 * in it, the tab is another. Kept until the browser ends; looked at when it is used.
 */
import { browser } from 'wxt/browser';
import { refusalOfUrl } from '../page-refusal.ts';
import { createQueue } from '../queue.ts';
import { originOf } from './address.ts';
import { tabOf, type Tab } from './tab.ts';

const key = 'granted-tabs';
const most = 50;
const inOrder = createQueue();

interface Grant {
  tabId: number;
  origin: string;
}

/** Call it in the event of the press: the browser tells the address of the tab that was pressed on. */
export function keepGrant(
  tab: { id?: number | undefined; url?: string | undefined } | null | undefined,
): Promise<void> {
  return inOrder(async () => {
    const origin = originOf(tab?.url);
    if (tab?.id === undefined || !origin || refusalOfUrl(tab.url)) return;
    const others = (await grants()).filter(({ tabId }) => tabId !== tab.id);
    await keep([...others, { tabId: tab.id, origin }]);
  });
}

/** Null: never pressed on, closed, or gone to another site; which of them is nobody's business. */
export async function grantedTab(id: number): Promise<Tab | null> {
  const grant = (await grants()).find(({ tabId }) => tabId === id);
  if (!grant) return null;
  const tab = await tabOf(id);
  if (tab && originOf(tab.url) === grant.origin) return tab;
  await drop(grant);
  return null;
}

export async function grantedTabs(): Promise<Tab[]> {
  const tabs = await Promise.all((await grants()).map(({ tabId }) => grantedTab(tabId)));
  return tabs.filter((tab) => tab !== null);
}

function drop({ tabId, origin }: Grant): Promise<void> {
  return inOrder(async () => keep((await grants()).filter((each) => each.tabId !== tabId || each.origin !== origin)));
}

async function grants(): Promise<Grant[]> {
  const { [key]: kept } = await browser.storage.session.get(key);
  return Array.isArray(kept) ? (kept as Grant[]) : [];
}

function keep(kept: Grant[]): Promise<void> {
  return browser.storage.session.set({ [key]: kept.slice(-most) });
}
