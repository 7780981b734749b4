/**
 * When the person agreed to what Parley records, reads and sends, in `storage.local`. Not a setting: it is not imported
 * from a file, and it goes with everything else when that is erased.
 */
import { browser } from 'wxt/browser';

const key = 'consentedAt';

/** Unix milliseconds; null: not agreed, or taken back. Anything else that is stored there is no consent. */
export async function readConsent(): Promise<number | null> {
  const stored = await browser.storage.local.get(key);
  return consentOf(stored[key]);
}

export async function giveConsent(at: number): Promise<void> {
  await browser.storage.local.set({ [key]: at });
}

export async function withdrawConsent(): Promise<void> {
  await browser.storage.local.remove(key);
}

/** Calls `see` after every change. Returns the way to stop. */
export function watchConsent(see: (consentedAt: number | null) => void): () => void {
  const listener = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area === 'local' && changes[key]) see(consentOf(changes[key].newValue));
  };
  browser.storage.onChanged.addListener(listener);
  return () => browser.storage.onChanged.removeListener(listener);
}

function consentOf(stored: unknown): number | null {
  return typeof stored === 'number' && stored > 0 ? stored : null;
}
