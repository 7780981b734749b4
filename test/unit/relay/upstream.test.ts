import { createServer as createTcpServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../relay/settings/config.ts';
import { nodePost } from '../../../relay/upstream/node-post.ts';
import type { Refusal } from '../../../relay/refusal.ts';
import { buildSession } from '../../../relay/session/session-config.ts';
import { createUpstream, type UpstreamOptions } from '../../../relay/upstream/upstream.ts';
import { waitSeconds } from '../../../relay/upstream/refusal.ts';
import { closers, json, listen, provider } from './provider.ts';

const session = buildSession({}, loadConfig({}).session);
const secret = {
  value: 'ek_abc',
  expires_at: 1_790_000_000,
  session: { model: 'gpt-realtime-2.1', audio: { output: { voice: 'marin' } } },
};
const problem = (code: string | null, type = 'invalid_request_error') => ({
  error: { message: 'Bad sk-abc***xyz', type, code, param: null },
});

const upstream = (baseUrl: string, changes: Partial<UpstreamOptions> = {}) =>
  createUpstream({
    baseUrl,
    key: 'sk-the-key',
    provider: 'openai',
    tokenTtlS: 60,
    post: nodePost,
    retryDelayMs: () => 5,
    ...changes,
  });

const mint = (baseUrl: string, changes?: Partial<UpstreamOptions>) =>
  upstream(baseUrl, changes).mint(session, { safetyIdentifier: 'f00d' });

async function refusal(baseUrl: string, changes?: Partial<UpstreamOptions>): Promise<Refusal> {
  return mint(baseUrl, changes).then(
    () => Promise.reject(new Error('was not refused')),
    (error: Refusal) => error,
  );
}

describe('minting', () => {
  it('sends the whole session with a short life, the key and who it is for', async () => {
    const { baseUrl, seen } = await provider(json(200, secret));
    expect(await mint(baseUrl)).toEqual({
      value: 'ek_abc',
      expiresAt: 1_790_000_000,
      model: 'gpt-realtime-2.1',
      voice: 'marin',
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/v1/realtime/client_secrets',
      headers: {
        authorization: 'Bearer sk-the-key',
        'content-type': 'application/json',
        'openai-safety-identifier': 'f00d',
      },
    });
    expect(JSON.parse(seen[0]!.body)).toEqual({ expires_after: { anchor: 'created_at', seconds: 60 }, session });
  });

  it('does not mind a provider that says less or more', async () => {
    const { baseUrl } = await provider(
      json(200, { value: 'ek_1', expires_at: 7, session: { model: 9, audio: null }, extra: 'x' }),
    );
    expect(await mint(baseUrl)).toEqual({ value: 'ek_1', expiresAt: 7, model: undefined, voice: undefined });
  });

  it('reuses the connection', async () => {
    const { baseUrl, seen } = await provider(json(200, secret));
    const { mint: again } = upstream(baseUrl);
    await again(session, { safetyIdentifier: 'a' });
    await again(session, { safetyIdentifier: 'b' });
    expect(seen.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'keep-alive']);
  });
});

describe('a refusal of the provider', () => {
  for (const [what, status, body, code, ours] of [
    ['a wrong key', 401, problem('invalid_api_key'), 'upstream_refused', 502],
    ['no access', 403, problem(null), 'upstream_refused', 502],
    ['no credit left', 429, problem('insufficient_quota', 'insufficient_quota'), 'upstream_quota', 503],
    ['no credit left, by type only', 429, problem(null, 'insufficient_quota'), 'upstream_quota', 503],
    ['too many requests', 429, problem('rate_limit_exceeded'), 'upstream_busy', 503],
    ['an unknown model', 404, problem('model_not_found'), 'upstream_error', 502],
    ['a bad session', 400, problem('unknown_parameter'), 'upstream_error', 502],
    ['an empty refusal', 400, '', 'upstream_error', 502],
    ['a failure', 500, problem('server_error', 'server_error'), 'upstream_error', 502],
    ['a redirect', 307, '', 'upstream_error', 502],
  ] as const) {
    it(`for ${what} becomes ${code}, once, and without the provider's words`, async () => {
      const { baseUrl, seen } = await provider(json(status, body, { location: 'http://127.0.0.1:9/' }));
      const refused = await refusal(baseUrl);
      expect(refused).toMatchObject({ code, status: ours, extras: { upstreamStatus: status } });
      expect(JSON.stringify(refused.envelope())).not.toContain('sk-');
      expect(seen).toHaveLength(1);
    });
  }

  it('for being busy says when to come back', async () => {
    const told = await provider(json(429, problem(null), { 'retry-after': '17' }));
    expect((await refusal(told.baseUrl)).extras.retryAfterS).toBe(17);
    const untold = await provider(json(429, problem(null)));
    expect((await refusal(untold.baseUrl)).extras.retryAfterS).toBe(5);
  });

  it('names the parameter that the provider did not accept', async () => {
    const { baseUrl } = await provider(
      json(400, { error: { message: 'm', code: 'unknown_parameter', param: 'session.reasoning' } }),
    );
    expect((await refusal(baseUrl)).message).toContain('unknown_parameter, session.reasoning');
  });
});

