import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { faultOf } from '../../../lib/protocol/faults.ts';
import { requestPairing } from '../../../lib/session/pair.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Asked {
  line: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A relay below a path of its own that answers so, and what it was asked. */
async function relayThat(status: number, answer: unknown, headers: Record<string, string> = {}) {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (part) => (body += String(part)));
    request.on('end', () => {
      asked.push({ line: `${request.method} ${request.url}`, headers: request.headers, body });
      response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { asked, relayUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/team` };
}

const pair = (relayUrl: string) =>
  requestPairing({ relayUrl, code: 'AB12-CD34', name: 'Chrome on Linux' }, new AbortController().signal);
const faultFrom = (asking: Promise<unknown>) =>
  asking.then(
    (answer) => answer,
    (error: unknown) => ({ fault: faultOf(error) }),
  );
const refusal = (code: string) => ({ error: { message: 'because', code } });

describe('pairing', () => {
  it('asks with code and name, and hands on the token alone', async () => {
    const device = { device: { id: 'd', name: 'n' }, person: { name: 'Ana' } };
    const { asked, relayUrl } = await relayThat(201, { deviceToken: 't', ...device });
    expect(await pair(`${relayUrl}/`)).toEqual({ deviceToken: 't' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.line).toBe('POST /team/v1/pair');
    expect(asked[0]?.headers).not.toHaveProperty('authorization');
    expect(JSON.parse(asked[0]!.body)).toEqual({ code: 'AB12-CD34', name: 'Chrome on Linux' });
  });

  it.each([
    [401, 'device_token_invalid', { refused: 'code-refused' }],
    [400, 'invalid_request', { refused: 'code-refused' }],
    [404, 'not_found', { refused: 'no-pairing' }],
    [405, 'method_not_allowed', { refused: 'no-pairing' }],
    [403, 'origin_not_allowed', { fault: { code: 'relay-origin' } }],
  ] as const)('names what %i %s means', async (status, code, answer) => {
    const { relayUrl } = await relayThat(status, refusal(code));
    expect(await faultFrom(pair(relayUrl))).toMatchObject(answer);
  });

  it('says when to try again', async () => {
    const { relayUrl } = await relayThat(429, refusal('rate_limited'), { 'Retry-After': '60' });
    expect(await faultFrom(pair(relayUrl))).toMatchObject({ fault: { code: 'relay-limit', retryAfterS: 60 } });
  });

  it.each([
    ['a page', 200, '<!doctype html>'],
    ['a missing page', 404, 'Not Found'],
    ['no token', 201, {}],
    ['an empty token', 201, { deviceToken: '' }],
    ['a token of two words', 201, { deviceToken: 'two words' }],
    ['a token that is none', 201, { deviceToken: 7 }],
    ['null', 201, 'null'],
    ['more than a relay ever says', 201, { deviceToken: 't', filling: 'x'.repeat(70_000) }],
  ])('takes %s for no relay', async (_, status, answer) => {
    const { relayUrl } = await relayThat(status, answer);
    expect(await faultFrom(pair(relayUrl))).toMatchObject({ fault: { code: 'relay-not-a-relay' } });
  });

  it('never carries the code to another host', async () => {
    const other = await relayThat(201, { deviceToken: 't' });
    const { relayUrl } = await relayThat(307, '', { Location: `${other.relayUrl}/v1/pair` });
    expect(await faultFrom(pair(relayUrl))).toMatchObject({ fault: { code: 'relay-not-a-relay' } });
    // The closer look at what answers may get there, with nothing in its hands.
    expect(other.asked.filter(({ body }) => body !== '')).toEqual([]);
  });

  it('says that nobody is there', async () => {
    expect(await faultFrom(pair('http://127.0.0.1:9'))).toMatchObject({ fault: { code: 'relay-unreachable' } });
  });

  it.each(['', 'javascript:alert(1)', 'http://relay.example', 'https://user:secret@relay.example'])(
    'does not even try %j',
    async (relayUrl) => {
      expect(await faultFrom(pair(relayUrl))).toMatchObject({ fault: { code: 'relay-unset' } });
    },
  );
});
