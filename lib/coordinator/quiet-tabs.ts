/**
 * Other tabs are silent during a call, when the person wants that, and sound again after it whatever happened. The browser
 * remembers who muted a tab; which tabs had their turn outlives the worker, so that one the person lets sound again stays so.
 */
import { browser } from 'wxt/browser';
import { createQueue } from './queue.ts';

const key = 'quiet-tabs';
const inOrder = createQueue();

/** The part of the browser's tab that counts here. */
interface Tab {
  id?: number | undefined;
  mutedInfo?: { muted: boolean } | undefined;
}

/** Safe to repeat: tabs are muted once in a call. */
export function quietTabs(quiet: boolean): Promise<void> {
  return inOrder(async () => {
    const done = await tabsDone();
    if (quiet && !done) {
      await browser.storage.session.set({ [key]: [] });
      for (const tab of await browser.tabs.query({ audible: true })) await muteOnce(tab);
    }
    if (!quiet && done) await soundAgain();
  });
}

/** A tab began to sound during the call. */
export function quietTab(tab: Tab): Promise<void> {
  return inOrder(() => muteOnce(tab));
}

/** Lets every tab sound that this extension muted, in this life or an earlier one. */
export async function soundAgain(): Promise<void> {
  await browser.storage.session.remove(key);
  const muted = await browser.tabs.query({ muted: true });
  const ours = muted.filter(({ mutedInfo }) => mutedInfo?.extensionId === browser.runtime.id);
  await Promise.allSettled(ours.map(({ id }) => browser.tabs.update(id, { muted: false })));
}

/** Null: nothing is to be quiet now. */
async function tabsDone(): Promise<number[] | null> {
  const { [key]: kept } = await browser.storage.session.get(key);
  return Array.isArray(kept) ? (kept as number[]) : null;
}

async function muteOnce({ id, mutedInfo }: Tab): Promise<void> {
  const done = await tabsDone();
  if (!done || id === undefined || done.includes(id) || mutedInfo?.muted) return;
  await browser.storage.session.set({ [key]: [...done, id] });
  // It may have been closed since.
  await browser.tabs.update(id, { muted: true }).catch(() => undefined);
}
