/** Which page is in view and whether it may be read, followed from within the view; the coordinator is asked about changes alone. */
import { useEffect } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { sendIntent } from '../../link/request.ts';
import type { PageSeen } from '../../protocol/messages.ts';
import { settings } from '../settings.ts';
import { store } from '../store.ts';
import { createValue, useValue } from '../value.ts';
import { reachOf } from '../view/page.ts';

/** Milliseconds. A page that opens tells of itself several times. */
const settleMs = 150;

/** Null: not known yet. */
const page = createValue<PageSeen | null>(null);

let waits: ReturnType<typeof setTimeout> | undefined;
let isFollowed = false;

export function usePage(): PageSeen | null {
  useEffect(follow, []);
  return useValue(page);
}

/** Something about the page may be other than it was. */
export function lookAgain(): void {
  clearTimeout(waits);
  // What nobody looks at waits until somebody does.
  if (!document.hidden) waits = setTimeout(ask, settleMs);
}

function ask(): void {
  // The answer is our own coordinator's; without one the chip stays as it was.
  sendIntent({ type: 'page-in-view' }).then(
    (seen) => page.set(seen as PageSeen),
    () => undefined,
  );
}

/** As long as the view is open. */
function follow(): void {
  if (isFollowed) return;
  isFollowed = true;
  ask();
  browser.tabs.onActivated.addListener(lookAgain);
  browser.windows.onFocusChanged.addListener(lookAgain);
  browser.tabs.onUpdated.addListener((tabId, { title, url, status }, { active }) => {
    if (!active) return;
    const now = page.get();
    // Titles that change by themselves, to be noticed, change nothing else.
    if (title !== undefined && tabId === now?.tabId) page.set({ ...now, title });
    if (url !== undefined || status === 'complete') lookAgain();
  });
  browser.permissions.onAdded.addListener(lookAgain);
  browser.permissions.onRemoved.addListener(lookAgain);
  window.addEventListener('focus', lookAgain);
  document.addEventListener('visibilitychange', lookAgain);
  settings.watch(lookAgain);
  let reach = reachOf(store.snapshot.get());
  store.snapshot.watch((snapshot) => {
    const before = reach;
    reach = reachOf(snapshot);
    if (reach !== before) lookAgain();
  });
}
