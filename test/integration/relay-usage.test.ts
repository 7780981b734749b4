/** What calls cost is counted from real events, and a call over its cap is ended: sockets, and calls with real peers. */
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadConfig, type Environment } from '../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import { createLog } from '../../relay/log/log.ts';
import { startRelay } from '../../relay/server.ts';
import { scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import { RealtimeSocket } from '../support/realtime-socket.ts';
import { origin, relayBefore, type RelayLine } from '../support/relay-line.ts';
import { dialThrough, type RelayPeer } from '../support/relay-peer.ts';

const KEY = 'sk-local-test';
const closers: (() => unknown)[] = [];
let engine: Engine;
let line: RelayLine;

beforeEach(async () => {
  engine = await startEngine({
    key: KEY,
    control: true,
    hearing: scriptedHearing([]),
    speaking: scriptedSpeaking(40),
    mind: { think: () => ({ say: 'It opens at nine.' }) },
  });
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await line.close();
  await engine.close();
});
afterAll(() => rtc.cleanup());

/** The engine under the name of a provider that has a price. */
async function put(env: Environment): Promise<void> {
  line = await relayBefore({ baseUrl: engine.baseUrl, key: KEY, provider: 'openai' }, env);
}

interface Mine {
  limits: { what: string; per: string | null; used: number }[];
  ended: { callId: string; message: string; limit: object | null } | null;
}
const me = async (): Promise<Mine> => {
  const headers = { origin, authorization: `Bearer ${line.token}` };
  return (await (await fetch(`${line.relay.url}/v1/me`, { headers })).json()) as Mine;
};
const spent = async () => (await me()).limits.find(({ what }) => what === 'usd')!.used;
const calls = (): number => engine.faults!.calls().length;

const question = {
  type: 'conversation.item.create',
  item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'When does it open?' }] },
};
function ask(client: { send(event: never): unknown }): void {
  client.send(question as never);
  client.send({ type: 'response.create' } as never);
}

async function dial(): Promise<RelayPeer> {
  const dialled = await dialThrough(line);
  closers.push(() => dialled.close());
  return dialled;
}

describe('A call through the relay', () => {
  it('is counted as its answers say, and goes on below its cap', async () => {
    await put({ LIMIT_PERSON: 'usd/day=5' });
    const { value: secret, transports } = await line.grant({ output: 'text' });
    expect(transports.map(({ kind }) => kind)).toEqual(['relay']);
    const client = await line.realtime({ secret });
    ask(client);
    const { response } = await client.event('response.done');
    await expect.poll(spent, { timeout: 10_000 }).toBeGreaterThan(0);
    const { input_token_details: read, output_token_details: written } = response.usage!;
    const texts = (read!.text_tokens ?? 0) * 4 + (written!.text_tokens ?? 0) * 24;
    expect(await spent()).toBeCloseTo((texts - (read!.cached_tokens ?? 0) * 3.6) / 1e6, 6);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
  });

  it('is ended over its cap with the reason in words, and no other begins', async () => {
    await put({ LIMIT_PERSON: 'usd/day=0.0001' });
    const { value: secret } = await line.grant({ output: 'text' });
    const client = await line.realtime({ secret });
    ask(client);
    const { error } = await client.event('error');
    const limit = { of: 'person', what: 'usd', per: 'day', most: 0.0001, resetsAt: expect.any(Number) };
    expect(error).toMatchObject({ code: 'limit_reached', message: expect.stringContaining('LIMIT_PERSON'), limit });
    expect(await client.gone()).toEqual({ code: 4000, reason: 'rate_limit_error.limit_reached' });
    await expect.poll(calls).toBe(0);
    const again = await fetch(`${line.relay.url}/v1/realtime/token`, {
      method: 'POST',
      headers: { origin, authorization: `Bearer ${line.token}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(again.status).toBe(429);
    expect(Number(again.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('takes a place of its person, and gives it back', async () => {
    await put({ LIMIT_PERSON: 'calls=1' });
    const { value: secret } = await line.grant();
    const first = await line.realtime({ secret });
    await first.event('session.created');
    const second = await line.realtime({ secret });
    const limit = { of: 'person', what: 'calls', per: null, most: 1, resetsAt: null };
    expect((await second.event('error')).error).toMatchObject({
      message: expect.stringContaining('calls at once'),
      limit,
    });
    first.socket.close(1000);
    await expect.poll(calls).toBe(0);
    const third = await line.realtime({ secret });
    await third.event('session.created');
  });
});

describe('A call that the relay opened, with sound of its own', () => {
  it('is listened to, and counted as its answers say', async () => {
    await put({ LIMIT_PERSON: 'usd/day=5' });
    const { peer } = await dial();
    ask(peer);
    await peer.event('response.done', { timeoutMs: 20_000 });
    await expect.poll(spent, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(calls()).toBe(1);
  });

  it('is hung up over its cap, and /v1/me says why', async () => {
    await put({ LIMIT_PERSON: 'usd/day=0.0001' });
    const { peer, callId } = await dial();
    ask(peer);
    await expect.poll(calls, { timeout: 20_000 }).toBe(0);
    await expect
      .poll(async () => (await me()).ended)
      .toMatchObject({
        callId,
        message: expect.stringContaining('LIMIT_PERSON'),
        limit: { of: 'person', what: 'usd', per: 'day', most: 0.0001 },
      });
    expect(line.lines.some(({ event }) => event === 'call-over')).toBe(true);
  });

  it('is ended by its person', async () => {
    await put({});
    const { callId } = await dial();
    expect(calls()).toBe(1);
    const hangUp = () =>
      fetch(`${line.relay.url}/v1/realtime/calls/${callId}`, {
        method: 'DELETE',
        headers: { origin, authorization: `Bearer ${line.token}` },
      });
    expect((await hangUp()).status).toBe(204);
    await expect.poll(calls).toBe(0);
    expect((await hangUp()).status).toBe(404);
  });

  it('frees its place when it ends, so that another may begin', async () => {
    await put({ LIMIT_PERSON: 'calls=1' });
    const { peer } = await dial();
    peer.close();
    await expect.poll(calls, { timeout: 20_000 }).toBe(0);
    await expect
      .poll(
        () =>
          dial()
            .then(({ callId }) => callId)
            .catch(() => null),
        { timeout: 20_000, interval: 500 },
      )
      .toMatch(/^rtc_/);
  });
});

it('Every call of a device ends when its owner revokes it', async () => {
  const devices = createDevices(memoryStore());
  const { token, device } = await devices.add('test');
  await put({});
  await line.close();
  const relay = await startRelay({
    config: loadConfig({ PORT: '0' }),
    devices,
    log: createLog({ write: () => undefined }),
    upstream: { baseUrl: engine.baseUrl, key: KEY, provider: 'openai' },
  });
  closers.push(() => relay.close());
  const headers = { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const asked = await fetch(`${relay.url}/v1/realtime/token`, { method: 'POST', headers, body: '{}' });
  const { value } = (await asked.json()) as { value: string };
  const client = await RealtimeSocket.open({
    baseUrl: `${relay.url}/v1`,
    query: { model: 'gpt-realtime-2.1' },
    protocols: ['realtime', `openai-insecure-api-key.${value}`, `parley-device.${token}`],
    headers: { origin },
  });
  closers.push(() => client.close());
  await client.event('session.created');
  await devices.team.removeDevice(device.id);
  expect(await client.gone()).toEqual({ code: 4000, reason: 'invalid_request_error.device_token_invalid' });
});
