/** What looks after a relay: readiness, metrics, and logs with nothing in them that they should not hold. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditFile } from '../../../relay/log/audit-file.ts';
import { createLog } from '../../../relay/log/log.ts';
import { createMetrics } from '../../../relay/metrics/metrics.ts';
import { Registry } from '../../../relay/metrics/registry.ts';
import { Refusal } from '../../../relay/refusal.ts';
import { invite } from '../../../relay/team/pairing.ts';
import { offerSdp, origin, relay } from './parts.ts';

const metric = (text: string, name: string): number =>
  Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.slice(name.length),
  );

describe('/readyz', () => {
  it('says yes without an Origin, while all is there', async () => {
    const { send } = await relay({ checks: { people: async () => {} } });
    const response = await send('/readyz');
    expect([response.status, await response.json()]).toEqual([200, { ready: true, missing: [] }]);
  });

  it('names what is missing, and not why', async () => {
    const broken = () => Promise.reject(new Error('redis://:secret@host is down'));
    const { send } = await relay({ checks: { people: async () => {}, limits: broken } });
    const response = await send('/readyz');
    expect([response.status, await response.json()]).toEqual([503, { ready: false, missing: ['limits'] }]);
  });
});

describe('/metrics', () => {
  it('count what was asked and refused, and what the provider took', async () => {
    const metrics = createMetrics();
    const busy = new Refusal('upstream_busy', 'Busy.');
    const upstream = metrics.upstream({
      mint: () => Promise.reject(busy),
      call: () => Promise.resolve({ sdp: 'v=0', callId: 'rtc_1' }),
      hangUp: () => Promise.resolve(),
    });
    const { ask, dial, send } = await relay({
      upstream,
      registry: metrics.registry,
      countRequest: metrics.request,
      usage: metrics.usage({ record: async () => {}, report: async () => [] }),
    });
    await ask();
    await dial();
    await ask({}, { authorization: '' });
    await send('/secret-path');
    const response = await send('/metrics');
    expect(response.headers.get('content-type')).toContain('version=0.0.4');
    const text = await response.text();
    expect(metric(text, 'parley_requests_total{route="/v1/realtime/token",status="503"}')).toBe(1);
    expect(metric(text, 'parley_requests_total{route="/v1/realtime/calls",status="201"}')).toBe(1);
    expect(metric(text, 'parley_refusals_total{code="device_token_invalid"}')).toBe(1);
    expect(metric(text, 'parley_upstream_seconds_count{what="mint",outcome="upstream_busy"}')).toBe(1);
    expect(metric(text, 'parley_upstream_seconds_bucket{what="call",outcome="ok",le="+Inf"}')).toBe(1);
    expect(text).not.toContain('secret-path');
  });

  it('count minutes and money, seen and estimated', async () => {
    const metrics = createMetrics();
    const book = metrics.usage({ record: async () => {}, report: async () => [] });
    const who = { person: 'p1', device: 'd1' };
    await book.record({ who, model: 'm', calls: 1, ms: 90_000, microUsd: 3e6, unseenMicroUsd: 1e6 });
    const text = metrics.registry.text();
    expect(metric(text, 'parley_call_minutes_total')).toBe(1.5);
    expect(metric(text, 'parley_cost_usd_total{seen="yes"}')).toBe(2);
    expect(metric(text, 'parley_cost_usd_total{seen="no"}')).toBe(1);
    expect(text).not.toMatch(/p1|d1/);
  });

  it('are for this machine, or for who shows the token', async () => {
    const local = await relay();
    expect((await local.send('/metrics')).status).toBe(200);
    const open = await relay({ loopbackOnly: false });
    expect((await open.send('/metrics')).status).toBe(404);
    const guarded = await relay({ loopbackOnly: false, metricsToken: 'sixteen-letters-x' });
    const show = (token: string) => guarded.send('/metrics', { headers: { authorization: `Bearer ${token}` } });
    expect((await guarded.send('/metrics')).status).toBe(401);
    expect((await show('sixteen-letters-y')).status).toBe(401);
    expect((await show('sixteen-letters-x')).status).toBe(200);
  });

  it('are in the text format: buckets add up, and no label breaks a line', () => {
    const registry = new Registry();
    const time = registry.histogram('t', 'Time.', [1, 2]);
    for (const value of [0.5, 1.5, 9]) time({ what: 'a"\n' }, value);
    expect(registry.text()).toBe(
      [
        '# HELP t Time.',
        '# TYPE t histogram',
        't_bucket{what="a__",le="1"} 1',
        't_bucket{what="a__",le="2"} 2',
        't_bucket{what="a__",le="+Inf"} 3',
        't_sum{what="a__"} 11',
        't_count{what="a__"} 3',
        '',
      ].join('\n'),
    );
  });
});

describe('The audit log', () => {
  let directory: string;
  beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'parley-audit-'))));
  afterEach(() => rmSync(directory, { recursive: true }));
  const read = (name = 'audit.jsonl') => readFileSync(join(directory, name), 'utf8');

  it('has who asked for what, and none of what was planted', async () => {
    const out: string[] = [];
    const append = auditFile(directory);
    const log = createLog({ write: (line) => out.push(line), audit: (line) => append(`${line}\n`) });
    const { ask, dial, send, token, devices } = await relay({ log });
    const code = await invite(devices, 'ana');
    const planted = 'PLANTED-canary';
    await ask({ instructions: planted, tools: [] });
    await ask({ voice: planted });
    await ask({}, { authorization: `Bearer ${planted}` });
    await dial({ sdp: `${offerSdp}a=${planted}\r\n`, wishes: { instructions: planted } });
    await dial({ sdp: planted });
    const json = { origin, 'content-type': 'application/json' };
    await send('/v1/pair', { method: 'POST', headers: json, body: JSON.stringify({ code, name: planted }) });
    await send('/v1/pair', { method: 'POST', headers: json, body: JSON.stringify({ code: planted }) });
    await send(`/v1/realtime/calls/${planted}`, { method: 'DELETE', headers: { origin } });
    await send(`/${planted}`, { headers: { origin, 'user-agent': planted, cookie: planted } });
    log.info('engine', { message: planted });
    const lines = read().trim().split('\n');
    expect(lines).toHaveLength(9);
    const [device] = await devices.team.devices();
    expect(JSON.parse(lines[0]!)).toMatchObject({
      event: 'request',
      status: 200,
      device: device!.id,
      person: device!.personId,
      address: '192.0.2.0/24',
    });
    for (const secret of [planted, token, code, 'ek_minted', '192.0.2.77', 'rtc_1', 'v=0']) {
      expect(read()).not.toContain(secret);
      expect(out.slice(0, -1).join('\n')).not.toContain(secret);
    }
  });

  it('is private, and keeps as many old files as it may', () => {
    const write = auditFile(directory, { maxBytes: 100, keep: 2 });
    for (let line = 0; line < 10; line += 1) write(`${`${line}`.repeat(60)}\n`);
    expect(readdirSync(directory).toSorted()).toEqual(['audit.jsonl', 'audit.jsonl.1', 'audit.jsonl.2']);
    expect(read('audit.jsonl.1')).toContain('9'.repeat(60));
    expect(read('audit.jsonl.2')).toContain('7'.repeat(60));
    expect(statSync(join(directory, 'audit.jsonl')).mode & 0o777).toBe(0o600);
  });

  it('is shared by processes, of which one turns the page', () => {
    const [one, two] = [auditFile(directory, { maxBytes: 100 }), auditFile(directory, { maxBytes: 100 })];
    one(`${'a'.repeat(60)}\n`);
    two(`${'b'.repeat(60)}\n`);
    one(`${'c'.repeat(10)}\n`);
    two(`${'d'.repeat(10)}\n`);
    const all = readdirSync(directory)
      .map((name) => read(name))
      .join('');
    for (const line of ['a'.repeat(60), 'b'.repeat(60), 'c'.repeat(10), 'd'.repeat(10)]) expect(all).toContain(line);
  });
});
