import { afterEach, describe, expect, it, vi } from 'vitest';
import { callAnswer, grant } from '../../../lib/protocol/grant.ts';
import { createLimits } from '../../../relay/limits.ts';
import { Refusal } from '../../../relay/refusal.ts';
import { callsPath } from '../../../relay/routes/calls.ts';
import { errorOf, generous, offerSdp, origin, relay, tokenPath } from './parts.ts';

afterEach(() => void vi.useRealTimers());

describe('an offer from the paired extension', () => {
  it('comes back as the answer of the provider, with what was asked for', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_789_999_940_500 });
    const { dial, offers } = await relay();
    const response = await dial({ wishes: { voice: 'cedar' } });
    expect(response.status).toBe(201);
    expect(callAnswer.parse(await response.json())).toEqual({
      sdp: 'v=0\r\nanswer\r\n',
      callId: 'rtc_1',
      model: 'gpt-realtime-2.1',
      voice: 'cedar',
      provider: 'openai',
      issuedAt: 1_789_999_940,
    });
    expect(offers).toEqual([{ sdp: offerSdp, dcid: undefined }]);
  });

  it('asks for the same session as a grant with the same wishes', async () => {
    const { ask, dial, sessions } = await relay();
    const wishes = { voice: 'cedar', language: 'pt-BR', output: 'text', instructions: 'Be brief.' };
    await ask(wishes);
    await dial({ wishes });
    expect(sessions[1]).toEqual(sessions[0]);
  });

  it('is a request that a browser sends without asking first, and whose answer it hands over', async () => {
    const { app, token } = await relay();
    // What a browser sends of such a request: https://fetch.spec.whatwg.org/#cors-safelisted-request-header
    const response = await app.request(`http://127.0.0.1:8787${callsPath}`, {
      method: 'POST',
      headers: { host: '127.0.0.1:8787', origin, 'content-type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify({ deviceToken: token, sdp: offerSdp, wishes: {} }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('vary')).toContain('Origin');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('that nobody waits for any more leaves no call with the provider', async () => {
    const leaving = new AbortController();
    const ended: string[] = [];
    const { app, token } = await relay({
      upstream: {
        async call(_session, _offer, { signal }) {
          leaving.abort();
          // It is not given up: it might have opened one all the same.
          expect(signal).toBeUndefined();
          return { sdp: 'v=0\r\nanswer\r\n', callId: 'rtc_1' };
        },
      },
      running: {
        opened: async () => {},
        hangUp: async (id) => ended.push(id) > 0,
        endedFor: () => null,
      },
    });
    await app.request(`http://127.0.0.1:8787${callsPath}`, {
      method: 'POST',
      headers: { host: '127.0.0.1:8787', origin, 'content-type': 'text/plain;charset=UTF-8' },
      body: JSON.stringify({ deviceToken: token, sdp: offerSdp, wishes: {} }),
      signal: leaving.signal,
    });
    expect(ended).toEqual(['rtc_1']);
  });

  it('may name a channel, where the provider takes one', async () => {
    const { dial, offers } = await relay();
    for (const dcid of [0, 65_534]) expect((await dial({ dcid })).status).toBe(201);
    expect(offers.map(({ dcid }) => dcid)).toEqual([0, 65_534]);
    const other = await relay({ negotiated: false });
    expect(await errorOf(await other.dial({ dcid: 0 }))).toMatchObject({ code: 'invalid_request', param: 'dcid' });
    expect(other.offers).toEqual([]);
  });

  it('meets no such address where the owner does not want it, and no grant speaks of it', async () => {
    const { ask, dial, offers } = await relay({ calls: false });
    expect((await dial()).status).toBe(404);
    expect(offers).toEqual([]);
    expect(grant.parse(await (await ask()).json())).not.toHaveProperty('calls');
  });

  it('is answered at one method only', async () => {
    const { send } = await relay();
    const response = await send(callsPath, { headers: { origin } });
    expect(response.status).toBe(405);
    expect(response.headers.get('allow')).toBe('POST, OPTIONS');
  });

  it('passes a refusal of the provider on, with the time to wait', async () => {
    const busy = new Refusal('upstream_busy', 'The provider is busy.', { retryAfterS: 7, upstreamStatus: 429 });
    const { dial } = await relay({ upstream: { call: () => Promise.reject(busy) } });
    const response = await dial();
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('7');
    expect((await errorOf(response)).code).toBe('upstream_busy');
  });
});

describe('who calls', () => {
  for (const [what, deviceToken] of [
    ['missing', undefined],
    ['wrong', `parley_${'A'.repeat(43)}`],
    ['a number', 7],
    ['absurdly long', 'x'.repeat(5000)],
  ] as const) {
    it(`must be known: a device token that is ${what} is refused with 401`, async () => {
      const { dial, offers } = await relay();
      const response = await dial({ deviceToken });
      expect(response.status).toBe(401);
      expect((await errorOf(response)).code).toBe('device_token_invalid');
      expect(offers).toEqual([]);
    });
  }

  it('is looked at before what is asked for: a stranger learns nothing about that', async () => {
    const { dial } = await relay();
    expect((await dial({ deviceToken: 'guess', sdp: 7, more: 1 })).status).toBe(401);
  });

  it('is told by the body alone, not by a header', async () => {
    const { dial, token } = await relay();
    expect((await dial({ deviceToken: undefined }, { authorization: `Bearer ${token}` })).status).toBe(401);
  });

  it('is no web page, nobody without an origin, and no name that was made to point here', async () => {
    const { dial, offers } = await relay();
    for (const headers of [{ origin: 'https://evil.example' }, { origin: '' }, { host: 'evil.example' }])
      expect((await dial({}, headers)).status).toBe(403);
    expect(offers).toEqual([]);
  });
});

describe('the body of an offer', () => {
  for (const [what, changes, param] of [
    ['no offer', { sdp: undefined }, 'sdp'],
    ['an offer that is no SDP', { sdp: 'hello' }, 'sdp'],
    ['an offer over 64 KiB', { sdp: `v=0\r\n${'x'.repeat(65_536)}` }, 'sdp'],
    ['a channel below', { dcid: -1 }, 'dcid'],
    ['a channel above', { dcid: 65_535 }, 'dcid'],
    ['a channel between', { dcid: 1.5 }, 'dcid'],
    ['a channel as text', { dcid: '1&model=x' }, 'dcid'],
    ['no wishes', { wishes: undefined }, 'wishes'],
    ['wishes for what nobody knows', { wishes: { session: {} } }, null],
    ['a voice off the list', { wishes: { voice: 'nobody' } }, 'voice'],
    ['a wrong language', { wishes: { language: 'my secret words' } }, 'language'],
    ['an unknown key', { url: 'https://evil.example' }, null],
  ] as const) {
    it(`with ${what} is refused, naming the field`, async () => {
      const { dial, sessions } = await relay();
      const response = await dial(changes);
      expect(response.status).toBe(400);
      const error = await errorOf(response);
      expect(error).toMatchObject({ code: 'invalid_request', param });
      expect(error.message).not.toContain('my secret words');
      expect(sessions).toEqual([]);
    });
  }

  for (const [what, body, status] of [
    ['nothing', '', 400],
    ['cut JSON', '{"deviceToken":"x', 400],
    ['a list', '[]', 401],
    ['null', 'null', 401],
    ['a prototype', '{"__proto__":{"deviceToken":"x"}}', 401],
    ['lists in lists', '['.repeat(90_000), 400],
  ] as const) {
    it(`that is ${what} is refused`, async () => {
      const { dial } = await relay();
      expect((await dial(body)).status).toBe(status);
    });
  }

  it('with a tool that nests without end is refused, here and for grants', async () => {
    const { ask, dial, token } = await relay();
    const tools = (depth: number) =>
      `{"tools":[{"type":"function","name":"f","description":"","parameters":{"a":${'['.repeat(depth)}${']'.repeat(depth)}}}]}`;
    const body = (depth: number) =>
      `{"deviceToken":"${token}","sdp":${JSON.stringify(offerSdp)},"wishes":${tools(depth)}}`;
    expect((await dial(body(40))).status).toBe(201);
    expect((await errorOf(await dial(body(40_000)))).message).toContain('Simplify the tools');
    expect((await ask(tools(7000))).status).toBe(400);
  });

  it('must not say that it is JSON: a browser would ask first', async () => {
    const { dial } = await relay();
    for (const type of ['application/json', 'text/html', 'text/plainer'])
      expect((await dial({}, { 'content-type': type })).status).toBe(400);
  });

  it('takes an offer and wishes near their limits, and nothing over 96 KiB, whatever length it claims', async () => {
    const { dial, app } = await relay();
    const sdp = `v=0\r\n${'a=x\r\n'.repeat(12_000)}`;
    expect((await dial({ sdp, wishes: { instructions: 'x'.repeat(8000) } })).status).toBe(201);
    expect((await dial(' '.repeat(98_305))).status).toBe(413);
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1024).fill(0x20));
      },
    });
    const response = await app.request(`http://127.0.0.1${callsPath}`, {
      method: 'POST',
      headers: { origin, host: '127.0.0.1', 'content-type': 'text/plain' },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect((await errorOf(response)).code).toBe('body_too_large');
    expect(pulled).toBeLessThan(110);
  });
});

