import { createServer } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../../../relay/settings/config.ts';
import { createLog } from '../../../relay/log/log.ts';
import { nodePost } from '../../../relay/upstream/node-post.ts';
import { pricesFor, providerAt, rulesFor, watchesCalls } from '../../../relay/policy.ts';
import { findUpstream } from '../../../relay/upstream/provider.ts';
import { buildSession } from '../../../relay/session/session-config.ts';
import { sidebands } from '../../../relay/socket/sideband.ts';
import { transportsOf } from '../../../relay/transports.ts';
import { createUpstream } from '../../../relay/upstream/upstream.ts';
import { listPrices, pricesOf } from '../../../relay/usage/prices.ts';
import { closers, json, listen, provider } from './provider.ts';

const log = createLog({ write: () => undefined });
const azure = {
  OPENAI_API_KEY: 'azure-key-0001',
  REALTIME_BASE_URL: 'https://team.openai.azure.com/openai/v1',
  REALTIME_MODEL_MAP: 'gpt-realtime-2.1=voice-large,gpt-realtime-2.1-mini=voice-small',
};

describe('A provider is known by its address', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai'],
    ['https://team.openai.azure.com/openai/v1', 'azure'],
    ['https://team.services.ai.azure.com/openai/v1', 'azure'],
    ['https://openai.azure.com.evil.example/v1', 'openai.azure.com.evil.example'],
    ['https://speech.example/v1', 'speech.example'],
  ])('%s: %s', (address, name) => expect(providerAt(address)).toBe(name));
});

describe('Azure OpenAI', () => {
  it('gets its key in a header of its own', async () => {
    expect(await findUpstream(loadConfig(azure), log)).toMatchObject({ provider: 'azure', keyHeader: 'api-key' });
    const { baseUrl, seen } = await provider(json(200, { value: 'ek_1', expires_at: 1 }));
    const upstream = createUpstream({
      baseUrl,
      key: 'azure-key-0001',
      keyHeader: 'api-key',
      provider: 'azure',
      tokenTtlS: 60,
      post: nodePost,
    });
    await upstream.mint(buildSession({}, loadConfig(azure).session), { safetyIdentifier: 'x' });
    expect(seen[0]!.headers).toMatchObject({ 'api-key': 'azure-key-0001' });
    expect(seen[0]!.headers.authorization).toBeUndefined();
  });

  it('is asked for a deployment, where a person wishes for a model', () => {
    const { session } = loadConfig(azure);
    expect(buildSession({}, session)).toMatchObject({ model: 'voice-large', reasoning: { effort: 'low' } });
    expect(buildSession({ model: 'gpt-realtime-2.1-mini' }, session).model).toBe('voice-small');
    expect(() => buildSession({ model: 'voice-large' }, session)).toThrow(/does not allow/);
  });

  it('costs for a deployment what its model costs', () => {
    const prices = pricesFor('azure', loadConfig(azure));
    expect(pricesOf('voice-small', prices)).toBe(listPrices['gpt-realtime-2.1-mini']);
  });

  it('is listened to only when its owner says that it can be', () => {
    expect(watchesCalls('azure', loadConfig(azure))).toBe(false);
    expect(watchesCalls('azure', loadConfig({ ...azure, REALTIME_SIDEBAND: '1' }))).toBe(true);
    expect(watchesCalls('openai', loadConfig({}))).toBe(true);
    expect(watchesCalls('local', loadConfig({}))).toBe(false);
  });
});

describe('Any server that speaks Realtime', () => {
  it('is offered by the transports that it has', () => {
    const config = loadConfig({ REALTIME_TRANSPORTS: 'websocket, relay' });
    const offers = transportsOf('https://speech.example/v1', false, config.transports)('m');
    expect(offers.map(({ kind }) => kind)).toEqual(['websocket', 'relay']);
  });

  it('has prices of its own', () => {
    const own = { text: { input: 1, cached: 1, output: 1 }, audio: { input: 1, cached: 1, output: 1 } };
    const prices = { mine: { ...own, image: { input: 1, cached: 1 }, unseenMinute: 0.01 } };
    const config = loadConfig({ REALTIME_PRICES: JSON.stringify(prices) });
    expect(pricesOf('mine', pricesFor('speech.example', config))).toEqual(prices.mine);
    expect(() => loadConfig({ REALTIME_PRICES: '{"mine":5}' })).toThrow(/REALTIME_PRICES: must be JSON such as/);
  });

  it('is listened to with its key where it is wanted', async () => {
    const asked: unknown[] = [];
    const server = createServer();
    server.on('upgrade', (request, socket) => {
      asked.push([request.url, request.headers['api-key']]);
      socket.destroy();
    });
    const baseUrl = await listen(server);
    const heard: boolean[] = [];
    const watch = sidebands({ baseUrl, key: 'k1', keyHeader: 'api-key', pauses: [1] });
    closers.push(
      watch('rtc_1', { onSight: (seen) => heard.push(seen), onText: () => undefined, onEnd: () => heard.push(true) }),
    );
    await vi.waitFor(() => expect(asked).toHaveLength(2));
    expect(heard).toEqual([]);
    expect(asked).toEqual(Array.from({ length: 2 }, () => ['/v1/realtime?call_id=rtc_1', 'k1']));
  });
});

describe('The key of OpenAI', () => {
  it('is never without a limit of calls at once', () => {
    expect(rulesFor('openai', loadConfig({})).device).toEqual([{ measure: 'calls', per: null, most: 4 }]);
    const own = loadConfig({ LIMIT_ALL: 'calls=50' });
    expect(rulesFor('openai', own)).toEqual(own.limits.rules);
    expect(rulesFor('local', loadConfig({})).device).toEqual([]);
  });
});

it('A limit of money and a browser that calls by itself exclude each other, at start', () => {
  expect(loadConfig({}).direct).toBe(true);
  expect(loadConfig({ LIMIT_DEVICE: 'calls=2 requests/day=9' }).direct).toBe(true);
  expect(loadConfig({ LIMIT_ALL: 'usd/month=50' }).direct).toBe(false);
  expect(() => loadConfig({ LIMIT_PERSON: 'minutes/day=60', REALTIME_DIRECT: '1' })).toThrow(/^REALTIME_DIRECT: /);
  expect(() => loadConfig({ LIMIT_PERSON: 'usd/day=1', REALTIME_TRANSPORTS: 'webrtc' })).toThrow(/needs relay/);
});
