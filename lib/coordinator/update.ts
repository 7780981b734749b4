/**
 * A new version of this extension waits while a call runs or a page of ours is open. The browser installs it by itself
 * only when nothing of ours runs at all, the worker included, which may be never; and a reload closes every page.
 */
import { browser } from 'wxt/browser';
import { inTurn } from './host-document.ts';

/** In session storage, because the worker forgets; what waits when the browser ends is installed when it starts. */
const key = 'update-waits';

/** Contexts that a person would miss. A call is where the offscreen document is. */
const inUse = ['OFFSCREEN_DOCUMENT', 'POPUP', 'SIDE_PANEL', 'TAB'];

export async function updateCame(): Promise<void> {
  await browser.storage.session.set({ [key]: true });
  await updateIfIdle();
}

/** To be asked when something has ended, and never when something begins: what was pressed would be lost. */
export function updateIfIdle(): Promise<void> {
  return inTurn(async () => {
    if ((await browser.storage.session.get(key))[key] !== true) return;
    const contexts = await chrome.runtime.getContexts({ contextTypes: inUse as chrome.runtime.ContextType[] });
    if (contexts.length === 0) browser.runtime.reload();
  });
}
