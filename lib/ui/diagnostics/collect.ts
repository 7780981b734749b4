/**
 * Collects what the diagnostics tell: here and not in the worker, so that there are some of a worker that does not answer.
 * What nobody tells is told as that.
 */
import { browser } from 'wxt/browser';
import { sendIntent } from '../../link/request.ts';
import { idleSnapshot, isSnapshot, type Snapshot } from '../../protocol/snapshot.ts';
import { keptErrors } from '../../storage/errors.ts';
import { defaultSettings, readSettings } from '../../storage/settings.ts';
import { diagnosticsText } from './text.ts';

/** Never rejects. */
export async function diagnostics(): Promise<string> {
  const [settings, snapshot, log, errors, platform, microphone, sites, storage] = await Promise.all([
    readSettings().catch(() => defaultSettings),
    soon(lastCall(), null),
    soon(logLines(), ['no log: nobody answers']),
    keptErrors(),
    platformName().catch(notTold),
    navigator.permissions.query({ name: 'microphone' }).then(({ state }) => state, notTold),
    browser.permissions.getAll().then(({ origins = [] }) => String(origins.length), notTold),
    storageLines(),
  ]);
  return diagnosticsText({
    at: Date.now(),
    version: browser.runtime.getManifest().version,
    browser: navigator.userAgent,
    platform,
    language: browser.i18n.getUILanguage(),
    microphone,
    sites,
    storage,
    settings,
    snapshot,
    log,
    errors,
  });
}

/** Long enough for a worker that wakes up; a person looks at nothing meanwhile. */
const patienceMs = 3_000;

function soon<T>(answer: Promise<T>, otherwise: T): Promise<T> {
  return Promise.race([answer, new Promise<T>((resolve) => setTimeout(() => resolve(otherwise), patienceMs))]);
}

/** Null: the worker does not answer. */
async function lastCall(): Promise<Snapshot | null> {
  try {
    const answer = await sendIntent({ type: 'hello' });
    return isSnapshot(answer) ? answer : idleSnapshot;
  } catch {
    return null;
  }
}

async function logLines(): Promise<string[]> {
  try {
    const lines = await sendIntent({ type: 'log' });
    return Array.isArray(lines) ? lines.map(String) : [];
  } catch (error) {
    return [`no log: ${error instanceof Error ? error.name : 'unknown'}`];
  }
}

async function platformName(): Promise<string> {
  const { os, arch } = await browser.runtime.getPlatformInfo();
  return `${os} ${arch}`;
}

function storageLines(): Promise<string[]> {
  const line = (what: string, told: Promise<string>) => told.catch(notTold).then((text) => `${what}: ${text}`);
  const inAll = navigator.storage.estimate().then(({ usage = 0, quota = 0 }) => `${size(usage)} of ${size(quota)}`);
  return Promise.all([
    line('settings in storage', browser.storage.local.getBytesInUse(null).then(size)),
    line('storage in all', inAll),
  ]);
}

function size(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}

function notTold(): string {
  return 'the browser does not tell';
}
