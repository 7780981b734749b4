/** A relay that is killed in the middle of calls: what they cost stays counted. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { grant } from '../../lib/protocol/grant.ts';
import { extensionId } from '../../lib/protocol/identity.ts';
import { createDevices } from '../../relay/devices.ts';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import { openDatabase } from '../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../relay/sqlite/team.ts';
import { scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import { RealtimeSocket } from '../support/realtime-socket.ts';
import { startProcess, type RelayProcess } from './relay-process.ts';

const origin = `chrome-extension://${extensionId}`;
const closers: (() => unknown)[] = [];
let engine: Engine;
let directory: string;
let token: string;

beforeEach(async () => {
  engine = await startEngine({
    key: 'sk-local-test',
    hearing: scriptedHearing([]),
    speaking: scriptedSpeaking(40),
    mind: { think: () => ({ say: 'It opens at nine.' }) },
  });
  closers.push(() => engine.close());
  directory = await mkdtemp(join(tmpdir(), 'parley-restart-'));
  closers.push(() => rm(directory, { recursive: true }));
  token = (await createDevices(sqliteTeam(openDatabase(directory))).add('test', 'ana')).token;
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});
afterAll(() => rtc.cleanup());

async function start(limit: string): Promise<RelayProcess> {
  const relay = await startProcess({
    RELAY_DATA_DIR: directory,
    OPENAI_API_KEY: 'sk-local-test',
    REALTIME_BASE_URL: engine.baseUrl,
    LIMIT_PERSON: limit,
  });
  closers.push(relay.kill);
  return relay;
}

const bearer = () => ({ origin, authorization: `Bearer ${token}` });

async function spent({ url }: RelayProcess): Promise<number> {
  const { limits } = (await (await fetch(`${url}/v1/me`, { headers: bearer() })).json()) as {
    limits: { what: string; used: number }[];
  };
  return limits.find(({ what }) => what === 'usd')!.used;
}

const ask = ({ url }: RelayProcess) =>
  fetch(`${url}/v1/realtime/token`, {
    method: 'POST',
    headers: { ...bearer(), 'content-type': 'application/json' },
    body: '{"output":"text"}',
  });

/** Asks one typed question, and waits for its answer. */
async function talk(relay: RelayProcess): Promise<RealtimeSocket> {
  const { value, transports } = grant.parse(await (await ask(relay)).json());
  const [path = '', query = ''] = transports[0]!.url.split('?');
  const client = await RealtimeSocket.open({
    baseUrl: `${relay.url}${path.replace('/realtime', '')}`,
    query: Object.fromEntries(new URLSearchParams(query)),
    protocols: ['realtime', `openai-insecure-api-key.${value}`, `parley-device.${token}`],
    headers: { origin },
  });
  closers.push(() => client.close());
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'When does it open?' }] };
  client.send({ type: 'conversation.item.create', item } as never);
  client.send({ type: 'response.create' } as never);
  await client.event('response.done');
  return client;
}

describe('A relay that is killed', () => {
  it('has lost nothing that was counted, and nobody gets past a limit by it', async () => {
    const first = await start('usd/day=0.0005');
    let total = 0;
    while (total < 0.0005) {
      await talk(first);
      await expect.poll(() => spent(first)).toBeGreaterThan(total);
      total = await spent(first);
    }
    first.kill();
    const second = await start('usd/day=0.0005');
    expect(await spent(second)).toBeCloseTo(total, 9);
    expect((await ask(second)).status).toBe(429);
  });
});
