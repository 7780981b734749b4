import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { grant } from '../../../lib/protocol/grant.ts';
import type { ObjectStorage } from '../../../relay/edge/object-database.ts';
import { Relay } from '../../../relay/edge/worker.ts';
import { origin } from './parts.ts';
import { json, provider } from './provider.ts';

const minted = { value: 'ek_minted', expires_at: 1_790_000_000, session: { model: 'gpt-realtime-2.1' } };
const sdp = 'v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\n';
const admin = 'an admin token of some length';

/** A Durable Object's storage, on Node's SQLite. */
function storage(database = new DatabaseSync(':memory:')): ObjectStorage & { alarm: number | null } {
  return {
    alarm: null,
    sql: {
      exec(sql, ...values) {
        if (/^(BEGIN|COMMIT|ROLLBACK)/.test(sql)) throw new Error('not allowed here');
        if (values.length === 0 && !sql.startsWith('SELECT')) {
          database.exec(sql);
          return { toArray: () => [], rowsWritten: 0 };
        }
        const rows = database.prepare(sql).all(...values);
        const { written } = database.prepare('SELECT changes() AS written').get() as { written: number };
        return { toArray: () => rows, rowsWritten: sql.startsWith('SELECT') ? 0 : written };
      },
    },
    transactionSync(work) {
      database.exec('BEGIN');
      try {
        const result = work();
        database.exec('COMMIT');
        return result;
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      }
    },
    async setAlarm(at) {
      this.alarm = at;
    },
    async getAlarm() {
      return this.alarm;
    },
  };
}

beforeEach(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));

async function edge(settings: Record<string, string> = {}, kept = storage()) {
  const { baseUrl, seen } = await provider(json(200, minted));
  const env = { OPENAI_API_KEY: 'sk-test-0001', REALTIME_BASE_URL: baseUrl, ADMIN_TOKEN: admin, ...settings };
  const open = () => new Relay({ storage: kept }, { ...env, RELAY: {} });
  const relay = open();
  const command = (text: string, token = admin, to = relay) =>
    to.fetch(
      new Request('https://relay.example/admin', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: text,
      }),
    );
  const ask = (path: string, body: object, token = '', to = relay) =>
    to.fetch(
      new Request(`https://relay.example${path}`, {
        method: 'POST',
        headers: { origin, 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      }),
    );
  return { relay, open, kept, seen, command, ask };
}

async function pairedWith({ command, ask }: Awaited<ReturnType<typeof edge>>): Promise<string> {
  const text = await (await command('pair ana')).text();
  const code = /code\s+(\S+)/.exec(text)![1]!;
  const { deviceToken } = (await (await ask('/v1/pair', { code })).json()) as { deviceToken: string };
  return deviceToken;
}

describe('A relay on an edge runtime', () => {
  it('pairs a browser by a code of its owner, and gives it grants', async () => {
    const one = await edge();
    const token = await pairedWith(one);
    const answer = await one.ask('/v1/realtime/token', {}, token);
    expect(grant.parse(await answer.json())).toMatchObject({ value: 'ek_minted' });
    expect((await one.ask('/v1/realtime/token', {}, 'somebody else')).status).toBe(401);
  });

  it('counts in its storage: a limit holds although the object was put to sleep', async () => {
    const one = await edge({ LIMIT_PERSON: 'requests/day=1' });
    const token = await pairedWith(one);
    expect((await one.ask('/v1/realtime/token', {}, token)).status).toBe(200);
    const woken = one.open();
    const refused = await one.ask('/v1/realtime/token', {}, token, woken);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('looks after calls that it opened by the platform’s alarm', async () => {
    const one = await edge({ LIMIT_PERSON: 'calls=1' });
    const token = await pairedWith(one);
    const body = JSON.stringify({ deviceToken: token, sdp, wishes: {} });
    const headers = { origin, 'content-type': 'text/plain' };
    const request = () => new Request('https://relay.example/v1/realtime/calls', { method: 'POST', headers, body });
    await one.relay.fetch(request());
    // The provider of this test gives no answer to an offer, so no call runs and nothing needs looking after.
    expect(one.kept.alarm).toBeNull();
    await one.relay.alarm();
  });

  it('takes commands from its owner alone', async () => {
    const { command } = await edge();
    expect((await command('users', 'wrong')).status).toBe(404);
    expect((await command('rm everything')).status).toBe(400);
    expect(await (await command('users add ana')).text()).toMatch(/ana may have devices/);
  });

  it('does not start with what it could not hold to', async () => {
    await expect(edge({ LIMIT_PERSON: 'usd/day=5' })).rejects.toThrow(/^LIMIT_…: nobody listens to calls here/);
    await expect(edge({ MODERATION: '1' })).rejects.toThrow(/^MODERATION: nobody listens to calls here/);
    await expect(edge({ OPENAI_API_KEY: '', REALTIME_BASE_URL: '' })).rejects.toThrow(/OPENAI_API_KEY: is needed/);
  });

  it('does not start where people would sign in by themselves', async () => {
    const signIn = { OIDC_ISSUER: 'https://id.example', OIDC_CLIENT_ID: 'a', OIDC_ALLOWED: '*' };
    const started = edge({ ...signIn, PUBLIC_URL: 'https://relay.example' });
    await expect(started).rejects.toThrow(/^OIDC_ISSUER: people sign in at a relay on Node only/);
  });
});
