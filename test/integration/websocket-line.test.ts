/** What the engine does with sockets that are refused, misused, kept or closed. Scripted ears and voice, time by hand. */
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import type { Mind } from '../../relay/local/mind/mind.ts';
import type { Speaking } from '../../relay/local/speaking/speaking.ts';
import { scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { mint } from '../support/realtime-peer.ts';
import { RealtimeSocket, UpgradeRefused, type SocketOptions } from '../support/realtime-socket.ts';

const KEY = 'sk-local-test';
const MODEL = 'gpt-realtime-2.1';

let engine: Engine;
let clock: FakeClock;
/** Resolves when the voice may go on to its next clause. */
let nextClause: Promise<void>;
const open: RealtimeSocket[] = [];

const talkative: Mind = { think: async () => ({ say: 'This is the first clause. This is the second clause.' }) };
const voice = scriptedSpeaking(100);
const slowVoice: Speaking = {
  ...voice,
  speak: async (text, options) => {
    if (text.includes('second')) await nextClause;
    return voice.speak(text, options);
  },
};

beforeEach(async () => {
  clock = new FakeClock();
  nextClause = Promise.resolve();
  const turns = ['Hello.', 'Hello again.'];
  engine = await startEngine({
    key: KEY,
    clock,
    hearing: scriptedHearing(turns),
    speaking: slowVoice,
    mind: talkative,
  });
});

afterEach(async () => {
  for (const each of open.splice(0)) each.close();
  await engine.close();
});

afterAll(() => rtc.cleanup());

async function connect(options: Partial<SocketOptions> = {}): Promise<RealtimeSocket> {
  const client = await RealtimeSocket.open({ baseUrl: engine.baseUrl, key: KEY, query: { model: MODEL }, ...options });
  open.push(client);
  return client;
}

const anonymous = (options: Partial<SocketOptions> = {}) =>
  RealtimeSocket.open({ baseUrl: engine.baseUrl, query: { model: MODEL }, ...options });

const speech = (ms: number): Int16Array => new Int16Array((ms + 500) * 24).fill(16_000, 0, ms * 24);
const alive = async (client: RealtimeSocket): Promise<void> => {
  client.send({ type: 'session.update', session: { type: 'realtime' } });
  await client.event('session.updated');
};

describe('A socket that is refused opens, says why, and closes:', () => {
  const insecure = `openai-insecure-api-key.${KEY}`;
  const given = { key: KEY, query: { model: MODEL } };
  const cases: [string, Partial<SocketOptions>, number, string | null][] = [
    ['a wrong key', { ...given, key: 'sk-wrong' }, 3000, 'invalid_api_key'],
    ['a wrong key of a browser', { protocols: ['realtime', 'openai-insecure-api-key.no'] }, 3000, 'invalid_api_key'],
    ['no key', {}, 3000, null],
    ['another kind of authorization', { headers: { authorization: 'Basic eDp5' } }, 3000, null],
    ['an unknown model', { ...given, query: { model: 'nope-1' } }, 4000, 'invalid_model'],
    ['a model that cannot speak', { ...given, query: { model: 'gpt-4o' } }, 4000, 'invalid_model'],
    ['no model', { ...given, query: {} }, 4000, 'missing_model'],
    ['an empty model', { ...given, query: { model: '' } }, 4000, 'missing_model'],
    ['the beta header', { ...given, headers: { 'openai-beta': 'realtime=v1' } }, 4000, 'beta_api_shape_disabled'],
    [
      'the beta subprotocol',
      { protocols: ['realtime', insecure, 'openai-beta.realtime-v1'] },
      4000,
      'beta_api_shape_disabled',
    ],
    [
      'a model and a call',
      { ...given, query: { model: MODEL, call_id: 'rtc_1' } },
      4000,
      'mutually_exclusive_parameters',
    ],
    [
      'a model and an intent',
      { ...given, query: { model: MODEL, intent: 'transcription' } },
      4000,
      'mutually_exclusive_parameters',
    ],
    ['transcription alone', { ...given, query: { intent: 'transcription' } }, 4000, 'invalid_value'],
  ];

  it.each(cases)('%s', async (_what, options, code, error) => {
    const client = await anonymous(options);
    const type = 'invalid_request_error';
    expect(await client.gone()).toEqual({ code, reason: error === null ? type : `${type}.${error}` });
    expect(client.order()).toEqual(['error']);
    expect(client.events[0]).toMatchObject({
      event_id: expect.stringMatching(/^event_/),
      error: { type, code: error, event_id: null },
    });
  });

  it('an ephemeral key that has expired', async () => {
    const key = await mint({ baseUrl: engine.baseUrl, key: KEY });
    const early = await connect({ key });
    await clock.pass(601_000);
    const late = await connect({ key });
    expect((await late.gone()).code).toBe(3000);
    expect(late.events[0]!['error'].message).toContain('expired');
    // A session outlives its key.
    await alive(early);
  });

  it('one call too many, until another ends', async () => {
    const clients = await Promise.all(Array.from({ length: 8 }, () => connect()));
    const ninth = await connect();
    expect(await ninth.gone()).toEqual({ code: 4000, reason: 'invalid_request_error.rate_limit_exceeded' });
    clients[0]!.socket.close();
    await clients[0]!.gone();
    await alive(await connect());
  });
});

describe('A request for a socket is answered by HTTP', () => {
  const refusal = async (options: Partial<SocketOptions>): Promise<UpgradeRefused> => {
    const refused = await connect(options).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UpgradeRefused);
    return refused as UpgradeRefused;
  };

  it.each(['evil.example', '127.0.0.1.evil.example', '192.168.1.2:4000'])('under the name %s', async (host) => {
    const { status, body } = await refusal({ headers: { host } });
    expect(status).toBe(403);
    expect(JSON.parse(body).error.code).toBe('host_not_allowed');
  });

  it('at another address', async () => {
    const { status, body } = await refusal({ baseUrl: `${engine.baseUrl}/other` });
    expect(status).toBe(404);
    expect(JSON.parse(body).error.type).toBe('invalid_request_error');
  });

  it('for a call that is not there', async () => {
    expect((await refusal({ query: { call_id: 'rtc_1' } })).status).toBe(404);
  });

  it('as any other request when it offers HTTP/2 instead', async () => {
    const headers = { authorization: `Bearer ${KEY}`, connection: 'Upgrade, HTTP2-Settings', upgrade: 'h2c' };
    const asked = request(`${engine.baseUrl}/realtime/client_secrets`, { method: 'POST', headers }).end();
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    response.resume();
    expect(response.statusCode).toBe(200);
  });

  it('and not when it only comes from another page: the key is the authority', async () => {
    await alive(await connect({ headers: { origin: 'https://evil.example' } }));
  });
});

