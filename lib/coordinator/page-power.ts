/** The power to read the tab in view. */
import { browser } from 'wxt/browser';
import type { PageInView } from '../protocol/messages.ts';
import { refusalOfMessage, refusalOfUrl } from './page-refusal.ts';

/** `executeScript` may never settle: a busy page, a navigation, `view-source:`. */
const readDeadlineMs = 3000;

export interface PagePort {
  /** `url` is there only when the tab was granted or is our own. */
  tabInView(): Promise<{ id: number; url?: string | undefined } | null>;
  /** Runs the reader in the tab's main frame; what it returned, unchecked. */
  inject(tabId: number): Promise<unknown>;
}

export function readPageInView(port: PagePort = browserPort, deadlineMs = readDeadlineMs): Promise<PageInView> {
  return withDeadline(readTabInView(port), deadlineMs);
}

async function readTabInView(port: PagePort): Promise<PageInView> {
  let url: string | undefined;
  try {
    const tab = await port.tabInView();
    if (!tab) return { ok: false, fault: 'no-tab' };
    url = tab.url;
    return refusalOfUrl(url) ?? { ok: true, returned: await port.inject(tab.id) };
  } catch (error) {
    return refusalOfMessage(error instanceof Error ? error.message : String(error), url);
  }
}

function withDeadline(read: Promise<PageInView>, ms: number): Promise<PageInView> {
  let timer: ReturnType<typeof setTimeout>;
  const late = new Promise<PageInView>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, fault: 'timed-out' }), ms);
  });
  return Promise.race([read, late]).finally(() => clearTimeout(timer));
}

const browserPort: PagePort = {
  async tabInView() {
    const [tab] = await browser.tabs.query({ active: true, lastFocusedWindow: true });
    return tab?.id === undefined || tab.id < 0 ? null : { id: tab.id, url: tab.url };
  },
  async inject(tabId) {
    const [main] = await browser.scripting.executeScript({ target: { tabId }, files: ['/read-page.js'] });
    return main?.result;
  },
};
