/** Where the person was when they reloaded the extension. In `storage.local`: a reload clears what a session keeps. */
import { browser } from 'wxt/browser';

const key = 'reopen';

/** `page`: path, search and fragment of one of our own pages. */
export async function keepPage(page: string): Promise<void> {
  await browser.storage.local.set({ [key]: page });
}

/** Once; null: there is none. */
export async function takePage(): Promise<string | null> {
  const { [key]: page } = await browser.storage.local.get(key);
  if (typeof page !== 'string') return null;
  await browser.storage.local.remove(key);
  return page;
}
