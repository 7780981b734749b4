/** Clients that mean harm, on raw sockets, against the relay as a process. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import * as http from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { extensionId } from '../../lib/protocol/identity.ts';
import { createDevices } from '../../relay/devices.ts';
import { openDatabase } from '../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../relay/sqlite/team.ts';
import { startGrantProvider, type GrantProvider } from './grant-provider.ts';
import { sendGarbage } from './relay-garbage.ts';
import { startProcess, type RelayProcess } from './relay-process.ts';

const origin = `chrome-extension://${extensionId}`;
const closers: (() => unknown)[] = [];
let directory: string;
let provider: GrantProvider;
let token: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'parley-hostile-'));
  closers.push(() => rm(directory, { recursive: true }));
  token = (await createDevices(sqliteTeam(openDatabase(directory))).add('test')).token;
  provider = await startGrantProvider();
  closers.push(() => provider.close());
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

async function start(env: Record<string, string> = {}): Promise<RelayProcess & { port: number }> {
  const relay = await startProcess({
    RELAY_DATA_DIR: directory,
    OPENAI_API_KEY: 'sk-test-0001',
    REALTIME_BASE_URL: provider.baseUrl,
    RATE_ADDRESS_PER_MINUTE: '1000000',
    ...env,
  });
  closers.push(relay.kill);
  return { ...relay, port: Number(new URL(relay.url).port) };
}

/** Everything that comes back until the relay hangs up. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1').on('error', () => {});
  socket.on('data', (piece: string) => (answer += piece));
  await once(socket, 'connect');
  socket.write(text, 'latin1');
  await once(socket, 'close');
  return answer;
}

/** From another address, as another client would. */
function health(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http
      .get({ port, host: '127.0.0.1', localAddress: '127.0.0.2', path: '/healthz', agent: false }, (response) =>
        response.resume().on('end', () => resolve(response.statusCode ?? 0)),
      )
      .on('error', reject);
  });
}

const post = (headers: string, body: string) =>
  `POST /v1/realtime/token HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${origin}\r\nAuthorization: Bearer ${token}\r\n` +
  `Content-Type: application/json\r\n${headers}\r\n\r\n${body}`;
/** A whole good request where a body should be. */
const hidden = post('Content-Length: 2', '{}');

describe('One request is not taken for two:', () => {
  it.each([
    ['two lengths', post('Content-Length: 0\r\nContent-Length: 50', hidden)],
    ['a length and chunks', post(`Content-Length: 3\r\nTransfer-Encoding: chunked`, `0\r\n\r\n${hidden}`)],
    ['chunks by another name', post('Transfer-Encoding: xchunked', hidden)],
    ['a space before the colon', post('Transfer-Encoding : chunked', `0\r\n\r\n${hidden}`)],
    ['chunks that are not the last coding', post('Transfer-Encoding: chunked, identity', hidden)],
    ['a length with a sign', post('Content-Length: +0', hidden)],
    ['a folded header', post('Content-Length:\r\n 0', hidden)],
    ['lines that end in LF alone', post('Content-Length: 0', '').replaceAll('\r\n', '\n') + hidden],
  ])('%s', async (_what, text) => {
    const { port } = await start();
    const answer = await exchange(port, text);
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d/);
    expect(answer).not.toContain('200 OK');
    expect(provider.asked).toBe(0);
  });
});

describe('A name that was made to point here', () => {
  const ask = (port: number, host: string) =>
    exchange(port, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);

  it('is refused by a relay for this machine, also as the second of two names', async () => {
    const { port } = await start();
    expect(await ask(port, 'evil.example')).toContain('HTTP/1.1 403');
    expect(await ask(port, `127.0.0.1.evil.example`)).toContain('HTTP/1.1 403');
    expect(await ask(port, `evil.example\r\nHost: 127.0.0.1`)).toMatch(/HTTP\/1\.1 40[03]/);
    expect(await ask(port, 'localhost')).toContain('HTTP/1.1 200');
  });

  it('is refused by a relay that knows its own', async () => {
    const { port } = await start({ TRUST_PROXY: '1', PUBLIC_URL: 'https://Relay.example' });
    expect(await ask(port, 'evil.example')).toContain('HTTP/1.1 403');
    expect(await ask(port, 'relay.example:443')).toContain('HTTP/1.1 200');
    expect(await ask(port, '127.0.0.1')).toContain('HTTP/1.1 200');
  });
});

it('Token guessing ends at the fifth wrong one, whatever way it comes', async () => {
  const { port, url } = await start();
  const guess = (authorization: string) =>
    fetch(`${url}/v1/me`, { headers: { origin, authorization } }).then(({ status }) => status);
  expect(await guess(`Bearer ${token}`)).toBe(200);
  expect(await guess('Bearer parley_1')).toBe(401);
  const paired = await fetch(`${url}/v1/pair`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/json' },
    body: '{"code":"AAAAAAAA"}',
  });
  expect(paired.status).toBe(401);
  const socket = await exchange(
    port,
    `GET /v1/realtime?model=x HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
      'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: parley-device.x\r\n\r\n',
  );
  expect(socket).toContain('HTTP/1.1 401');
  expect(await guess('Bearer parley_2')).toBe(401);
  expect(await guess('')).toBe(401);
  expect(await guess(`Bearer ${token}`)).toBe(429);
});

it('One address that holds all the connections it can get keeps nobody else out', async () => {
  const { port } = await start({ MAX_CONNECTIONS_PER_ADDRESS: '20' });
  const slow: Socket[] = [];
  for (let count = 0; count < 300; count += 1) {
    const socket = connect(port, '127.0.0.1')
      .on('error', () => {})
      .resume();
    socket.once('connect', () => socket.write('GET /healthz HTTP/1.1\r\nX: '));
    slow.push(socket);
  }
  closers.push(() => slow.forEach((socket) => socket.destroy()));
  await expect.poll(() => slow.filter(({ closed }) => closed).length, { timeout: 10_000 }).toBeGreaterThanOrEqual(280);
  expect(await health(port)).toBe(200);
  // The rest is thrown out when its headers have not come in time.
  await expect.poll(() => slow.every(({ closed }) => closed), { timeout: 20_000 }).toBe(true);
});

it('Ten thousand malformed requests crash nothing, ask the provider nothing, and leave little behind', async () => {
  const relay = await start({ RATE_FAILED_AUTH_PER_MINUTE: '1000000' });
  await sendGarbage(relay.port, 0, 10_000);
  expect(await health(relay.port)).toBe(200);
  expect(relay.child.exitCode).toBeNull();
  expect(provider.asked).toBe(0);
  expect(relay.output()).not.toMatch(/"status":500/);
  const text = await (await fetch(`${relay.url}/metrics`)).text();
  const [, memory = 'NaN'] = /^parley_memory_bytes (\d+)$/m.exec(text) ?? [];
  expect(Number(memory) / 1024 / 1024).toBeLessThan(200);
}, 180_000);
