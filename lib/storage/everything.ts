/**
 * All that Parley keeps in this browser, and the way to be rid of it. What it does not keep it cannot erase: the device
 * token stays valid at the relay until it is taken back there, and the microphone's permission is the browser's own.
 */
import { browser } from 'wxt/browser';
import type { Connection } from './calls/connection.ts';
import { deleteAllCalls } from './calls/edit.ts';
import { listCalls } from './calls/read.ts';
import { bytesOf } from './calls/room.ts';
import { readSettings } from './settings.ts';
import { readSpend } from './spend.ts';

export const holdings = ['settings', 'calls', 'last-call', 'sites'] as const;
export type Holding = (typeof holdings)[number];

export interface Inventory {
  /** A relay is connected: its token is here. */
  deviceToken: boolean;
  /** Months of which sums of money are kept. */
  spendMonths: number;
  /** Damaged ones too; null when the browser does not give the database. */
  calls: { count: number; bytes: number } | null;
  /** The transcript of the last call, which the browser forgets when it closes. */
  lastCall: boolean;
  /** Patterns of sites that the person gave, as the browser writes them: `https://example.org/*`. */
  sites: string[];
}

export async function whatIsKept(connection: Connection): Promise<Inventory> {
  const [settings, spend, calls, session, sites] = await Promise.all([
    readSettings(),
    readSpend(),
    listCalls(connection).catch(() => null),
    browser.storage.session.get(null),
    grantedSites(),
  ]);
  return {
    deviceToken: settings.relay.deviceToken !== '',
    spendMonths: Object.keys(spend.months).length,
    calls: calls && { count: calls.calls.length + calls.skipped, bytes: bytesOf(calls.calls) },
    lastCall: Object.keys(session).length > 0,
    sites,
  };
}

/**
 * Erases all of it and goes on where one thing fails; `settings` are the sums of money too. Resolves to what is still there:
 * the person has to know. End an open call first, or it leaves its last words behind.
 */
export async function eraseEverything(connection: Connection): Promise<Holding[]> {
  const ways: Record<Holding, () => Promise<unknown>> = {
    settings: eraseSettings,
    calls: () => deleteAllCalls(connection),
    'last-call': () => browser.storage.session.clear(),
    sites: removeSites,
  };
  const results = await Promise.allSettled(holdings.map((holding) => ways[holding]()));
  return holdings.filter((_, index) => results[index]?.status === 'rejected');
}

async function eraseSettings(): Promise<void> {
  await browser.storage.local.clear();
  // The theme for the first paint, and what was learned of relays, with their addresses.
  localStorage.clear();
}

async function grantedSites(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll();
  return origins;
}

async function removeSites(): Promise<void> {
  const origins = await grantedSites();
  if (origins.length > 0 && !(await browser.permissions.remove({ origins })))
    throw new Error('sites were not given back');
}
