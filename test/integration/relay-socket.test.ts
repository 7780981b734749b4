/** WebSocket through the relay, with the local engine behind it: whole turns, and everything that is refused. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../relay/settings/config.ts';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import { scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import { origin, relayBefore, type Asking, type RelayLine } from '../support/relay-line.ts';
import type { RealtimeSocket } from '../support/realtime-socket.ts';

const KEY = 'sk-local-test';

let engine: Engine;
let line: RelayLine;

beforeEach(async () => {
  engine = await startEngine({
    key: KEY,
    control: true,
    hearing: scriptedHearing(['When does it open?', 'When does it close?']),
    speaking: scriptedSpeaking(40),
    mind: { think: () => ({ say: 'It opens at nine.' }) },
  });
  await put({});
});

afterEach(async () => {
  await line.close();
  await engine.close();
});

afterAll(() => rtc.cleanup());

/** A relay with these settings instead of the last one. */
async function put(env: Environment): Promise<void> {
  await line?.close();
  line = await relayBefore({ baseUrl: engine.baseUrl, key: KEY, provider: 'local' }, env);
}

/** As the extension does: a grant first, and its address with its secret. */
async function dial(wishes: object = {}): Promise<RealtimeSocket> {
  const { value: secret, transports } = await line.grant(wishes);
  const { url } = transports.find(({ kind }) => kind === 'relay')!;
  const [path, query] = url.split('?') as [string, string];
  return line.realtime({ secret, path, query });
}

const speech = (ms: number): Int16Array => new Int16Array((ms + 700) * 24).fill(16_000, 0, ms * 24);
const calls = (): number => engine.faults!.calls().length;
const until = async (look: () => boolean): Promise<void> => {
  await expect.poll(look, { timeout: 10_000, interval: 5 }).toBe(true);
};

describe('A call through the relay', () => {
  it('that is typed is answered, in the session that the grant was made for', async () => {
    const client = await dial({ voice: 'cedar', instructions: 'Mention the tide.', output: 'text' });
    expect(client.socket.protocol).toBe('realtime');
    const { session } = await client.event('session.created');
    expect(session.audio.output.voice).toBe('cedar');
    expect(session.instructions).toContain('Mention the tide.');
    const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'When does it open?' }] };
    client.send({ type: 'conversation.item.create', item });
    client.send({ type: 'response.create' });
    expect((await client.event('response.output_text.done')).text).toBe('It opens at nine.');
    expect((await client.event('response.done')).response.status).toBe('completed');
  });

  it('that is spoken is heard and answered aloud, with nothing lost of either', async () => {
    const client = await dial();
    await client.event('session.created');
    client.append(speech(1000));
    const heard = await client.event('conversation.item.input_audio_transcription.completed');
    expect(heard.transcript).toBe('When does it open?');
    const { response } = await client.event('response.done');
    // Four words of 40 ms each.
    expect(client.heard(response.id).samples.length).toBeGreaterThanOrEqual(4 * 40 * 24);
    const [call] = engine.faults!.calls();
    expect(call!.transport).toBe('websocket');
  });

  it('ends at the provider when the client leaves, with or without a goodbye', async () => {
    const [polite, rude] = [await dial(), await dial()];
    await until(() => calls() === 2);
    polite.socket.close(1000);
    await until(() => calls() === 1);
    rude.socket.terminate();
    await until(() => calls() === 0);
  });

  it.each([
    [1001, 'Your session hit the maximum duration of 60 minutes.'],
    [4000, 'invalid_request_error.invalid_model'],
    [3000, 'invalid_request_error.invalid_api_key'],
    [1013, ''],
  ])('ends as the provider ends it: %s %s', async (code, reason) => {
    const client = await dial();
    engine.faults!.add('close-socket', { code, reason });
    expect(await client.gone()).toEqual({ code, reason });
  });

  it('ends with 1011 when the provider dies', async () => {
    const client = await dial();
    engine.faults!.add('reset-socket');
    expect(await client.gone()).toEqual({ code: 1011, reason: 'server_error.upstream_error' });
  });

  it('leaves a line in the log with its device, its length and its bytes, and no secret', async () => {
    const { value: secret } = await line.grant();
    const client = await line.realtime({ secret });
    await client.event('session.created');
    client.socket.close(1000);
    await until(() => line.lines.some(({ event }) => event === 'socket'));
    const [opened, ended] = line.lines.slice(-2);
    expect(opened).toMatchObject({ level: 'info', event: 'request', route: '/v1/realtime', status: 101 });
    expect(ended).toMatchObject({ requestId: opened!['requestId'], status: 1000, bytesUp: 0, address: '127.0.0.0/24' });
    expect(ended!['device']).toMatch(/^[0-9a-f]{8}$/);
    expect(ended!['bytesDown']).toBeGreaterThan(500);
    const all = JSON.stringify(line.lines);
    for (const hidden of [secret, line.token, KEY]) expect(all).not.toContain(hidden);
  });
});

