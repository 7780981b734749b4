/**
 * The last errors that nobody caught, of the worker and of our pages, in session storage: they are there for the
 * diagnostics also where the worker does not answer, and go when the browser ends.
 */
import { browser } from 'wxt/browser';
import { masked } from '../protocol/masked.ts';
import { watchUncaught } from '../protocol/uncaught.ts';

const key = 'errors';
const most = 20;

/** `where`: which context it is. Call once, first. */
export function keepErrors(where: string): void {
  watchUncaught((line) => void keepError(where, line));
}

/** Masked here. Never rejects. */
export async function keepError(where: string, line: string): Promise<void> {
  const time = new Date().toISOString().slice(11, 23);
  const lines = [...(await keptErrors()), `${time} ${where}: ${masked(line)}`].slice(-most);
  // A report that fails must not become one.
  await browser.storage.session.set({ [key]: lines }).catch(() => undefined);
}

/** Oldest first, each with its time of day in UTC. Never rejects. */
export async function keptErrors(): Promise<string[]> {
  const kept = (await browser.storage.session.get(key).catch(() => null))?.[key];
  return Array.isArray(kept) ? kept.map(String) : [];
}