it('Retry-After is seconds or a date, and never absurd', () => {
  const now = Date.parse('2026-11-20T10:00:00Z');
  expect(waitSeconds('30', now)).toBe(30);
  expect(waitSeconds('Fri, 20 Nov 2026 10:00:20 GMT', now)).toBe(20);
  expect(waitSeconds('0', now)).toBe(1);
  expect(waitSeconds('999999', now)).toBe(120);
  expect(waitSeconds('soon', now)).toBeUndefined();
  expect(waitSeconds(undefined, now)).toBeUndefined();
});

describe('an answer that is no secret', () => {
  for (const [what, body] of [
    ['a web page', '<html>hello</html>'],
    ['nothing', ''],
    ['a cut answer', '{"value":"ek_'],
    ['the beta shape', { client_secret: { value: 'ek_1', expires_at: 1 } }],
    ['no value', { expires_at: 1 }],
    ['a value of another type', { value: 7, expires_at: 1 }],
    ['a value that would break a header', { value: 'ek_1\r\nX: y', expires_at: 1 }],
    ['a date for a number', { value: 'ek_1', expires_at: 'tomorrow' }],
  ] as const) {
    it(`but ${what} is upstream_error`, async () => {
      const { baseUrl } = await provider(json(200, body));
      expect(await refusal(baseUrl)).toMatchObject({ code: 'upstream_error', status: 502 });
    });
  }

  it('but endless is cut off at 64 KiB', async () => {
    let sent = 0;
    const { baseUrl } = await provider((response) => {
      const more = (): void => {
        if (response.destroyed || sent > 50_000_000) return;
        sent += 16_384;
        if (response.write('x'.repeat(16_384))) setImmediate(more);
        else response.once('drain', more);
      };
      response.writeHead(200);
      more();
    });
    expect(await refusal(baseUrl)).toMatchObject({
      code: 'upstream_error',
      message: expect.stringContaining('far more'),
    });
    expect(sent).toBeLessThan(50_000_000);
  });
});

describe('trouble on the way', () => {
  it('502 and 503 are tried once more', async () => {
    for (const status of [502, 503]) {
      const { baseUrl, seen } = await provider(json(status, 'down'), json(200, secret));
      expect((await mint(baseUrl)).value).toBe('ek_abc');
      expect(seen).toHaveLength(2);
    }
  });

  it('503 again is upstream_error', async () => {
    const { baseUrl, seen } = await provider(json(503, 'down'));
    expect(await refusal(baseUrl)).toMatchObject({ code: 'upstream_error' });
    expect(seen).toHaveLength(2);
  });

  it('nobody listening is upstream_unreachable', async () => {
    const closed = createTcpServer();
    const baseUrl = await listen(closed);
    await new Promise((resolve) => {
      closed.close(resolve);
    });
    expect(await refusal(baseUrl)).toMatchObject({
      code: 'upstream_unreachable',
      status: 502,
      extras: { reason: 'ECONNREFUSED' },
    });
  });

  it('a name that does not exist is upstream_unreachable', async () => {
    expect(await refusal('http://provider.invalid/v1')).toMatchObject({ code: 'upstream_unreachable' });
  });

  it('a line that breaks after the request is upstream_unreachable, and not repeated', async () => {
    const { baseUrl, seen } = await provider((response) => response.socket?.resetAndDestroy());
    expect(await refusal(baseUrl)).toMatchObject({ code: 'upstream_unreachable' });
    expect(seen).toHaveLength(1);
  });

  it('silence is upstream_timeout', async () => {
    const { baseUrl, seen } = await provider(() => {});
    expect(await refusal(baseUrl, { totalTimeoutMs: 200 })).toMatchObject({ code: 'upstream_timeout', status: 504 });
    expect(seen).toHaveLength(1);
  });

  it('an answer letter by letter is upstream_timeout: the limit is for the whole', async () => {
    const { baseUrl } = await provider((response) => {
      response.writeHead(200);
      const timer = setInterval(() => response.write(' '), 20);
      response.once('close', () => clearInterval(timer));
    });
    expect(await refusal(baseUrl, { totalTimeoutMs: 300 })).toMatchObject({ code: 'upstream_timeout' });
  });

  it('a server that never completes TLS is upstream_timeout by the connect limit, after one more try', async () => {
    let connections = 0;
    const sockets = createTcpServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      closers.push(() => socket.destroy());
    });
    const baseUrl = (await listen(sockets)).replace('http:', 'https:');
    expect(await refusal(baseUrl, { connectTimeoutMs: 100 })).toMatchObject({
      code: 'upstream_timeout',
      extras: { reason: 'ETIMEDOUT' },
    });
    expect(connections).toBe(2);
  });

  it('a client that leaves ends the request to the provider', async () => {
    const left = new AbortController();
    let closed: Promise<void> | undefined;
    const { baseUrl } = await provider((response) => {
      closed = new Promise((resolve) => {
        response.once('close', () => resolve());
      });
      left.abort();
    });
    await expect(upstream(baseUrl).mint(session, { safetyIdentifier: 'a', signal: left.signal })).rejects.toMatchObject(
      { code: 'upstream_error' },
    );
    await closed;
  });
});
