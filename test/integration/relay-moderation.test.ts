/** A moderation server of the owner's sees what is said on every way, and a call that it flags is ended with the reason. */
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Environment } from '../../relay/settings/config.ts';
import { startEngine, type Engine } from '../../relay/local/engine.ts';
import { scriptedHearing, scriptedSpeaking } from '../support/engine-script.ts';
import type { RealtimeSocket } from '../support/realtime-socket.ts';
import { origin, relayBefore, type RelayLine } from '../support/relay-line.ts';
import { dialThrough, type RelayPeer } from '../support/relay-peer.ts';

const KEY = 'sk-local-test';
const HOOK_KEY = 'key-of-the-hook';

/** Flags whatever has one of these words in it. */
const bad = ['teapot', 'midnight'];
let asked: { key: string | undefined; texts: string[] }[] = [];
let answer: (texts: string[]) => { status: number; body: unknown } | null;
const judged = (texts: string[]) => ({
  status: 200,
  body: {
    results: texts.map((text) => {
      const flagged = bad.some((word) => text.includes(word));
      return { flagged, categories: { violence: flagged, harassment: false } };
    }),
  },
});

const hook = http.createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += String(piece);
  const { input } = JSON.parse(text) as { input: string[] };
  asked.push({ key: request.headers.authorization, texts: input });
  const answered = answer(input);
  // Null: it hangs.
  if (answered !== null) response.writeHead(answered.status).end(JSON.stringify(answered.body));
});

const closers: (() => unknown)[] = [];
let engine: Engine;
let line: RelayLine;

beforeEach(async () => {
  asked = [];
  answer = judged;
  if (!hook.listening) await once(hook.listen(0, '127.0.0.1'), 'listening');
  engine = await startEngine({
    key: KEY,
    control: true,
    hearing: scriptedHearing(['Where is the teapot?']),
    speaking: scriptedSpeaking(40),
    mind: { think: (said) => ({ say: JSON.stringify(said).includes('close') ? 'At midnight.' : 'It opens at nine.' }) },
  });
  await put({});
});
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  await line.close();
  await engine.close();
});
afterAll(() => {
  hook.closeAllConnections();
  hook.close();
  rtc.cleanup();
});

async function put(env: Environment): Promise<void> {
  await line?.close();
  const { port } = hook.address() as AddressInfo;
  const moderated = { MODERATION: `http://127.0.0.1:${port}/look`, MODERATION_KEY: HOOK_KEY };
  line = await relayBefore({ baseUrl: engine.baseUrl, key: KEY, provider: 'local' }, { ...moderated, ...env });
}

async function bySocket(wishes: object = { output: 'text' }): Promise<RealtimeSocket> {
  const { value: secret, transports, model } = await line.grant(wishes);
  expect(transports.map(({ kind }) => kind)).toEqual(['relay']);
  const client = await line.realtime({ secret, query: `model=${model}` });
  closers.push(() => client.close());
  await client.event('session.created');
  return client;
}

async function byCall(): Promise<RelayPeer> {
  const dialled = await dialThrough(line);
  closers.push(() => dialled.close());
  return dialled;
}

function type(client: { send(event: never): unknown }, text: string): void {
  const item = { type: 'message', role: 'user', content: [{ type: 'input_text', text }] };
  client.send({ type: 'conversation.item.create', item } as never);
  client.send({ type: 'response.create' } as never);
}

const calls = (): number => engine.faults!.calls().length;
const texts = (): string[] => asked.flatMap((each) => each.texts);
const logged = () => line.lines.filter(({ event }) => event === 'moderation');
const metrics = async () => (await fetch(`${line.relay.url}/metrics`)).text();
const ended = async (): Promise<{ callId: string; code: string; message: string } | null> => {
  const headers = { origin, authorization: `Bearer ${line.token}` };
  return ((await (await fetch(`${line.relay.url}/v1/me`, { headers })).json()) as { ended: null }).ended;
};
const flagged = { code: 4000, reason: 'invalid_request_error.moderated' };