describe('A stranger is answered by HTTP:', () => {
  const cases: [string, Asking, number, string][] = [
    [
      'without a device token',
      { protocols: ['realtime', 'openai-insecure-api-key.ek_1'] },
      401,
      'device_token_invalid',
    ],
    ['without any protocol', { protocols: [] }, 401, 'device_token_invalid'],
    ['with a wrong device token', { token: `parley_${'A'.repeat(43)}` }, 401, 'device_token_invalid'],
    ['with an absurd device token', { token: 'x'.repeat(5000) }, 401, 'device_token_invalid'],
    ['from a web page', { headers: { origin: 'https://evil.example' } }, 403, 'origin_not_allowed'],
    ['without an Origin', { headers: { origin: '' } }, 403, 'origin_not_allowed'],
    ['under another name', { headers: { host: 'evil.example' } }, 403, 'origin_not_allowed'],
    ['at another address', { path: '/v1/realtime/token' }, 404, 'not_found'],
    ['with an old version', { headers: { 'sec-websocket-version': '8' } }, 400, 'invalid_request'],
    ['with a bad key', { headers: { 'sec-websocket-key': 'short' } }, 400, 'invalid_request'],
    ['with protocols that are none', { protocols: ['realtime', 'parley-device.(x)'] }, 400, 'invalid_request'],
    ['without a socket', { headers: { upgrade: '', connection: 'close' } }, 426, 'invalid_request'],
    ['with another upgrade', { headers: { upgrade: 'h2c' } }, 426, 'invalid_request'],
  ];
  it.each(cases)('%s', async (_what, asking, status, code) => {
    const refusal = await line.refusal(asking);
    expect(refusal).toMatchObject({ status, code });
    expect(refusal.headers['cache-control']).toBe('no-store');
    await until(() => line.lines.length > 0);
    expect(line.lines.at(-1)).toMatchObject({ event: 'request', level: 'warn', status, code });
    expect(calls()).toBe(0);
  });

  it('who guesses tokens is locked out, with the right one too', async () => {
    await put({ RATE_FAILED_AUTH_PER_MINUTE: '3' });
    for (let guess = 0; guess < 3; guess += 1) expect((await line.refusal({ token: 'guess' })).status).toBe(401);
    const { status, code, headers } = await line.refusal();
    expect({ status, code }).toEqual({ status: 429, code: 'rate_limited' });
    expect(Number(headers['retry-after'])).toBeGreaterThan(800);
  });

  it('who comes too often has to wait', async () => {
    await put({ RATE_ADDRESS_PER_MINUTE: '1' });
    expect((await line.refusal({ token: 'guess' })).status).toBe(401);
    const { status, headers } = await line.refusal();
    expect(status).toBe(429);
    expect(Number(headers['retry-after'])).toBeGreaterThan(0);
  });
});

describe('A known device is let in to read why it is refused:', () => {
  const refused = async (asking: Asking, code: number, reason: string): Promise<RealtimeSocket> => {
    const client = await line.realtime(asking);
    expect(await client.gone()).toEqual({ code, reason });
    const [type, name] = reason.split('.');
    expect(client.order()).toEqual(['error']);
    expect(client.events[0]).toMatchObject({ error: { type, code: name, message: expect.stringMatching(/\w/) } });
    return client;
  };

  it.each<[string, Asking]>([
    ['no model', { query: '' }],
    ['a model that is no name', { query: 'model=a%20b' }],
    ['a call beside the model', { query: 'model=gpt-realtime-2.1&call_id=rtc_1' }],
  ])('%s', async (_what, asking) => {
    await refused(asking, 4000, 'invalid_request_error.invalid_request');
    expect(line.lines.at(-1)).toMatchObject({ level: 'warn', status: 400, code: 'invalid_request' });
  });

  it('no secret', async () => {
    const protocols = ['realtime', `parley-device.${line.token}`];
    await refused({ protocols }, 4000, 'invalid_request_error.invalid_request');
  });

  it('a secret that the provider does not know, in the provider’s own words', async () => {
    await refused({ secret: 'ek_wrong' }, 3000, 'invalid_request_error.invalid_api_key');
  });

  it('more calls at once than it may have, until one of them ends', async () => {
    await put({ SOCKETS_PER_DEVICE: '2' });
    const [first] = [await dial(), await dial()];
    await refused({}, 4000, 'rate_limit_error.rate_limited');
    first!.socket.close(1000);
    await until(() => line.lines.at(-1)?.['event'] === 'socket');
    await (await dial()).event('session.created');
  });

  it('more calls in a minute than it may start', async () => {
    await put({ RATE_TOKEN_PER_MINUTE: '1' });
    await dial();
    const client = await refused({}, 4000, 'rate_limit_error.rate_limited');
    expect(client.events[0]!['error'].message).toMatch(/Try again in \d+ s/);
  });
});

