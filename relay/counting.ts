/** Where a relay counts: in its file, and in the store that it shares with others when it has one. Node only. */
import type { DatabaseSync } from 'node:sqlite';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Ledger } from './caps/ledger.ts';
import type { MakeCounter } from './limits.ts';
import type { Log } from './log.ts';
import { sqliteCounters } from './sqlite/counter.ts';
import { sqliteLedger } from './sqlite/ledger.ts';
import { sqliteTeam } from './sqlite/team.ts';
import { keyedHash } from './team/secrets.ts';

export interface Counting {
  ledger: Ledger;
  makeCounter: MakeCounter;
  close(): Promise<void>;
}

const dayS = 86_400;

export async function openCounting(file: DatabaseSync, redisUrl: string | null, log: Log): Promise<Counting> {
  const own = sqliteLedger(file);
  if (redisUrl === null) {
    const lasting = sqliteCounters(file);
    return {
      ledger: own,
      // Minutes are counted where it is quickest; what is for a day or more must outlive a restart.
      makeCounter: (options) => (options.duration >= dayS ? lasting(options) : new RateLimiterMemory(options)),
      close: async () => undefined,
    };
  }
  // Loaded only when it is needed.
  const { connectRedis } = await import('./redis/connect.ts');
  const { redisCounters } = await import('./redis/counter.ts');
  const { SharedLedger } = await import('./redis/ledger.ts');
  const client = await connectRedis(redisUrl, log);
  // Stable for this file, and no key to it.
  const relay = (await keyedHash(await sqliteTeam(file).salt(), 'relay')).slice(0, 16);
  return {
    ledger: new SharedLedger({ client, own, relay }),
    makeCounter: redisCounters(client),
    close: async () => client.destroy(),
  };
}
