/** The relay on a real socket, and as the process that `npm run relay` starts. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import * as http from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { grant, health } from '../../lib/protocol/grant.ts';
import { extensionId } from '../../lib/protocol/identity.ts';
import { loadConfig, type Environment } from '../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { createLog } from '../../relay/log/log.ts';
import { toFloat } from '../../relay/local/audio/pcm.ts';
import { resample } from '../../relay/local/audio/resample.ts';
import { startRelay } from '../../relay/server.ts';
import { Faults } from '../support/faults.ts';
import { RealtimeSocket } from '../support/realtime-socket.ts';
import { startTestRelay } from '../support/relay.ts';

const origin = `chrome-extension://${extensionId}`;
const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** A provider that hands out secrets, as fast as it is told to. */
async function provider(answer: (respond: () => void) => void = (respond) => respond()) {
  const server = http.createServer((request, response) => {
    request.resume();
    request.on('end', () => {
      answer(() => response.end(JSON.stringify({ value: 'ek_CANARY_secret', expires_at: 1_790_000_000 })));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

async function start(baseUrl: string, name = 'openai', env: Environment = {}) {
  const lines: string[] = [];
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const relay = await startRelay({
    config: loadConfig({ PORT: '0', ...env }),
    devices,
    log: createLog({ write: (line) => lines.push(line) }),
    upstream: { baseUrl, key: 'sk-test', provider: name },
  });
  closers.push(() => relay.close());
  return { relay, token, lines, port: Number(new URL(relay.url).port) };
}

const ask = (url: string, token: string) =>
  fetch(`${url}/v1/realtime/token`, {
    method: 'POST',
    headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: '{}',
  });

/** Sends raw bytes, and gives everything that comes back until the relay hangs up. */
async function raw(port: number, write: (send: (text: string) => void) => void): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.setEncoding('latin1');
  socket.on('data', (text: string) => (answer += text));
  // A relay that hangs up in the middle of what is sent resets the line.
  socket.on('error', () => {});
  await once(socket, 'connect');
  write((text) => void socket.write(text));
  await once(socket, 'close');
  return answer;
}

describe('on a socket', () => {
  it('answers /healthz and hands out a grant for its provider', async () => {
    const baseUrl = await provider();
    const { relay, token } = await start(baseUrl);
    expect(relay).toMatchObject({ provider: 'openai', url: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) });
    expect(health.parse(await (await fetch(`${relay.url}/healthz`)).json())).toMatchObject({ service: 'parley-relay' });
    expect(grant.parse(await (await ask(relay.url, token)).json())).toMatchObject({
      value: 'ek_CANARY_secret',
      transports: [{ kind: 'webrtc', url: `${baseUrl}/realtime/calls` }, { kind: 'websocket' }, { kind: 'relay' }],
    });
  });

  it('says of a provider what is known of it, or what its owner says', async () => {
    const said = async (name: string, env: Environment = {}) => {
      const { relay, token } = await start(await provider(), name, env);
      const { freeWhileIdle, transports } = grant.parse(await (await ask(relay.url, token)).json());
      return [freeWhileIdle, transports[0]?.negotiated ?? false];
    };
    expect(await said('openai')).toEqual([true, true]);
    expect(await said('other.example')).toEqual([false, false]);
    const own = { REALTIME_FREE_WHILE_IDLE: '1', REALTIME_NEGOTIATED_CHANNEL: '1' };
    expect(await said('other.example', own)).toEqual([true, true]);
    expect(await said('openai', { REALTIME_FREE_WHILE_IDLE: '0', REALTIME_NEGOTIATED_CHANNEL: '0' })).toEqual([
      false,
      false,
    ]);
  });

  it('hangs up on an endless body', async () => {
    const { token, port } = await start(await provider());
    const answer = await raw(port, (send) => {
      send(
        `POST /v1/realtime/token HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${origin}\r\nAuthorization: Bearer ${token}\r\n` +
          'Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
      );
      for (let chunk = 0; chunk < 40; chunk += 1) send(`400\r\n${' '.repeat(1024)}\r\n`);
    });
    expect(answer).toContain('HTTP/1.1 413');
    expect(answer).toContain('body_too_large');
  });

  it('hangs up on headers without end', async () => {
    const { port } = await start(await provider());
    const answer = await raw(port, (send) =>
      send(`GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ${'x'.repeat(9000)}\r\n\r\n`),
    );
    expect(answer).toContain('HTTP/1.1 431');
  });

  it('hangs up on headers and bodies that never come', async () => {
    const { token, port, lines } = await start(await provider());
    const [headers, body] = await Promise.all([
      raw(port, (send) => send('GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nX: ')),
      raw(port, (send) =>
        send(
          `POST /v1/realtime/token HTTP/1.1\r\nHost: 127.0.0.1\r\nOrigin: ${origin}\r\nAuthorization: Bearer ${token}\r\n` +
            'Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
        ),
      ),
    ]);
    expect(headers).toContain('HTTP/1.1 408');
    expect(body).toContain('HTTP/1.1 408');
    expect(lines.join('\n')).not.toContain('"level":"error"');
  });

  it('finishes what runs before it ends, and takes nothing new', async () => {
    let respond: (() => void) | undefined;
    const { relay, token } = await start(await provider((ready) => (respond = ready)));
    const running = ask(relay.url, token);
    await vi.waitFor(() => expect(respond).toBeDefined());
    const closed = Promise.all([relay.close(), relay.close()]);
    await expect(fetch(`${relay.url}/healthz`)).rejects.toThrow();
    respond!();
    expect((await running).status).toBe(200);
    await closed;
  });

  it('says which port is taken', async () => {
    const { port } = await start(await provider());
    const second = startRelay({
      config: loadConfig({ PORT: String(port) }),
      devices: createDevices(memoryStore()),
      log: createLog({ write: () => {} }),
      upstream: { baseUrl: 'http://127.0.0.1:9/v1', key: 'sk-test', provider: 'openai' },
    });
    await expect(second).rejects.toThrow(`Port ${port} is in use`);
  });
});

it('A relay that a test starts shows what the person’s sound was when it arrived', async () => {
  const relay = await startTestRelay({}, undefined, { control: true });
  closers.push(() => relay.close());
  const faults = new Faults(relay.control!);
  const { value } = grant.parse(await (await ask(relay.url, relay.deviceToken)).json());
  const client = await RealtimeSocket.open({
    baseUrl: `${relay.url}/v1`,
    query: { model: 'parley-local' },
    protocols: ['realtime', `openai-insecure-api-key.${value}`, `parley-device.${relay.deviceToken}`],
    headers: { origin },
  });
  closers.push(() => client.close());
  const samples = Int16Array.from({ length: 24_000 }, (_none, at) => 16_000 * Math.sin(at / 12));
  for (let at = 0; at < samples.length; at += 960) client.append(samples.slice(at, at + 960));
  await vi.waitFor(async () => expect((await faults.calls())[0]?.input.heardMs).toBe(1000), 10_000);
  const [call] = await faults.calls();
  expect(call).toMatchObject({ transport: 'websocket', input: { peak: expect.closeTo(0.488, 2) } });
  const expected = resample(toFloat(samples), 24_000, 16_000);
  const arrived = await faults.sound(call!.id);
  // Resampling delays it by 2 ms; the ends are unlike.
  const worst = expected
    .subarray(100, -100)
    .reduce((most, sample, at) => Math.max(most, Math.abs(sample - arrived[at + 132]!)), 0);
  expect(worst).toBeLessThan(0.01);
});

describe('npm run relay', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-relay-'));
    closers.push(() => rm(directory, { recursive: true }));
  });

  function run(
    args: string[],
    env: Record<string, string>,
  ): { child: ChildProcess; output: () => string; exit: Promise<number | null> } {
    const main = fileURLToPath(new URL('../../relay/main.ts', import.meta.url));
    const child = spawn(process.execPath, [main, ...args], {
      env: { PATH: process.env.PATH ?? '', RELAY_DATA_DIR: directory, ...env },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const exit = once(child, 'close').then(([code]) => code as number | null);
    closers.push(() => child.kill('SIGKILL'));
    return { child, output: () => output, exit };
  }

  async function started(env: Record<string, string>) {
    const running = run([], { PORT: '0', ...env });
    await vi.waitFor(() => expect(running.output()).toContain('Relay ready at'), 20_000);
    return { ...running, url: /Relay ready at (\S+)/.exec(running.output())![1]! };
  }

  const tokenIn = (output: string) => /parley_[A-Za-z0-9_-]{43}/.exec(output)?.[0];

  it('prints everything that is wrong and ends', async () => {
    const { output, exit } = run([], { PORT: 'abc', HOST: '0.0.0.0', EXTENSION_IDS: 'x' });
    expect(await exit).toBe(1);
    for (const name of ['PORT:', 'HOST:', 'EXTENSION_IDS:']) expect(output()).toContain(name);
    expect(output()).not.toContain('    at ');
  });

  it('explains itself', async () => {
    const { output, exit } = run(['--help'], {});
    expect(await exit).toBe(0);
    expect(output()).toContain('OPENAI_API_KEY');
  });

  it('does not start over a damaged list of devices', async () => {
    const first = run(['--new-token'], {});
    expect(await first.exit).toBe(0);
    await writeFile(join(directory, 'devices.json'), '{');
    const second = run([], { PORT: '0', OPENAI_API_KEY: 'sk-CANARY-key-0001' });
    expect(await second.exit).toBe(1);
    expect(second.output()).toContain('devices.json is damaged');
  });

  it('pairs a browser by a code that another process prints, and revokes it', async () => {
    const env = { OPENAI_API_KEY: 'sk-CANARY-key-0001', REALTIME_BASE_URL: await provider() };
    const { url, output } = await started(env);
    const invitation = run(['pair', 'ana'], env);
    expect(await invitation.exit).toBe(0);
    const [, code] = /code {3}(\S+)/.exec(invitation.output())!;
    const paired = await fetch(`${url}/v1/pair`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ code, name: 'laptop' }),
    });
    expect(paired.status).toBe(201);
    const { deviceToken, device } = (await paired.json()) as { deviceToken: string; device: { id: string } };
    expect((await ask(url, deviceToken)).status).toBe(200);
    const list = run(['devices', 'ana'], env);
    expect(await list.exit).toBe(0);
    expect(list.output()).toContain(device.id);
    expect(await run(['revoke', device.id], env).exit).toBe(0);
    expect((await ask(url, deviceToken)).status).toBe(401);
    const unknown = run(['revoke', device.id], env);
    expect(await unknown.exit).toBe(1);
    expect(unknown.output()).toBe(`There is no device ${device.id}: see \`devices\`.\n`);
    const audit = await readFile(join(directory, 'audit.jsonl'), 'utf8');
    for (const done of ['pair ana', `revoke ${device.id}`]) expect(audit).toContain(`"message":"${done}"`);
    for (const secret of [code!, deviceToken]) expect(output() + audit).not.toContain(secret);
  });

  it('shows device tokens to whoever asks for one and in nothing that is kept, serves them, and ends in order', async () => {
    const env = { OPENAI_API_KEY: 'sk-CANARY-key-0001', REALTIME_BASE_URL: await provider() };
    const first = await started(env);
    expect(first.output()).toContain('Nobody may call yet.');
    const invited = run(['--new-token'], env);
    expect(await invited.exit).toBe(0);
    expect(invited.output()).toContain('paste it as the device token');
    const token = tokenIn(invited.output())!;
    expect((await ask(first.url, token)).status).toBe(200);

    // Another token works at once, without a restart.
    const more = run(['--new-token'], env);
    expect(await more.exit).toBe(0);
    const secondToken = tokenIn(more.output())!;
    expect(secondToken).not.toBe(token);
    expect((await ask(first.url, secondToken)).status).toBe(200);
    expect((await ask(first.url, 'parley_wrong')).status).toBe(401);

    first.child.kill('SIGTERM');
    expect(await first.exit).toBe(0);
    for (const secret of [token, secondToken, 'CANARY', 'parley_wrong']) expect(first.output()).not.toContain(secret);
    expect(first.output().match(/"event":"request"/g)).toHaveLength(3);
    const audit = await readFile(join(directory, 'audit.jsonl'), 'utf8');
    expect(audit.match(/"event":"request"/g)).toHaveLength(3);
    for (const secret of [token, secondToken, 'CANARY', 'parley_wrong', '127.0.0.1'])
      expect(audit).not.toContain(secret);

    const again = await started(env);
    expect(tokenIn(again.output())).toBeUndefined();
    expect((await ask(again.url, token)).status).toBe(200);
    again.child.kill('SIGINT');
    expect(await again.exit).toBe(0);
  });
});
