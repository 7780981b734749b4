/** Parley's own pages that come by themselves: one asks for the microphone, which nothing but a page can; one for consent. */
import { browser } from 'wxt/browser';
import { FaultError } from '../protocol/faults.ts';
import { readConsent } from '../storage/consent.ts';

/** `why`: for a call that waits, or from the settings. Without consent that is asked for first. */
export async function openPermissionPage(why: 'call' | 'settings'): Promise<void> {
  if ((await readConsent()) === null) await openWelcome();
  else await openOnce('/microphone.html', `?why=${why}`);
}

export function openWelcome(): Promise<void> {
  return openOnce('/welcome.html');
}

/** Nothing is recorded, read or sent before the person has agreed to it; the page that asks for it comes instead. */
export async function requireConsent(): Promise<void> {
  if ((await readConsent()) !== null) return;
  await openWelcome();
  throw new FaultError('consent-needed');
}

/** Opens it, or brings the one that is open to the front. */
async function openOnce(path: `/${'microphone' | 'welcome'}.html`, query = ''): Promise<void> {
  const page = browser.runtime.getURL(path);
  const contexts = await chrome.runtime.getContexts({ contextTypes: ['TAB' as chrome.runtime.ContextType] });
  const open = contexts.find(({ documentUrl, tabId }) => documentUrl?.startsWith(page) && tabId !== -1);
  if (open) await browser.tabs.update(open.tabId, { active: true });
  else await browser.tabs.create({ url: page + query });
}