describe('A session goes on', () => {
  it.each([
    ['bytes', Buffer.from([1, 2, 3]), 'invalid_event'],
    ['no JSON', 'hello', 'invalid_json'],
    ['nothing', '', 'invalid_json'],
    ['a list', '[]', 'invalid_event'],
    ['a ping of its own', '{"type":"ping"}', 'invalid_value'],
    ['sound that is none', '{"type":"input_audio_buffer.append","audio":"%%%"}', 'invalid_value'],
    ['what only WebRTC has', '{"type":"output_audio_buffer.clear"}', 'invalid_value'],
  ])('after %s', async (_what, message, code) => {
    const client = await connect();
    client.socket.send(message);
    expect((await client.event('error')).error).toMatchObject({ type: 'invalid_request_error', code, event_id: null });
    await alive(client);
  });

  it('after a message of nearly 15 MiB, and closes with 1009 at a longer one', async () => {
    const client = await connect();
    client.send({ type: 'input_audio_buffer.append', audio: 'A'.repeat(15 * 1024 * 1024 - 100) });
    await alive(client);
    client.send({ type: 'input_audio_buffer.append', audio: 'A'.repeat(15 * 1024 * 1024) });
    expect((await client.gone()).code).toBe(1009);
    await alive(await connect());
  });
});

