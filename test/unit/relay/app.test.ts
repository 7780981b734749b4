import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorEnvelope, grant, health } from '../../../lib/protocol/grant.ts';
import { createLimits } from '../../../relay/limits.ts';
import { Refusal } from '../../../relay/refusal.ts';
import { transportsOf } from '../../../relay/transports.ts';
import { errorOf, generous, origin, relay, tokenPath } from './parts.ts';

afterEach(() => void vi.useRealTimers());

describe('a token request from the paired extension', () => {
  it('gets a grant with the addresses to call, and how long it lasts by our own clock', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_789_999_940_500 });
    const { ask } = await relay();
    const response = await ask({ voice: 'cedar' });
    expect(response.status).toBe(200);
    expect(grant.parse(await response.json())).toEqual({
      value: 'ek_minted',
      expiresAt: 1_790_000_000,
      issuedAt: 1_789_999_940,
      freeWhileIdle: true,
      calls: true,
      model: 'gpt-realtime-2.1',
      voice: 'cedar',
      provider: 'openai',
      transports: [
        { kind: 'webrtc', url: 'https://api.openai.com/v1/realtime/calls', negotiated: true },
        { kind: 'websocket', url: 'wss://api.openai.com/v1/realtime?model=gpt-realtime-2.1' },
        { kind: 'relay', url: '/v1/realtime?model=gpt-realtime-2.1' },
      ],
    });
  });

  it('learns when waiting is not free and the channel is not agreed on beforehand', async () => {
    const { ask } = await relay({ freeWhileIdle: false, transports: transportsOf('https://other.example/v1', false) });
    const made = grant.parse(await (await ask()).json());
    expect(made.freeWhileIdle).toBe(false);
    expect(made.transports[0]).toEqual({ kind: 'webrtc', url: 'https://other.example/v1/realtime/calls' });
  });

  it('is never kept by a cache', async () => {
    const { ask } = await relay();
    expect((await ask()).headers.get('cache-control')).toBe('no-store');
  });

  it('names the model and voice that the provider says it will use', async () => {
    const mint = () => Promise.resolve({ value: 'ek_1', expiresAt: 1, model: 'parley-local', voice: 'flite' });
    const { ask } = await relay({ upstream: { mint } });
    expect(await (await ask()).json()).toMatchObject({ model: 'parley-local', voice: 'flite' });
  });

  it('is refused when the provider handed out what no client can use', async () => {
    const mint = () => Promise.resolve({ value: '', expiresAt: 1, model: undefined, voice: undefined });
    const { ask } = await relay({ upstream: { mint } });
    const response = await ask();
    expect(response.status).toBe(502);
    expect((await errorOf(response)).code).toBe('upstream_error');
  });

  it('hides an unexpected failure behind a request id', async () => {
    const { ask, lines } = await relay({ upstream: { mint: () => Promise.reject(new TypeError('secret inside')) } });
    const response = await ask();
    expect(response.status).toBe(500);
    const text = await response.text();
    expect(text).not.toContain('secret inside');
    expect(text).toContain(response.headers.get('x-request-id'));
    expect(lines.join('\n')).toContain('TypeError');
    expect(lines.join('\n')).not.toContain('secret inside');
  });

  it('passes a refusal of the provider on, with the time to wait', async () => {
    const busy = new Refusal('upstream_busy', 'The provider is busy.', { retryAfterS: 7, upstreamStatus: 429 });
    const { ask, lines } = await relay({ upstream: { mint: () => Promise.reject(busy) } });
    const response = await ask();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect(errorEnvelope.parse(await response.json()).error.code).toBe('upstream_busy');
    expect(JSON.parse(lines[0]!)).toMatchObject({ status: 503, code: 'upstream_busy', upstreamStatus: 429 });
  });
});

describe('the device token', () => {
  for (const [what, authorization] of [
    ['missing', ''],
    ['wrong', `Bearer parley_${'A'.repeat(43)}`],
    ['not a bearer token', 'Basic dXNlcjpwYXNz'],
    ['absurdly long', `Bearer ${'x'.repeat(5000)}`],
  ] as const) {
    it(`that is ${what} is refused with 401 and a next step`, async () => {
      const { ask, sessions } = await relay();
      const response = await ask({}, { authorization });
      expect(response.status).toBe(401);
      expect(await errorOf(response)).toMatchObject({
        code: 'device_token_invalid',
        message: expect.stringContaining('--new-token'),
      });
      expect(sessions).toEqual([]);
    });
  }
});

