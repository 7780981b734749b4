/** The line through the relay between any two: slow ones, dead ones, and a provider that is not there. */
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket, WebSocketServer, type ServerOptions } from 'ws';
import { Caps } from '../../relay/caps/caps.ts';
import { noRules } from '../../relay/caps/rules.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { createLimits } from '../../relay/limits.ts';
import { createLog } from '../../relay/log/log.ts';
import { memoryDatabase } from '../../relay/sqlite/database.ts';
import { sqliteLedger } from '../../relay/sqlite/ledger.ts';
import { sqliteUsage } from '../../relay/sqlite/usage.ts';
import { listPrices } from '../../relay/usage/prices.ts';
import { Sockets, type SocketsOptions } from '../../relay/socket/sockets.ts';
import { generous } from '../unit/relay/parts.ts';
import { origin } from '../support/relay-line.ts';

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function listening(server: http.Server): Promise<number> {
  const held = new Set<Socket>();
  server.on('connection', (socket: Socket) => held.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    for (const socket of held) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

/** The relay's sockets before the provider at this port. */
async function relayTo(providerPort: number, options: Partial<SocketsOptions> = {}) {
  const lines: string[] = [];
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const sockets = new Sockets({
    devices,
    limits: createLimits(generous),
    log: createLog({ write: (line) => lines.push(line) }),
    origins: [origin],
    loopbackOnly: true,
    hosts: null,
    baseUrl: `http://127.0.0.1:${providerPort}/v1`,
    perDevice: 1,
    addressOf: () => '192.0.2.1',
    caps: new Caps(noRules, sqliteLedger(memoryDatabase())),
    usage: sqliteUsage(memoryDatabase()),
    prices: listPrices,
    transcriptionModel: null,
    moderation: null,
    countRequest: () => undefined,
    now: () => Date.now(),
    mayCall: async () => true,
    onFail: (error) => {
      throw error;
    },
    ...options,
  });
  const server = http.createServer();
  server.on('upgrade', sockets.upgrade);
  const port = await listening(server);
  closers.push(() => sockets.close());
  const dial = (client: object = {}): WebSocket => {
    const protocols = ['realtime', 'openai-insecure-api-key.ek_1', `parley-device.${token}`];
    const address = `ws://127.0.0.1:${port}/v1/realtime?model=gpt-realtime-2.1`;
    return new WebSocket(address, protocols, { ...client, headers: { origin } }).on('error', () => {});
  };
  return { dial, lines, sockets };
}

/** A provider that opens every socket, and does with it what it is told. */
async function provider(behave: (socket: WebSocket) => void = () => {}, options: ServerOptions = {}) {
  const server = http.createServer();
  const sockets: WebSocket[] = [];
  const requests: http.IncomingMessage[] = [];
  new WebSocketServer({ ...options, server }).on('connection', (socket, request) => {
    socket.on('error', () => {});
    sockets.push(socket);
    requests.push(request);
    behave(socket);
  });
  return { port: await listening(server), sockets, requests };
}

/** However it ends, also with an error. */
function ending(socket: WebSocket): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => {
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }));
  });
}

const until = async (look: () => boolean): Promise<void> => {
  await expect.poll(look, { timeout: 15_000, interval: 5 }).toBe(true);
};
const opened = (socket: WebSocket) => once(socket, 'open');
const MB = 1024 * 1024;

/** Sends `count` numbered texts of 64 KiB as fast as they are taken; tells how many have left this side. */
function flood(socket: WebSocket, count: number): { left: () => number } {
  let left = 0;
  for (let index = 0; index < count; index += 1) {
    socket.send(JSON.stringify({ index, filler: 'x'.repeat(65_536) }), () => (left += 1));
  }
  return { left: () => left };
}

/** Resolves when nothing more has moved for a while, with how many have left. */
async function stuck(left: () => number): Promise<number> {
  let before = -1;
  await expect
    .poll(
      () => {
        const same = left() === before && before > 0;
        before = left();
        return same;
      },
      { timeout: 15_000, interval: 300 },
    )
    .toBe(true);
  return before;
}

