/** The local engine over WebSocket, called by the `ws` client: spoken and typed turns, sidebands, and every refusal. */
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SoundFormat } from '../../relay/local/audio/sound-format.ts';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { createSpeaking, type Speaking } from '../../relay/local/speaking/speaking.ts';
import { pageOutput, readPage } from '../support/engine-script.ts';
import { mint, RealtimePeer, type ServerEvent } from '../support/realtime-peer.ts';
import { RealtimeSocket, UpgradeRefused, type SocketOptions } from '../support/realtime-socket.ts';
import { closeRecogniser, recognise, wordErrors } from '../support/recognise.ts';

const QUESTION = 'What time does the next train leave for London?';
const STATION = pageOutput('The next train to London leaves at 14:35 from platform 4.');
const HEARING = { transcription: { language: 'en' }, turn_detection: { type: 'server_vad', silence_duration_ms: 500 } };
const SESSION = { type: 'realtime', tools: [readPage], audio: { input: HEARING } };
const MODEL = 'gpt-realtime-2.1';

let engine: LocalEngine;
let speaking: Speaking;
let question: Int16Array;
const open: { close(): void }[] = [];

beforeAll(async () => {
  engine = await startLocalEngine();
  speaking = createSpeaking();
  ({ samples: question } = await speaking.speak(QUESTION, { language: 'en', voice: 'cedar' }));
});

afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

afterAll(async () => {
  await Promise.all([engine?.close(), speaking?.close(), closeRecogniser()]);
  rtc.cleanup();
});

async function connect(options: Partial<SocketOptions> = {}): Promise<RealtimeSocket> {
  const client = await RealtimeSocket.open({
    baseUrl: engine.baseUrl,
    key: engine.key,
    query: { model: MODEL },
    ...options,
  });
  open.push(client);
  return client;
}

/** Connected and set up to answer about the page. */
async function ready(session: Record<string, unknown> = SESSION): Promise<RealtimeSocket> {
  const client = await connect();
  await client.event('session.created');
  client.send({ type: 'session.update', session });
  await client.event('session.updated');
  return client;
}

/** Answers the tool call that comes next as the extension would; resolves with the answer when it is made. */
async function answered(client: RealtimeSocket, from = 0) {
  const called = await client.event('response.function_call_arguments.done', { from });
  const item = { type: 'function_call_output', call_id: called.call_id, output: JSON.stringify(STATION) };
  client.send({ type: 'conversation.item.create', item });
  const calling = await client.event('response.done', { from: called.index });
  client.send({ type: 'response.create' });
  return client.event('response.done', { from: calling.index + 1 });
}

const withSilence = (samples: Int16Array): Int16Array => {
  const all = new Int16Array(samples.length + 24_000);
  all.set(samples);
  return all;
};

describe('A session over WebSocket', () => {
  it('begins at once with session.created, and the model that was asked for', async () => {
    const client = await connect({ query: { model: 'gpt-realtime' } });
    const { session, index } = await client.event('session.created');
    console.log(`connect ${Math.round(client.connectMs)} ms`);
    expect(index).toBe(0);
    expect(session).toMatchObject({ model: 'gpt-realtime', audio: { input: { format: { type: 'audio/pcm' } } } });
  });

  it('of an ephemeral key in a subprotocol is the one the key was minted for', async () => {
    const key = await mint(engine, { instructions: 'Mine.' });
    const protocols = [
      'realtime',
      `openai-insecure-api-key.${key}`,
      'openai-organization.org_1',
      'openai-project.proj_1',
    ];
    const client = await RealtimeSocket.open({ baseUrl: engine.baseUrl, query: { model: MODEL }, protocols });
    open.push(client);
    expect(client.socket.protocol).toBe('realtime');
    expect((await client.event('session.created')).session.instructions).toBe('Mine.');
  });

  it('answers a typed message in text', async () => {
    const client = await ready({ type: 'realtime', output_modalities: ['text'] });
    const content = [{ type: 'input_text', text: 'What can you do?' }];
    client.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    client.send({ type: 'response.create' });
    const { response } = await client.event('response.done');
    expect(response.status).toBe('completed');
    expect(response.output[0].content[0].text).toMatch(/\w+ \w+/);
    expect(client.order().filter((type) => type.includes('audio'))).toEqual([]);
  });
});

