/** Tabs, as the browser tells of them. */
import { browser } from 'wxt/browser';

export interface Tab {
  id: number;
  windowId: number;
  /** These are there only when a click granted the tab or its site, or when it is our own. */
  url?: string | undefined;
  title?: string | undefined;
  active: boolean;
  incognito: boolean;
}

export async function tabInView(): Promise<Tab | null> {
  const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
  return asTab(tab);
}

/** Null: there is none, or not any more. */
export async function tabOf(id: number): Promise<Tab | null> {
  return asTab(await browser.tabs.get(id).catch(() => undefined));
}

/** In ordinary windows. */
export async function openTabs(): Promise<Tab[]> {
  const tabs = await browser.tabs.query({ windowType: 'normal' });
  return tabs.flatMap((tab) => asTab(tab) ?? []);
}

function asTab(tab: (Omit<Tab, 'id'> & { id?: number | undefined }) | undefined): Tab | null {
  if (tab?.id === undefined || tab.id < 0) return null;
  const { id, windowId, url, title, active, incognito } = tab;
  return { id, windowId, url, title, active, incognito };
}
