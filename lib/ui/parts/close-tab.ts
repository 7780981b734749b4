/** Closes the tab that this page is in. */
import { browser } from 'wxt/browser';

export async function closeTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}
