/** Relay processes that hold limits together through a real Valkey or Redis, while one of them or the store is killed. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import * as http from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { extensionId } from '../../lib/protocol/identity.ts';
import { createDevices } from '../../relay/devices.ts';
import { openDatabase } from '../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../relay/sqlite/team.ts';
import { startGrantProvider } from './grant-provider.ts';
import { startProcess, type RelayProcess } from './relay-process.ts';
import { startStore, storeProgram, type Store } from './relay-store.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function store(): Promise<Store> {
  const started = await startStore();
  closers.push(() => started.kill());
  return started;
}

const generous = Object.fromEntries(
  ['TOKEN_PER_MINUTE', 'TOKEN_PER_HOUR', 'ADDRESS_PER_MINUTE', 'GLOBAL_PER_MINUTE'].map((name) => [
    `RATE_${name}`,
    '1000000',
  ]),
);

/** As many files as directories, each with the same person and the same device. */
async function directories(count: number): Promise<{ paths: string[]; token: string }> {
  const paths = await Promise.all(
    Array.from({ length: count }, async () => {
      const path = await mkdtemp(join(tmpdir(), 'parley-limits-'));
      closers.push(() => rm(path, { recursive: true }));
      return path;
    }),
  );
  const [first = '', ...others] = paths;
  const database = openDatabase(first);
  const { token } = await createDevices(sqliteTeam(database)).add('test', 'ana');
  database.close();
  for (const path of others) await copyFile(join(first, 'relay.db'), join(path, 'relay.db'));
  return { paths, token };
}

/** Starts a relay with the file in a directory; a person of all of them may begin 500 calls in a day. */
async function starter(shared: Store): Promise<(directory: string) => Promise<RelayProcess>> {
  const provider = await startGrantProvider();
  closers.push(() => provider.close());
  return async (directory) => {
    const relay = await startProcess({
      RELAY_DATA_DIR: directory,
      REDIS_URL: shared.url,
      OPENAI_API_KEY: 'sk-test-0001',
      REALTIME_BASE_URL: provider.baseUrl,
      ...generous,
      LIMIT_PERSON: 'requests/day=500',
    });
    closers.push(relay.kill);
    return relay;
  };
}

/** Sends to the relays in turn, and counts their answers by status. */
function sender(relays: readonly RelayProcess[], token: string) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 60 });
  closers.push(() => agent.destroy());
  const seen: Record<number, number> = {};
  const send = async (count: number): Promise<void> => {
    await Promise.all(
      Array.from({ length: count }, async (_none, at) => {
        const status = await grant(relays[at % relays.length]!.url, token, agent);
        seen[status] = (seen[status] ?? 0) + 1;
      }),
    );
  };
  return { seen, send };
}

describe.skipIf(storeProgram === null)('Three relay processes', () => {
  it('let through exactly what is allowed of 10,000 requests, though one is killed and comes back', async () => {
    const shared = await store();
    const { paths, token } = await directories(1);
    const start = await starter(shared);
    const relays = await Promise.all([start(paths[0]!), start(paths[0]!), start(paths[0]!)]);
    const { seen, send } = sender(relays, token);
    await send(300);
    expect(seen).toEqual({ 200: 300 });
    relays[0]!.kill();
    relays[0] = await start(paths[0]!);
    await send(9700);
    expect(seen).toEqual({ 200: 500, 429: 9500 });
  }, 120_000);

  it('let nobody past a limit by more than one, though the store is killed in mid-load and comes back empty', async () => {
    const shared = await store();
    const { paths, token } = await directories(3);
    const relays = await Promise.all(paths.map(await starter(shared)));
    const { seen, send } = sender(relays, token);
    const given = () => seen[200] ?? 0;
    await send(150);
    const load = send(3000);
    await vi.waitFor(() => expect(given()).toBeGreaterThan(200), { timeout: 30_000, interval: 5 });
    await shared.kill();
    await load;
    expect(given()).toBeLessThan(500);
    await shared.start();
    // Until none of them gives any more: each is back at the store within seconds.
    await vi.waitFor(
      async () => {
        await send(90);
        expect(given()).toBeGreaterThanOrEqual(500);
      },
      { timeout: 60_000, interval: 200 },
    );
    await send(300);
    expect(given()).toBeLessThanOrEqual(501);
    expect(Object.keys(seen)).toEqual(['200', '429']);
  }, 120_000);
});

function grant(url: string, token: string, agent: http.Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = http.request(`${url}/v1/realtime/token`, {
      method: 'POST',
      agent,
      headers: {
        origin: `chrome-extension://${extensionId}`,
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
      },
    });
    request.on('response', (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)));
    // A kept connection that the relay was just closing: nothing was counted.
    request.on('error', (error: NodeJS.ErrnoException) =>
      request.reusedSocket && error.code === 'ECONNRESET' ? resolve(grant(url, token, agent)) : reject(error),
    );
    request.end('{}');
  });
}