function collect(socket: WebSocket): number[] {
  const got: number[] = [];
  socket.on('message', (data) => got.push(JSON.parse(String(data)).index));
  return got;
}

describe('The line to the provider', () => {
  it('is asked for by the secret of the grant alone', async () => {
    const { port, requests } = await provider();
    const { dial } = await relayTo(port);
    await opened(dial());
    const { url, headers } = requests[0]!;
    expect(url).toBe('/v1/realtime?model=gpt-realtime-2.1');
    expect(headers.authorization).toBe('Bearer ek_1');
    for (const name of ['origin', 'cookie', 'sec-websocket-protocol']) expect(headers[name]).toBeUndefined();
  });

  it('loses nothing that the provider says at once, and its goodbye neither', async () => {
    const { port } = await provider((socket) => {
      flood(socket, 3);
      socket.close(4000, 'invalid_request_error.invalid_model');
    });
    const { dial } = await relayTo(port);
    const client = dial();
    const got = collect(client);
    expect(await ending(client)).toEqual({ code: 4000, reason: 'invalid_request_error.invalid_model' });
    expect(got).toEqual([0, 1, 2]);
  });

  it('takes a client’s own code and reason to the provider', async () => {
    const { port, sockets } = await provider();
    const { dial } = await relayTo(port);
    const client = dial();
    await opened(client);
    const end = ending(sockets[0]!);
    client.close(4001, 'changed my mind');
    expect(await end).toEqual({ code: 4001, reason: 'changed my mind' });
  });

  it('is over when the provider sends bytes', async () => {
    const told = Promise.withResolvers<number>();
    const { port } = await provider((socket) => {
      socket.once('close', told.resolve);
      socket.send(Buffer.from([1]));
    });
    const { dial } = await relayTo(port);
    const client = dial();
    expect(await ending(client)).toEqual({ code: 1011, reason: 'server_error.upstream_error' });
    expect(await told.promise).toBe(1003);
  });
});

describe('Somebody slow', () => {
  it('below gets everything in the end, and the relay keeps little of it meanwhile', async () => {
    const { port, sockets } = await provider();
    const { dial } = await relayTo(port);
    const client = dial();
    await opened(client);
    const got = collect(client);
    client.pause();
    const { left } = flood(sockets[0]!, 800);
    // What the system's own buffers hold, and no more: 50 MB are still with the provider.
    expect((await stuck(left)) * 65_536).toBeLessThan(25 * MB);
    client.resume();
    await until(() => got.length === 800);
    expect(got).toEqual(Array.from({ length: 800 }, (_none, index) => index));
  });

  it('above gets everything in the end, and the relay keeps little of it meanwhile', async () => {
    const { port, sockets } = await provider();
    const { dial } = await relayTo(port);
    const client = dial();
    await opened(client);
    const got = collect(sockets[0]!);
    sockets[0]!.pause();
    const { left } = flood(client, 800);
    expect((await stuck(left)) * 65_536).toBeLessThan(25 * MB);
    sockets[0]!.resume();
    await until(() => got.length === 800);
    expect(got).toEqual(Array.from({ length: 800 }, (_none, index) => index));
  });

  it('who leaves while much is on its way takes the line with them', async () => {
    const { port, sockets } = await provider();
    const { dial, lines } = await relayTo(port);
    const client = dial();
    await opened(client);
    client.pause();
    const { left } = flood(sockets[0]!, 400);
    await stuck(left);
    const end = ending(sockets[0]!);
    client.terminate();
    expect((await end).code).toBe(1000);
    await until(() => lines.some((line) => line.includes('"event":"socket"')));
  });
});

describe('Somebody dead', () => {
  const dumb = { autoPong: false };

  it('below is noticed: the provider hears that the call is over', async () => {
    const { port, sockets } = await provider();
    const { dial } = await relayTo(port, { pingMs: 60 });
    const client = dial(dumb);
    await opened(client);
    const gone = ending(client);
    expect((await ending(sockets[0]!)).code).toBe(1000);
    expect((await gone).code).toBe(1006);
  });

  it('above is noticed: the client hears it', async () => {
    const { port } = await provider(undefined, dumb);
    const { dial } = await relayTo(port, { pingMs: 60 });
    expect(await ending(dial())).toEqual({ code: 1011, reason: 'server_error.upstream_error' });
  });

  it('is nobody who only listens', async () => {
    const { port, sockets } = await provider();
    const { dial } = await relayTo(port, { pingMs: 60 });
    const client = dial();
    let pings = 0;
    client.on('ping', () => (pings += 1));
    await until(() => pings >= 5);
    expect([client.readyState, sockets[0]!.readyState]).toEqual([WebSocket.OPEN, WebSocket.OPEN]);
  });
});