describe('Over time', () => {
  it('a ping comes every 20 seconds, and nobody who is silent is thrown out', async () => {
    const client = await connect();
    await client.event('session.created');
    await clock.pass(19_000);
    await alive(client);
    expect(client.pings).toBe(0);
    for (let ping = 1; ping <= 3; ping += 1) {
      await clock.pass(20_000);
      await client.until(
        () => client.pings === ping,
        () => `ping ${ping}`,
      );
    }
    await alive(client);
  });

  it('a session ends after an hour with an error, and a goodbye that says the same', async () => {
    const client = await connect();
    const { session } = await client.event('session.created');
    expect(session.expires_at).toBe(Math.floor(clock.unixMs() / 1000) + 3600);
    await clock.pass(3_600_000);
    const reason = 'Your session hit the maximum duration of 60 minutes.';
    expect((await client.event('error')).error).toMatchObject({ code: 'session_expired', message: reason });
    expect(await client.gone()).toEqual({ code: 1001, reason });
  });

  it('the engine says goodbye when it stops, also to who does not answer', async () => {
    const [polite, deaf] = [await connect(), await connect()];
    await alive(polite);
    deaf.socket.pause();
    await engine.close();
    expect((await polite.gone()).code).toBe(1001);
    await expect(connect()).rejects.toThrow();
  });
});

describe('A turn that is talked over while its answer is being made', () => {
  it('is cancelled and closed in the order of the API; nothing is truncated but by the client', async () => {
    const client = await connect();
    await client.event('session.created');
    nextClause = new Promise(() => {});
    client.append(speech(500));
    const delta = await client.event('response.output_audio.delta');
    client.append(speech(200));
    const done = await client.event('response.done');
    expect(done.response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
    });
    const started = client.events.findIndex(
      ({ type }, at) => at > delta.index && type === 'input_audio_buffer.speech_started',
    );
    expect(client.order(started).slice(0, 7)).toEqual([
      'input_audio_buffer.speech_started',
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
    ]);
    expect(
      client.events.find(({ type }, at) => at > started && type === 'conversation.item.done')!['item'].status,
    ).toBe('incomplete');
    expect(client.order()).not.toContain('conversation.item.truncated');

    // 300 ms of the clause's 500 were heard, as only the client knows.
    const where = { item_id: delta.item_id, content_index: 0 };
    client.send({ type: 'conversation.item.truncate', ...where, audio_end_ms: 300 });
    await client.event('conversation.item.truncated', { where: ({ audio_end_ms: end }) => end === 300 });
    client.send({ type: 'conversation.item.truncate', ...where, audio_end_ms: 900 });
    const { error } = await client.event('error');
    expect(error.message).toBe('Audio content of 300ms is already shorter than 900ms');
    await client.event('conversation.item.truncated', {
      from: client.events.length - 2,
      where: ({ audio_end_ms: end }) => end === 300,
    });
  });

  it('by the client, too', async () => {
    const client = await connect();
    await client.event('session.created');
    nextClause = new Promise(() => {});
    client.send({ type: 'response.create' });
    await client.event('response.output_audio.delta');
    client.send({ type: 'response.cancel' });
    const { response } = await client.event('response.done');
    expect(response.status_details).toMatchObject({ reason: 'client_cancelled' });
    client.send({ type: 'response.cancel' });
    expect((await client.event('error')).error.code).toBe('response_cancel_not_active');
  });
});

describe('The port', () => {
  it('is free again after the engine has stopped with sockets open', async () => {
    await connect();
    await engine.close();
    const { port } = new URL(engine.baseUrl);
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(Number(port), '127.0.0.1', resolve);
    });
    server.close();
  });
});
