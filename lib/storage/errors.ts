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

/** One after the other: errors seldom come alone. */
let writing = Promise.resolve();

/** Masked here. Never rejects. */
export function keepError(where: string, line: string): Promise<void> {
  const kept = `${new Date().toISOString().slice(11, 23)} ${where}: ${masked(line)}`;
  writing = writing.then(() => add(kept));
  return writing;
}

async function add(line: string): Promise<void> {
  const lines = [...(await keptErrors()), line].slice(-most);
  // A report that fails must not become one.
  await browser.storage.session.set({ [key]: lines }).catch(() => undefined);
}

/** Oldest first, each with its time of day in UTC. Never rejects. */
export async function keptErrors(): Promise<string[]> {
  const kept = (await browser.storage.session.get(key).catch(() => null))?.[key];
  return Array.isArray(kept) ? kept.map(String) : [];
}