describe('On a socket through the relay', () => {
  it('what is typed and answered is looked at, with the key for that, and goes on', async () => {
    const client = await bySocket();
    type(client, 'When does it open?');
    await client.event('response.done');
    await expect.poll(texts).toEqual(['When does it open?', 'It opens at nine.']);
    expect(asked[0]!.key).toBe(`Bearer ${HOOK_KEY}`);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    await expect.poll(metrics).toContain('parley_moderated_texts_total{outcome="passed"} 2');
  });

  it('a typed text that is flagged ends the call, in words; the logs have none of its own', async () => {
    const client = await bySocket();
    type(client, 'Where is the teapot?');
    const { error } = await client.event('error');
    expect(error).toMatchObject({ code: 'moderated', message: expect.stringContaining('moderation of this relay') });
    expect(await client.gone()).toEqual(flagged);
    await expect.poll(calls).toBe(0);
    expect(logged()).toMatchObject([{ level: 'warn', code: 'moderated', reason: 'violence' }]);
    expect(JSON.stringify(line.lines)).not.toContain('teapot');
    expect(await metrics()).toContain('parley_moderated_texts_total{outcome="flagged"} 1');
  });

  it('a spoken one does too, by its words', async () => {
    const client = await bySocket({});
    client.append(new Int16Array(1700 * 24).fill(16_000, 0, 1000 * 24));
    expect(await client.gone()).toEqual(flagged);
    expect(texts()).toContain('Where is the teapot?');
  });

  it('so does an answer of the model', async () => {
    const client = await bySocket();
    type(client, 'When does it close?');
    expect(await client.gone()).toEqual(flagged);
    expect(logged()).toMatchObject([{ message: 'Flagged: what the model said.' }]);
  });

  it('a client that has what its person says not written down is hung up on', async () => {
    const client = await bySocket();
    client.send({ type: 'session.update', session: { type: 'realtime', audio: { input: { transcription: null } } } });
    expect(await client.gone()).toEqual(flagged);
  });

  it('a server that fails lets the call go on, and that is counted', async () => {
    answer = () => ({ status: 418, body: {} });
    const client = await bySocket();
    type(client, 'Where is the teapot?');
    await client.event('response.done');
    await expect.poll(metrics).toContain('parley_moderated_texts_total{outcome="unseen"} 2');
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    expect(logged()[0]).toMatchObject({ code: 'upstream_error', upstreamStatus: 418, message: 'Not looked at.' });
  });

  it('a server that hangs holds up nothing', async () => {
    answer = () => null;
    const client = await bySocket({});
    type(client, 'When does it open?');
    expect((await client.event('response.done')).response.status).toBe('completed');
    await expect.poll(texts).toEqual(['When does it open?']);
    type(client, 'And then?');
    await client.event('response.done', { from: client.events.length });
    expect(asked).toHaveLength(1);
  });
});

describe('In a call that the relay opened', () => {
  it('what is said is looked at although its sound goes elsewhere', async () => {
    const { peer } = await byCall();
    type(peer, 'When does it open?');
    await peer.event('response.done', { timeoutMs: 20_000 });
    await expect.poll(texts, { timeout: 10_000 }).toEqual(['When does it open?', 'It opens at nine.']);
    expect(calls()).toBe(1);
  });

  it('a flagged text ends it, and /v1/me says why', async () => {
    const { peer, callId } = await byCall();
    type(peer, 'Where is the teapot?');
    await expect.poll(calls, { timeout: 20_000 }).toBe(0);
    await expect
      .poll(ended)
      .toMatchObject({ callId, code: 'moderated', message: expect.stringContaining('moderation') });
    expect(JSON.stringify(line.lines)).not.toContain('teapot');
  });
});

it('A grant says nothing of calls where nobody could hear them', async () => {
  await line.close();
  const { port } = hook.address() as AddressInfo;
  const env = { MODERATION: `http://127.0.0.1:${port}/look`, MODERATION_KEY: HOOK_KEY };
  line = await relayBefore({ baseUrl: engine.baseUrl, key: KEY, provider: 'other.example' }, env);
  expect((await line.grant()).calls).toBeUndefined();
});
