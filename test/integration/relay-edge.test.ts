/** The worker in the platform's own runtime, as `wrangler dev` starts it from the file that people deploy. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';
import { extensionId } from '../../lib/protocol/identity.ts';
import { json, provider } from '../unit/relay/provider.ts';

/** Not a package of this repository: the runtime alone has 120 MB. */
const wrangler = process.env['WRANGLER'];
if (!wrangler) {
  console.warn(
    'WRANGLER names no wrangler (npm install wrangler, elsewhere): the test of the edge runtime is skipped.',
  );
}

const top = fileURLToPath(new URL('../../', import.meta.url));
const admin = 'an-admin-token-of-some-length';
const origin = `chrome-extension://${extensionId}`;
const sdp = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
const generous = ['RATE_TOKEN_PER_MINUTE:1000', 'RATE_TOKEN_PER_HOUR:1000', 'RATE_ADDRESS_PER_MINUTE:1000'];

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
});

/** Starts it, and resolves with its address and how to stop it. */
async function edge(state: string, baseUrl: string, settings: string[]) {
  const own = ['OPENAI_API_KEY:sk-test-0001', `REALTIME_BASE_URL:${baseUrl}`, `ADMIN_TOKEN:${admin}`];
  const where = ['-c', 'relay/deploy/wrangler.toml', '--ip', '127.0.0.1', '--port', '0', '--persist-to', state];
  const child = spawn(wrangler!, ['dev', '--local', ...where, '--var', ...own, ...generous, ...settings], {
    cwd: top,
    env: { PATH: process.env['PATH'] ?? '', HOME: state, CI: '1', WRANGLER_SEND_METRICS: 'false' },
  });
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  };
  closers.push(stop);
  let output = '';
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (piece: Buffer) => {
      output += String(piece);
      const [, url] = /Ready on (http:\S+)/.exec(output) ?? [];
      if (url) resolve(url);
    });
  }
  child.once('exit', () => reject(new Error(`The worker did not start: ${output}`)));
  const url = await promise;
  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(url + path, { method: 'POST', headers: { origin, ...headers }, body });
  return {
    stop,
    output: () => output,
    command: async (text: string) => (await post('/admin', text, { authorization: `Bearer ${admin}` })).text(),
    pair: (code: string) => post('/v1/pair', JSON.stringify({ code }), { 'content-type': 'application/json' }),
    grant: (token: string) =>
      post('/v1/realtime/token', '{}', { 'content-type': 'application/json', authorization: `Bearer ${token}` }),
    call: (deviceToken: string) =>
      post('/v1/realtime/calls', JSON.stringify({ deviceToken, sdp, wishes: {} }), { 'content-type': 'text/plain' }),
    hangUp: (id: string, token: string) =>
      fetch(`${url}/v1/realtime/calls/${id}`, {
        method: 'DELETE',
        headers: { origin, authorization: `Bearer ${token}` },
      }),
    health: () => fetch(`${url}/healthz`),
  };
}

async function place() {
  const state = await mkdtemp(join(tmpdir(), 'parley-edge-'));
  closers.push(() => rm(state, { recursive: true, force: true }));
  let opened = 0;
  const { baseUrl, seen } = await provider((response) => {
    const { url = '' } = seen.at(-1)!;
    if (url.endsWith('/hangup')) return void response.end();
    if (!url.endsWith('/calls')) return json(200, { value: 'ek_minted', expires_at: 1_790_000_000 })(response);
    response.writeHead(201, { 'content-type': 'application/sdp', location: `/v1/realtime/calls/rtc_${(opened += 1)}` });
    response.end(sdp);
  });
  return { seen, start: (...settings: string[]) => edge(state, baseUrl, settings) };
}

const okOf = async (answers: Promise<Response>[]) => (await Promise.all(answers)).filter(({ ok }) => ok).length;

it.skipIf(!wrangler)(
  'a relay on an edge runtime pairs, lets exactly as many in as it may, hangs up, and forgets nothing',
  { timeout: 120_000 },
  async () => {
    const { start, seen } = await place();
    const first = await start('LIMIT_PERSON:calls=3 requests/day=40');
    const [, code = ''] = /code\s+(\S+)/.exec(await first.command('pair ana')) ?? [];
    const { deviceToken } = (await (await first.pair(code)).json()) as { deviceToken: string };
    expect(deviceToken).toMatch(/^parley_/);
    expect((await first.pair(code)).status).toBe(401);

    expect(await okOf(Array.from({ length: 20 }, () => first.call(deviceToken)))).toBe(3);
    expect((await first.hangUp('rtc_1', deviceToken)).status).toBe(204);
    expect(seen.at(-1)!.url).toBe('/v1/realtime/calls/rtc_1/hangup');
    expect(await okOf([first.call(deviceToken), first.call(deviceToken)])).toBe(1);
    expect(await okOf(Array.from({ length: 200 }, () => first.grant(deviceToken)))).toBe(18);
    expect(first.output()).not.toContain(deviceToken);
    await first.stop();

    // 40 of today's were had; its calls still run.
    const second = await start('LIMIT_PERSON:calls=3 requests/day=45');
    const fourth = await second.call(deviceToken);
    expect([fourth.status, await fourth.text()]).toEqual([429, expect.stringContaining('3 calls at once')]);
    expect(await okOf(Array.from({ length: 20 }, () => second.grant(deviceToken)))).toBe(4);
  },
);

it.skipIf(!wrangler)(
  'it says why it does not start with a limit that it could not hold',
  { timeout: 60_000 },
  async () => {
    const { start } = await place();
    const relay = await start('LIMIT_PERSON:usd/day=5');
    expect((await relay.health()).status).toBe(500);
    await expect.poll(relay.output).toContain('only requests and calls can be limited');
  },
);