describe('A client that misbehaves', () => {
  it('with bytes is closed with 1003, and its call with it', async () => {
    const client = await dial();
    await client.event('session.created');
    client.socket.send(Buffer.from([1, 2, 3]));
    expect(await client.gone()).toEqual({ code: 1003, reason: 'invalid_request_error.invalid_event' });
    await until(() => calls() === 0);
  });

  it('with a message over 4 MiB is closed with 1009, and its call with it', async () => {
    const client = await dial();
    client.append(new Int16Array(1_000_000));
    client.send({ type: 'session.update', session: { type: 'realtime' } });
    await client.event('session.updated');
    client.append(new Int16Array(2_000_000));
    expect((await client.gone()).code).toBe(1009);
    await until(() => calls() === 0);
  });

  it('with garbage in any place leaves the relay as it was', async () => {
    const { value: secret } = await line.grant();
    const words = `realtime, openai-insecure-api-key.${secret}, parley-device.${line.token}`;
    const head = [
      'GET /v1/realtime?model=gpt-realtime-2.1 HTTP/1.1',
      'Host: 127.0.0.1',
      'Connection: Upgrade',
      'Upgrade: websocket',
      `Origin: ${origin}`,
      'Sec-WebSocket-Version: 13',
      `Sec-WebSocket-Key: ${'A'.repeat(22)}==`,
      `Sec-WebSocket-Protocol: ${words}`,
      '',
      '',
    ].join('\r\n');
    const garbage = '\xff\x00\x81\xff';
    for (const whole of [
      head.replace('Host: 127.0.0.1\r\n', ''),
      head.replace(origin, 'null') + garbage,
      head.replace(words, garbage),
      head.replace(words, 'parley-device.') + garbage,
      head + garbage,
      head.slice(0, 100),
    ])
      await raw(async (socket) => void socket.end(Buffer.from(whole, 'latin1')));
    // Reserved bits, a frame of 2^63 bytes, one without a mask, text that is none, a CLOSE with half a code, silence.
    for (const frame of [
      '\xf1\x80',
      '\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff',
      '\x81\x01a',
      '\x81\x81....\xff',
      '\x88\x81....x',
      '',
    ])
      await raw(async (socket) => {
        socket.write(head);
        const [answer] = (await once(socket, 'data')) as [Buffer];
        expect(String(answer)).toContain('HTTP/1.1 101');
        socket.end(Buffer.from(frame, 'latin1'));
      });
    await until(() => calls() === 0);
    expect(line.lines.filter(({ level }) => level === 'error')).toEqual([]);
    await (await dial()).event('session.created');
  });
});

/** A bare connection to the relay; resolves when it is over. */
async function raw(write: (socket: Socket) => Promise<void>): Promise<void> {
  const socket = connect(Number(new URL(line.relay.url).port), '127.0.0.1').on('error', () => {});
  const closed = once(socket, 'close');
  await once(socket, 'connect');
  await write(socket);
  socket.resume();
  await closed;
}

describe('When the relay stops', () => {
  it('everybody is told, also who does not listen, and the calls are over', async () => {
    const [polite, deaf] = [await dial(), await dial()];
    await until(() => calls() === 2);
    deaf.socket.pause();
    await line.close();
    expect(await polite.gone()).toEqual({ code: 1001, reason: 'The relay stops.' });
    await until(() => calls() === 0);
    await expect(line.realtime()).rejects.toThrow();
  });
});