describe('the origin', () => {
  it('of a web page is refused, unreadably, for requests and preflights', async () => {
    const { ask, send, sessions } = await relay();
    const headers = { origin: 'https://evil.example' };
    for (const response of [
      await ask({}, headers),
      await send('/healthz', { headers }),
      await send(tokenPath, { method: 'OPTIONS', headers: { ...headers, 'access-control-request-method': 'POST' } }),
    ]) {
      expect(response.status).toBe(403);
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
      expect((await errorOf(response)).code).toBe('origin_not_allowed');
    }
    expect(sessions).toEqual([]);
  });

  it('must be there to get a grant', async () => {
    const { ask } = await relay();
    expect((await ask({}, { origin: '' })).status).toBe(403);
    expect((await ask({}, { origin: 'null' })).status).toBe(403);
  });

  it('of another extension is refused in words that it can read, with its id', async () => {
    const { send } = await relay();
    const id = 'a'.repeat(32);
    const response = await send('/healthz', { headers: { origin: `chrome-extension://${id}` } });
    expect(response.status).toBe(403);
    expect(response.headers.get('access-control-allow-origin')).toBe(`chrome-extension://${id}`);
    expect((await errorOf(response)).message).toContain(`EXTENSION_IDS=${id}`);
  });

  it('of the extension is answered for it alone, on refusals too', async () => {
    const { ask, send } = await relay();
    for (const response of [
      await ask(),
      await ask({}, { authorization: '' }),
      await send('/healthz', { headers: { origin } }),
    ]) {
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('vary')).toContain('Origin');
      expect(response.headers.get('access-control-expose-headers')).toContain('Retry-After');
    }
  });

  it('of the extension may ask beforehand, for ten minutes', async () => {
    const { send } = await relay();
    const response = await send(tokenPath, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
        'access-control-request-private-network': 'true',
      },
    });
    expect(response.status).toBe(204);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
      'access-control-allow-private-network': 'true',
    });
  });
});

describe('the host name', () => {
  it('must be this machine when the relay is bound to it, so that a rebound name gets nothing', async () => {
    const { ask, send } = await relay();
    expect((await ask({}, { host: 'evil.example:8787' })).status).toBe(403);
    expect((await send('/healthz', { headers: { host: 'evil.example' } })).status).toBe(403);
    for (const host of ['localhost:8787', '127.0.0.1', '[::1]:8787']) {
      expect((await send('/healthz', { headers: { host } })).status).toBe(200);
    }
  });

  it('may be any behind a proxy', async () => {
    const { ask } = await relay({ loopbackOnly: false });
    expect((await ask({}, { host: 'relay.example.com' })).status).toBe(200);
  });
});

describe('routes', () => {
  it('/healthz says that this is a relay, with and without an Origin', async () => {
    const { send } = await relay();
    for (const headers of [{}, { origin }]) {
      const response = await send('/healthz', { headers });
      expect(response.status).toBe(200);
      expect(response.headers.get('cache-control')).toBe('no-store');
      expect(health.parse(await response.json())).toEqual({
        service: 'parley-relay',
        version: '1.2.3',
        provider: 'openai',
      });
    }
  });

  it('that do not exist are 404', async () => {
    const { send } = await relay();
    const response = await send('/v1/realtime/sessions', { headers: { origin } });
    expect(response.status).toBe(404);
    expect((await errorOf(response)).code).toBe('not_found');
  });

  it('for sockets says so to whoever asks without one', async () => {
    const { send } = await relay();
    const response = await send('/v1/realtime?model=gpt-realtime-2.1', { headers: { origin } });
    expect(response.status).toBe(426);
    expect(response.headers.get('upgrade')).toBe('websocket');
    expect(await errorOf(response)).toMatchObject({ code: 'invalid_request' });
    expect((await send('/v1/realtime', { headers: { origin }, method: 'POST' })).status).toBe(405);
  });

  it('answer to one method and name it', async () => {
    const { send } = await relay();
    const get = await send(tokenPath, { headers: { origin } });
    expect(get.status).toBe(405);
    expect(get.headers.get('allow')).toBe('POST, OPTIONS');
    expect((await errorOf(get)).code).toBe('method_not_allowed');
    expect((await send('/healthz', { method: 'DELETE', headers: { origin } })).status).toBe(405);
  });
});