describe('A spoken turn over WebSocket', () => {
  it('is understood as it is spoken, and the voice that comes back says what the page says', async () => {
    const client = await ready();
    const silence = await client.say(question);
    const quietAt = performance.now();
    const { response } = await answered(client);
    silence();
    const understood = await client.event('conversation.item.input_audio_transcription.completed');
    expect(wordErrors(QUESTION, understood.transcript)).toBeLessThanOrEqual(1);
    const first = await client.event('response.output_audio.delta');
    console.log(`turn ${Math.round(first.receivedAt - quietAt)} ms from the last word to the first sound`);

    const { samples, rate } = client.heard(response.id);
    const heard = (await recognise(samples, rate)).toLowerCase();
    expect(heard).toMatch(/train to london/);
    expect(heard).toMatch(/platform (4|four)/);
  });

  it('has its events in the order of the API: all sound before it is done, and none of the loudspeaker', async () => {
    const client = await ready();
    client.append(withSilence(question));
    const { response } = await answered(client);
    const from = client.events.findIndex(
      ({ type, response: of }) => type === 'response.created' && of.id === response.id,
    );
    await client.event('rate_limits.updated', { from });
    const order = client.order(from);
    expect(order.slice(0, 4)).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
    ]);
    expect(order[4]).toBe('response.output_audio_transcript.delta');
    expect(order[5]).toBe('response.output_audio.delta');
    expect(order.slice(order.indexOf('response.output_audio.done'))).toEqual([
      'response.output_audio.done',
      'response.output_audio_transcript.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'rate_limits.updated',
    ]);
    expect(client.order().filter((type) => type.startsWith('output_audio_buffer'))).toEqual([]);
  });

  it.each(['audio/pcmu', 'audio/pcma'] as const)('in %s is understood on both sides', async (type) => {
    const format: SoundFormat = { type };
    const client = await ready({ ...SESSION, audio: { input: { ...HEARING, format }, output: { format } } });
    client.append(withSilence(question), format);
    const { response } = await answered(client);
    const understood = await client.event('conversation.item.input_audio_transcription.completed');
    expect(wordErrors(QUESTION, understood.transcript)).toBeLessThanOrEqual(2);
    const { samples, rate } = client.heard(response.id, format);
    expect((await recognise(samples, rate)).toLowerCase()).toMatch(/platform (4|four)/);
  });

  it('by push-to-talk is what was appended until the commit', async () => {
    const client = await ready({ ...SESSION, audio: { input: { ...HEARING, turn_detection: null } } });
    client.append(question);
    client.send({ type: 'input_audio_buffer.commit' });
    client.send({ type: 'response.create' });
    expect((await answered(client)).response.status).toBe('completed');
    const understood = await client.event('conversation.item.input_audio_transcription.completed');
    expect(wordErrors(QUESTION, understood.transcript)).toBeLessThanOrEqual(1);
    expect(client.order().filter((type) => type.startsWith('input_audio_buffer'))).toEqual([
      'input_audio_buffer.committed',
    ]);
  });

  it('over an answer leaves it to the client to say what was heard', async () => {
    const client = await ready();
    client.append(withSilence(question));
    const { response } = await answered(client);
    const from = client.events.length;
    client.append(withSilence(question));
    await client.event('input_audio_buffer.speech_started', { from });
    const item = response.output[0].id;
    client.send({ type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: 700 });
    const truncated = await client.event('conversation.item.truncated', { from });
    expect(truncated).toMatchObject({ item_id: item, content_index: 0, audio_end_ms: 700 });
    client.send({ type: 'conversation.item.retrieve', item_id: item });
    const { item: kept } = await client.event('conversation.item.retrieved', { from });
    expect(kept.content[0].transcript ?? null).toBeNull();
    await client.event('response.done', { from });
    expect(client.events.filter(({ type }) => type === 'conversation.item.truncated')).toHaveLength(1);
  });
});

describe('A sideband', () => {
  async function call(): Promise<{ peer: RealtimePeer; callId: string }> {
    const peer = await RealtimePeer.connect({ baseUrl: engine.baseUrl, key: await mint(engine) });
    open.push(peer);
    await peer.event('session.created');
    return { peer, callId: new URL(peer.callUrl).pathname.split('/').at(-1) ?? '' };
  }

  it('sees what the browser sees, and may do what it may', async () => {
    const { peer, callId } = await call();
    const side = await connect({ query: { call_id: callId } });
    expect((await side.event('session.created')).session.id).toBe(peer.events[0]!['session'].id);
    side.send({ type: 'session.update', session: { type: 'realtime', instructions: 'From the side.' } });
    expect((await peer.event('session.updated')).session.instructions).toBe('From the side.');
    const content = [{ type: 'input_text', text: 'What can you do?' }];
    peer.send({ type: 'conversation.item.create', item: { type: 'message', role: 'user', content } });
    side.send({ type: 'response.create' });
    const done = await side.event('response.done');
    expect(done.response.status).toBe('completed');
    await peer.event('response.done');
    const ids = (events: ServerEvent[]) => events.slice(1).map((event) => event['event_id']);
    await side.event('rate_limits.updated');
    await peer.event('rate_limits.updated');
    const length = Math.min(side.events.length, peer.events.length);
    expect(ids(side.events.slice(0, length))).toEqual(ids(peer.events.slice(0, length)));
    expect(side.order()).not.toContain('response.output_audio.delta');
  });

  it('goes without ending the call, and ends with it', async () => {
    const { peer, callId } = await call();
    const first = await connect({ query: { call_id: callId } });
    const second = await connect({ query: { call_id: callId } });
    await second.event('session.created');
    first.socket.close();
    await first.gone();
    peer.send({ type: 'session.update', session: { type: 'realtime' } });
    await peer.event('session.updated');
    await second.event('session.updated');
    peer.close();
    expect((await second.gone()).code).toBe(1000);
  });

  it.each([
    ['an unknown call', async () => engine.key],
    ['a key that is not the standard one', async () => mint(engine)],
  ])('to %s gets a 404 instead of a socket', async (what, key) => {
    const query = { call_id: what === 'an unknown call' ? 'rtc_none' : (await call()).callId };
    const refused = await connect({ query, key: await key() }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(UpgradeRefused);
    const { status, body } = refused as UpgradeRefused;
    expect(status).toBe(404);
    expect(JSON.parse(body).error).toMatchObject({ type: 'invalid_request_error', code: 'call_id_not_found' });
  });

  it('can append sound to the call', async () => {
    const { peer, callId } = await call();
    const side = await connect({ query: { call_id: callId } });
    side.append(withSilence(question));
    await peer.event('input_audio_buffer.speech_started');
    await peer.event('input_audio_buffer.committed');
  });
});