describe('A provider that gives no socket', () => {
  /** Answers the request for one with this. */
  async function answering(status: number, body: object = {}, headers: Record<string, string> = {}) {
    const server = http.createServer();
    const answer = JSON.stringify(body);
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    server.on('upgrade', (_request, socket: Duplex) => {
      socket.end(
        `HTTP/1.1 ${status} Said\r\nContent-Length: ${answer.length}\r\n${head.join('')}Connection: close\r\n\r\n${answer}`,
      );
    });
    return listening(server);
  }
  const quota = { error: { message: 'No.', type: 'insufficient_quota', code: 'insufficient_quota' } };

  it.each([
    [401, {}, 'upstream_refused', /Start the call again/],
    [403, {}, 'upstream_refused', /Start the call again/],
    [404, {}, 'upstream_error', /404/],
    [429, {}, 'upstream_busy', /Try again in 7 s/],
    [429, quota, 'upstream_quota', /billing/],
    [500, {}, 'upstream_error', /500/],
    [200, {}, 'upstream_error', /200/],
    [302, {}, 'upstream_error', /302/],
  ])('but answers %i %o is told apart', async (status, body, code, words) => {
    const port = await answering(status, body, { 'retry-after': '7', location: 'http://127.0.0.1:9/' });
    const { dial, lines } = await relayTo(port);
    const client = dial();
    const told = once(client, 'message');
    expect(await ending(client)).toEqual({ code: 1011, reason: `server_error.${code}` });
    const event = JSON.parse(String((await told)[0]));
    expect(event).toMatchObject({
      type: 'error',
      error: { type: 'server_error', code, message: expect.stringMatching(words) },
    });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ level: 'error', code, upstreamStatus: status });
  });

  it('because nobody is there', async () => {
    const { dial, lines } = await relayTo(9);
    expect(await ending(dial())).toEqual({ code: 1011, reason: 'server_error.upstream_unreachable' });
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ reason: 'ECONNREFUSED' });
  });

  it('because it shakes hands with somebody else', async () => {
    const server = http.createServer();
    server.on('upgrade', (_request, socket: Duplex) => {
      socket.end('HTTP/1.1 101 Yes\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: no\r\n\r\n');
    });
    const { dial } = await relayTo(await listening(server));
    expect(await ending(dial())).toEqual({ code: 1011, reason: 'server_error.upstream_unreachable' });
  });

  it('because it never answers, or never ends its answer', async () => {
    for (const answer of ['', 'HTTP/1.1 500 No\r\nContent-Length: 100\r\n\r\n{']) {
      const server = http.createServer();
      server.on('upgrade', (_request, socket: Duplex) => void socket.write(answer));
      const { dial } = await relayTo(await listening(server), { connectTimeoutMs: 100 });
      expect(await ending(dial())).toEqual({ code: 1011, reason: 'server_error.upstream_timeout' });
    }
  });

  it('is not waited for when the client has gone or the relay stops, and the place is free again', async () => {
    const server = http.createServer();
    const asked: Duplex[] = [];
    server.on('upgrade', (_request, socket: Duplex) => asked.push(socket.on('error', () => {}).resume()));
    const { dial, lines, sockets } = await relayTo(await listening(server));
    const impatient = dial();
    await until(() => asked.length === 1);
    const left = once(asked[0]!, 'end');
    impatient.terminate();
    await left;
    const other = dial();
    await until(() => asked.length === 2);
    const gone = ending(other);
    await sockets.close();
    expect((await gone).code).toBe(1006);
    expect(lines.map((line) => JSON.parse(line).code)).toEqual(['not_waited_for', 'not_waited_for']);
  });
});