describe('the body', () => {
  for (const [what, body] of [
    ['nothing', ''],
    ['not JSON', '{"voice":'],
    ['a list', '[]'],
    ['an unknown key', '{"session":{}}'],
    ['a wrong type', '{"voice":7}'],
    ['a tool that is not a function', '{"tools":[{"type":"mcp","server_url":"https://evil.example"}]}'],
    ['a prototype', '{"__proto__":{"model":"x"}}'],
    ['silence beyond the limit', '{"turnDetection":{"type":"server_vad","silence_duration_ms":99999}}'],
  ] as const) {
    it(`with ${what} is refused`, async () => {
      const { ask, sessions } = await relay();
      const response = await ask(body);
      expect(response.status).toBe(400);
      expect((await errorOf(response)).code).toBe('invalid_request');
      expect(sessions).toEqual([]);
    });
  }

  it('names the wrong field, and not what was in it', async () => {
    const { ask } = await relay();
    const error = await errorOf(await ask({ language: 'my secret words' }));
    expect(error.param).toBe('language');
    expect(error.message).toContain('language');
    expect(error.message).not.toContain('my secret words');
  });

  it('must say that it is JSON', async () => {
    const { ask } = await relay();
    expect((await ask({}, { 'content-type': 'text/plain' })).status).toBe(400);
  });

  it('over 16 KiB is refused, whatever length it claims', async () => {
    const { ask, app, token } = await relay();
    expect((await ask({ instructions: 'x'.repeat(17_000) })).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    const response = await app.request(`http://127.0.0.1${tokenPath}`, {
      method: 'POST',
      headers: { origin, host: '127.0.0.1', authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect((await errorOf(response)).code).toBe('body_too_large');
    expect(pulled).toBeLessThan(30);
  });

  it('that asks for a voice off the list learns the list', async () => {
    const { ask } = await relay();
    const response = await ask({ voice: 'nobody' });
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({
      code: 'invalid_request',
      param: 'voice',
      message: expect.stringContaining('marin'),
    });
  });
});

describe('limits', () => {
  it('stop the device that starts too many calls, and say when to come back', async () => {
    const { ask } = await relay({ limits: createLimits({ ...generous, tokenPerMinute: 2 }) });
    expect((await ask()).status).toBe(200);
    expect((await ask()).status).toBe(200);
    const response = await ask();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
    expect((await errorOf(response)).code).toBe('rate_limited');
  });

  it('do not count wishes that were refused', async () => {
    const { ask } = await relay({ limits: createLimits({ ...generous, tokenPerMinute: 1 }) });
    await ask({ voice: 'nobody' });
    expect((await ask()).status).toBe(200);
  });

  it('shut out an address that guesses tokens, even when it then guesses right', async () => {
    const { ask } = await relay({ limits: createLimits({ ...generous, failedAuthPerMinute: 3 }) });
    for (let guess = 0; guess < 3; guess += 1)
      expect((await ask({}, { authorization: 'Bearer guess' })).status).toBe(401);
    const response = await ask();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('let nobody through when counting fails', async () => {
    const broken = () => ({
      consume: () => Promise.reject(new Error('down')),
      get: () => Promise.reject(new Error('down')),
    });
    const { ask, sessions } = await relay({ limits: createLimits(generous, broken) });
    const response = await ask();
    expect(response.status).toBe(429);
    expect(response.headers.get('retry-after')).toBe('30');
    expect(sessions).toEqual([]);
  });
});

it('no line of the log holds a token, a text, a path or a full address', async () => {
  const { ask, send, token, lines } = await relay();
  const planted = 'PLANTED-canary';
  await ask({
    instructions: `my ${planted}`,
    tools: [{ type: 'function', name: 'f', description: planted, parameters: { planted } }],
  });
  await ask({ voice: planted });
  await ask({ [planted]: 1 });
  await ask(`{"${planted}`);
  await ask({}, { authorization: `Bearer ${planted}` });
  await ask({}, { origin: `https://${planted}.example` });
  await send(`/${planted}?${planted}=${token}`, { headers: { origin, 'user-agent': planted } });
  expect(lines).toHaveLength(7);
  const all = lines.join('\n');
  expect(all).not.toContain(planted);
  expect(all).not.toContain(token);
  expect(all).not.toContain('ek_minted');
  expect(all).not.toContain('192.0.2.77');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'info',
    route: tokenPath,
    status: 200,
    address: '192.0.2.0/24',
  });
  expect(JSON.parse(lines[6]!)).toMatchObject({ level: 'warn', route: 'other', status: 404, code: 'not_found' });
});
