/** What the extension finds in its storage and its database when a face opens. */
import { schemaVersion } from '../../../lib/storage/calls/shapes.ts';
import type { Settings } from '../../../lib/protocol/settings.ts';
import type { Extension } from '../extension.ts';
import type { Exhibit, PastCall } from './exhibit.ts';
import { now } from './lines.ts';

const connected = { url: 'https://relay.example', deviceToken: 'dev_0123456789abcdef' };

export class Stored {
  readonly #extension: Extension;
  #calls: readonly PastCall[] = [];

  constructor(extension: Extension) {
    this.#extension = extension;
  }

  async make(
    { settings, agreed = true, pastCalls = [] }: Exhibit,
    language: Settings['language'] = 'en',
  ): Promise<void> {
    const { hidden } = this.#extension;
    await hidden.evaluate(
      async (values) => {
        await chrome.storage.local.clear();
        await chrome.storage.local.set(values);
      },
      {
        settings: { version: 1, relay: connected, language, autoStart: false, ...settings },
        spend: { version: 1, days: { '2026-11-20': 1.4 }, months: { '2026-11': 8.05, '2026-10': 21.7 }, calls: [] },
        ...(agreed ? { consentedAt: now - 86_400_000 } : {}),
      },
    );
    if (pastCalls === this.#calls) return;
    this.#calls = pastCalls;
    await hidden.evaluate(keepCalls, pastCalls, schemaVersion);
  }
}

/** The stores are made as `lib/storage/calls/schema.ts` makes them, for what is written before a page was open. */
async function keepCalls(pastCalls: PastCall[], version: number): Promise<void> {
  const asked = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.addEventListener('success', () => resolve(request.result));
      request.addEventListener('error', () => reject(request.error));
    });
  const opening = indexedDB.open('parley-calls', version);
  opening.addEventListener('upgradeneeded', () => {
    const db = opening.result;
    db.createObjectStore('calls', { keyPath: 'id' }).createIndex('startedAt', 'startedAt');
    db.createObjectStore('lines', { keyPath: ['callId', 'place'] });
    db.createObjectStore('backup', { autoIncrement: true }).createIndex('callId', 'callId');
    db.createObjectStore('sent', { keyPath: 'callId' });
  });
  const db = await asked(opening);
  const transaction = db.transaction(['calls', 'lines'], 'readwrite');
  const [calls, lines] = [transaction.objectStore('calls'), transaction.objectStore('lines')];
  calls.clear();
  lines.clear();
  for (const past of pastCalls) {
    calls.put(past.call);
    for (const line of past.lines) lines.put(line);
  }
  await new Promise((resolve) => transaction.addEventListener('complete', resolve));
  db.close();
}
