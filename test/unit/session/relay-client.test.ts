import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FaultError } from '../../../lib/protocol/faults.ts';
import { requestGrant } from '../../../lib/session/relay-client.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function relayThat(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const ask = (relayUrl: string, deviceToken = 'token') =>
  requestGrant({ relayUrl, deviceToken }, {}, new AbortController().signal);

async function faultFrom(asking: Promise<unknown>) {
  const error = await asking.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(FaultError);
  return (error as FaultError).fault;
}

const grant = {
  value: 'ek_1',
  expiresAt: 1,
  model: 'm',
  voice: 'v',
  provider: 'local',
  transports: [{ kind: 'webrtc', url: 'http://127.0.0.1:1/v1/realtime/calls' }],
};
const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): RequestListener =>
  (_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
const refusal = (code: string) => ({ error: { message: 'because', type: 'relay', code, param: null } });

describe('asking the relay', () => {
  it('gets a grant, with the device token in the header and nowhere else', async () => {
    let seen = '';
    const url = await relayThat((request, response) => {
      seen = `${request.method} ${request.url} ${request.headers.authorization}`;
      json(200, grant)(request, response);
    });
    expect(await ask(`${url}/`)).toMatchObject({ value: 'ek_1' });
    expect(seen).toBe('POST /v1/realtime/token Bearer token');
  });

  it.each([
    [401, 'device_token_invalid', 'relay-refused'],
    [403, 'origin_not_allowed', 'relay-origin'],
    [400, 'invalid_request', 'relay-rejected'],
    [502, 'upstream_refused', 'provider-refused'],
    [503, 'upstream_quota', 'provider-quota'],
    [504, 'upstream_timeout', 'provider-unreachable'],
  ])('names what is wrong: HTTP %i %s is %s', async (status, code, fault) => {
    expect((await faultFrom(ask(await relayThat(json(status, refusal(code)))))).code).toBe(fault);
  });

  it.each([500, 502, 503, 504])(
    'takes HTTP %i of whatever stands before a relay for one that is away',
    async (status) => {
      expect((await faultFrom(ask(await relayThat(json(status, '<h1>Bad gateway</h1>'))))).code).toBe(
        'relay-unreachable',
      );
    },
  );

  it('says when it is worth trying again, also where a date says it', async () => {
    const soon = new Date(Date.now() + 20_000).toUTCString();
    const url = await relayThat(json(429, refusal('rate_limited'), { 'Retry-After': soon }));
    const { code, retryAfterS = 0 } = await faultFrom(ask(url));
    expect([code, retryAfterS > 15, retryAfterS <= 20]).toEqual(['relay-limit', true, true]);
  });

  describe('that takes too long', () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    const waits: number[] = [];
    beforeEach(() => {
      waits.length = 0;
      // A hundredth of the time.
      vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => {
        waits.push(ms);
        return timeout(ms / 100);
      });
    });
    afterEach(() => void vi.restoreAllMocks());

    it.each([
      ['and never answers', () => undefined],
      [
        'to say all of it, byte by byte',
        (_, response) => {
          response.writeHead(200, { 'Content-Type': 'application/json' });
          const timer = setInterval(() => response.write(' '), 5);
          response.on('close', () => clearInterval(timer));
        },
      ],
    ] as [string, RequestListener][])('%s: eight seconds are the end', async (_, listener) => {
      expect((await faultFrom(ask(await relayThat(listener)))).code).toBe('relay-timeout');
      expect(waits).toEqual([8000]);
    });
  });

  it('hangs up on an answer without end', async () => {
    let sent = 0;
    const url = await relayThat((_, response) => {
      response.writeHead(200, { 'Content-Type': 'application/json' });
      const more = () => {
        while (!response.destroyed && response.write('x'.repeat(16_384))) sent += 16_384;
      };
      response.on('drain', more);
      more();
    });
    expect((await faultFrom(ask(url))).code).toBe('relay-not-a-relay');
    expect(sent).toBeLessThan(50_000_000);
  });

  it('says when it is worth trying again', async () => {
    const url = await relayThat(json(429, refusal('rate_limited'), { 'Retry-After': '30' }));
    expect(await faultFrom(ask(url))).toMatchObject({ code: 'relay-limit', retryAfterS: 30 });
  });

  it.each([
    ['a web page', '<html>Welcome</html>'],
    ['nothing', ''],
    ['half a grant', '{"value":"ek_'],
    ['null', 'null'],
    ['a word', '"ek_1"'],
    ['a list', [grant]],
    ['bytes that are no text', '\u0000\ufffd\u0001'],
    ['a grant without a secret', { ...grant, value: undefined }],
    ['a grant with an empty secret', { ...grant, value: '' }],
    ['a grant without a time', { ...grant, expiresAt: 'soon' }],
    ['a grant that nests without end', '['.repeat(20_000)],
    ['a grant without a way in', { ...grant, transports: [] }],
    ['a grant to nowhere', { ...grant, transports: [{ kind: 'webrtc', url: 'javascript:alert(1)' }] }],
    ['numbers for words', { ...grant, value: 7 }],
    ['an endless answer', 'x'.repeat(200_000)],
  ])('does not take %s for a relay', async (_, body) => {
    expect((await faultFrom(ask(await relayThat(json(200, body))))).code).toBe('relay-not-a-relay');
  });

  it('never carries the token to another host', async () => {
    let carried = false;
    const other = await relayThat((request, response) => {
      carried ||= request.headers.authorization !== undefined;
      json(200, grant)(request, response);
    });
    const url = await relayThat((_, response) => {
      response.writeHead(307, { Location: `${other}/v1/realtime/token` });
      response.end();
    });
    expect((await faultFrom(ask(url))).code).toBe('relay-not-a-relay');
    expect(carried).toBe(false);
  });

  it('says that nobody was there where a relay is, and the question did not get through to it', async () => {
    const url = await relayThat((request, response) => {
      if (request.method === 'POST') return request.socket.destroy();
      json(200, { service: 'parley-relay', version: '1', provider: 'local' })(request, response);
    });
    expect((await faultFrom(ask(url))).code).toBe('relay-unreachable');
  });

  it('is not led in a circle', async () => {
    let url = '';
    url = await relayThat((request, response) => {
      response.writeHead(301, { Location: `${url}${request.url}` });
      response.end();
    });
    expect(['relay-not-a-relay', 'relay-unreachable']).toContain((await faultFrom(ask(url))).code);
  });

  it('says that nobody is there', async () => {
    expect((await faultFrom(ask('http://127.0.0.1:9'))).code).toBe('relay-unreachable');
  });

  it('says that nobody is there whom the system knows, or who can be trusted', async () => {
    const plain = await relayThat(json(200, grant));
    for (const url of ['https://relay.invalid', plain.replace('http:', 'https:')]) {
      expect((await faultFrom(ask(url))).code).toBe('relay-unreachable');
    }
  });

  it.each(['', 'javascript:alert(1)', 'http://relay.example', 'https://user:secret@relay.example', 'not an address'])(
    'does not even try %j',
    async (url) => {
      expect((await faultFrom(ask(url))).code).toBe('relay-unset');
    },
  );

  it('needs a device token', async () => {
    expect((await faultFrom(ask('http://127.0.0.1:9', ''))).code).toBe('relay-unset');
  });
});
