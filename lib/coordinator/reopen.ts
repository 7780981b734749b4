/** After a reload that the person asked for, they are where they were, as far as a browser lets anybody but them open it. */
import { browser } from 'wxt/browser';
import { takePage } from '../storage/reopen.ts';

/** Side panels open only inside a gesture; the popup stands in for one, and has a button that leads to it. */
const inToolbar = /^\/(popup|sidepanel)\.html/;

export async function reopenPage(): Promise<void> {
  const page = await takePage();
  if (page === null) return;
  if (!inToolbar.test(page)) {
    await browser.tabs.create({ url: browser.runtime.getURL(page as '/options.html') });
    return;
  }
  // Nobody pressed the icon, so nothing begins in it.
  await browser.action.setPopup({ popup: 'popup.html?reopened' });
  await browser.action.openPopup().finally(() => browser.action.setPopup({ popup: 'popup.html' }));
}
