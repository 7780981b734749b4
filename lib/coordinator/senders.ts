/** Which of our own pages sent an intent. */
import { browser } from 'wxt/browser';
import type { Sender } from '../link/messages.ts';

/** The toolbar's popup, over the tab on which its icon was pressed; the same page in a tab is not. */
export function isPopup({ url, tab }: Sender): boolean {
  return !tab && isOwn(url, 'popup.html');
}

/** A page that says how the last call ended. */
export function showsCalls({ url }: Sender): boolean {
  return isOwn(url, 'popup.html') || isOwn(url, 'sidepanel.html');
}

/** A page on which a person can click. Not the one in which the model's words are acted upon, nor any script in a page. */
export function isView({ url }: Sender): boolean {
  return isOwn(url, '') && !isOwn(url, 'offscreen.html');
}

function isOwn(url: string | undefined, path: string): boolean {
  return url?.startsWith(browser.runtime.getURL(`/${path}` as '/popup.html')) ?? false;
}
