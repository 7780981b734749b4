/** Where a relay counts: in its file, and in the store that it shares with others when it has one. Node only. */
import { statSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Ledger } from './caps/ledger.ts';
import type { MakeCounter } from './limits.ts';
import type { Log } from './log/log.ts';
import { sqliteLedger } from './sqlite/ledger.ts';
import { randomHex } from './team/secrets.ts';

export interface Counting {
  ledger: Ledger;
  makeCounter: MakeCounter;
  close(): Promise<void>;
}

export async function openCounting(file: DatabaseSync, redisUrl: string | null, log: Log): Promise<Counting> {
  const own = sqliteLedger(file);
  if (redisUrl === null) {
    // A minute's requests are counted where it is quickest.
    return { ledger: own, makeCounter: (options) => new RateLimiterMemory(options), close: async () => undefined };
  }
  // Loaded only when it is needed.
  const { connectRedis } = await import('./redis/connect.ts');
  const { redisCounters } = await import('./redis/counter.ts');
  const { sharedLedger } = await import('./redis/ledger.ts');
  const client = await connectRedis(redisUrl, log);
  return {
    ledger: sharedLedger({ client, own, relay: nameOf(file) }),
    makeCounter: redisCounters(client),
    close: async () => client.destroy(),
  };
}

/** The same for all relays that count in this file, and another one for a copy of it, which goes on by itself. */
export function nameOf(file: DatabaseSync): string {
  const path = file.location();
  if (path === null) return randomHex(8);
  const { ino, birthtimeMs } = statSync(path);
  return `${ino.toString(16)}-${Math.round(birthtimeMs).toString(16)}`;
}
