/** The page that asks for the microphone: popup, panel and offscreen document cannot. */
import { browser } from 'wxt/browser';

/** Opens it, or brings the one that is open to the front. `why`: for a call that waits, or from the settings. */
export async function openPermissionPage(why: 'call' | 'settings'): Promise<void> {
  const page = browser.runtime.getURL('/microphone.html');
  const contexts = await chrome.runtime.getContexts({ contextTypes: ['TAB' as chrome.runtime.ContextType] });
  const open = contexts.find(({ documentUrl, tabId }) => documentUrl?.startsWith(page) && tabId !== -1);
  if (open) await browser.tabs.update(open.tabId, { active: true });
  else await browser.tabs.create({ url: `${page}?why=${why}` });
}
