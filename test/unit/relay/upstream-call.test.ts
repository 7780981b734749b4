import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../relay/settings/config.ts';
import { nodePost } from '../../../relay/upstream/node-post.ts';
import { PostError, type PostRequest } from '../../../relay/upstream/post.ts';
import { buildSession } from '../../../relay/session/session-config.ts';
import { createUpstream, type UpstreamOptions } from '../../../relay/upstream/upstream.ts';
import { closers, json, listen, provider } from './provider.ts';

const session = buildSession({ instructions: 'Diz «olá».\r\n--' }, loadConfig({}).session);
const offer = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=ação\r\n';
const answer = 'v=0\r\nanswer\r\n';
const opened = (status = 201, headers: Record<string, string> = { location: '/v1/realtime/calls/rtc_u1_0f' }) =>
  json(status, answer, { 'content-type': 'application/sdp', ...headers });

const call = (baseUrl: string, changes: Partial<UpstreamOptions> = {}, dcid?: number) =>
  createUpstream({
    baseUrl,
    key: 'sk-the-key',
    provider: 'openai',
    tokenTtlS: 60,
    post: nodePost,
    retryDelayMs: () => 5,
    ...changes,
  }).call(session, { sdp: offer, dcid }, { safetyIdentifier: 'f00d' });

describe('an offer to the provider', () => {
  it('goes as a form with the whole session, untouched, with the key and who it is for', async () => {
    const { baseUrl, seen } = await provider(opened());
    expect(await call(baseUrl)).toEqual({ sdp: answer, callId: 'rtc_u1_0f' });
    expect(seen).toHaveLength(1);
    const { method, url, headers, body } = seen[0]!;
    expect({ method, url }).toEqual({ method: 'POST', url: '/v1/realtime/calls' });
    expect(headers).toMatchObject({ authorization: 'Bearer sk-the-key', 'openai-safety-identifier': 'f00d' });
    const form = await new Response(body, { headers: { 'content-type': headers['content-type']! } }).formData();
    expect([...form.keys()]).toEqual(['sdp', 'session']);
    expect(form.get('sdp')).toBe(offer);
    expect(JSON.parse(form.get('session') as string)).toEqual(session);
    expect(body).toContain('name="sdp"\r\nContent-Type: application/sdp\r\n\r\nv=0');
    expect(body).toContain('name="session"\r\nContent-Type: application/json\r\n\r\n{');
  });

  it('names the channel when there is one', async () => {
    const { baseUrl, seen } = await provider(opened());
    await call(baseUrl, {}, 0);
    expect(seen[0]!.url).toBe('/v1/realtime/calls?dcid=0');
  });

  for (const [what, location, callId] of [
    ['in full', 'https://provider.example/v1/realtime/calls/rtc_1', 'rtc_1'],
    ['not at all', undefined, null],
    ['in another way', '/somewhere/else', null],
    ['in a way that hides something', '/v1/realtime/calls/rtc_1"><script>', null],
    ['at great length', `/v1/realtime/calls/${'x'.repeat(200)}`, null],
  ] as const) {
    it(`takes a provider that names the call ${what}`, async () => {
      const { baseUrl } = await provider(opened(200, location === undefined ? {} : { location }));
      expect(await call(baseUrl)).toEqual({ sdp: answer, callId });
    });
  }
});

describe('what is no answer to an offer', () => {
  for (const [what, status, body] of [
    ['a web page', 200, '<html>hello</html>'],
    ['nothing', 201, ''],
    ['a promise', 202, answer],
    ['a secret', 200, { value: 'ek_1', expires_at: 1 }],
    ['a redirect', 307, answer],
  ] as const) {
    it(`is ${what}: upstream_error`, async () => {
      const { baseUrl, seen } = await provider(json(status, body, { location: 'http://127.0.0.1:9/' }));
      await expect(call(baseUrl)).rejects.toMatchObject({ code: 'upstream_error', extras: { upstreamStatus: status } });
      expect(seen).toHaveLength(1);
    });
  }

  it('is more than 64 KiB', async () => {
    const { baseUrl } = await provider(json(201, `v=0${'x'.repeat(70_000)}`));
    await expect(call(baseUrl)).rejects.toMatchObject({ code: 'upstream_error' });
  });

  it('is a refusal: it is called as for a grant', async () => {
    const refused = (status: number, code: string) =>
      provider(json(status, { error: { message: 'Bad sk-abc***xyz', code } })).then(({ baseUrl }) => call(baseUrl));
    await expect(refused(401, 'invalid_api_key')).rejects.toMatchObject({ code: 'upstream_refused' });
    await expect(refused(429, 'insufficient_quota')).rejects.toMatchObject({ code: 'upstream_quota' });
    await expect(refused(429, 'rate_limit_exceeded')).rejects.toMatchObject({ code: 'upstream_busy' });
    await expect(refused(400, 'invalid_offer')).rejects.toMatchObject({
      code: 'upstream_error',
      message: expect.stringMatching(/^(?!.*sk-).*invalid_offer/),
    });
  });
});

describe('an offer that had trouble on its way', () => {
  it('is not sent again when the provider may have seen it', async () => {
    for (const status of [502, 503]) {
      const { baseUrl, seen } = await provider(json(status, 'down'), opened());
      await expect(call(baseUrl)).rejects.toMatchObject({ code: 'upstream_error' });
      expect(seen).toHaveLength(1);
    }
    const broken = await provider((response) => response.socket?.resetAndDestroy(), opened());
    await expect(call(broken.baseUrl)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(broken.seen).toHaveLength(1);
    const silent = await provider(() => {});
    await expect(call(silent.baseUrl, { totalTimeoutMs: 200 })).rejects.toMatchObject({ code: 'upstream_timeout' });
    expect(silent.seen).toHaveLength(1);
  });

  it('is not sent again on a kept connection that broke under it', async () => {
    const { baseUrl, seen } = await provider(opened(), (response) => response.socket?.resetAndDestroy());
    await call(baseUrl);
    await expect(call(baseUrl)).rejects.toMatchObject({ code: 'upstream_unreachable' });
    expect(seen).toHaveLength(2);
  });

  it('is sent again when nobody was there to see it', async () => {
    const asked: PostRequest[] = [];
    const { baseUrl, seen } = await provider(opened());
    const post = (request: PostRequest) => {
      asked.push(request);
      return asked.length === 1 ? Promise.reject(new PostError('connect', 'ECONNREFUSED')) : nodePost(request);
    };
    expect((await call(baseUrl, { post })).sdp).toBe(answer);
    expect(asked).toHaveLength(2);
    expect(seen).toHaveLength(1);
  });

  it('to a server that never completes TLS is upstream_timeout', async () => {
    const sockets = createTcpServer((socket) => {
      socket.on('error', () => {});
      closers.push(() => socket.destroy());
    });
    const baseUrl = (await listen(sockets)).replace('http:', 'https:');
    await expect(call(baseUrl, { connectTimeoutMs: 100 })).rejects.toMatchObject({ code: 'upstream_timeout' });
  });
});