describe('limits of offers', () => {
  it('count together with grants, and not what was refused', async () => {
    const { ask, dial } = await relay({ limits: createLimits({ ...generous, tokenPerMinute: 2 }) });
    expect((await dial({ wishes: { voice: 'nobody' } })).status).toBe(400);
    expect((await ask()).status).toBe(200);
    expect((await dial()).status).toBe(201);
    const response = await dial();
    expect(response.status).toBe(429);
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(50);
  });

  it('shut out an address that guesses tokens, here and for grants', async () => {
    const { ask, dial } = await relay({ limits: createLimits({ ...generous, failedAuthPerMinute: 3 }) });
    for (let guess = 0; guess < 3; guess += 1) expect((await dial({ deviceToken: 'guess' })).status).toBe(401);
    expect((await dial()).status).toBe(429);
    expect((await ask()).status).toBe(429);
  });

  it('stop an address that asks too often, before its body is read', async () => {
    const { dial } = await relay({ limits: createLimits({ ...generous, addressPerMinute: 1 }) });
    await dial();
    expect((await dial('not JSON')).status).toBe(429);
  });
});

it('no line of the log holds an offer, an answer, a token or a text', async () => {
  const { dial, token, lines } = await relay();
  const planted = 'PLANTED-canary';
  await dial({ sdp: `v=0\r\n${planted}`, wishes: { instructions: planted } });
  await dial({ sdp: planted });
  await dial({ deviceToken: planted });
  await dial({ [planted]: 1 });
  await dial(`{"${planted}`);
  expect(lines).toHaveLength(5);
  const all = lines.join('\n');
  for (const secret of [planted, token, 'v=0', 'answer', 'rtc_1']) expect(all).not.toContain(secret);
  expect(JSON.parse(lines[0]!)).toMatchObject({ level: 'info', route: callsPath, status: 201 });
  expect(all).not.toContain(tokenPath);
});
