/** Calls that the relay opens with the local engine: real peers, real sound. */
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callAnswer, grant, type CallAnswer } from '../../lib/protocol/grant.ts';
import { createSpeaking, type Speaking } from '../../relay/local/speaking/speaking.ts';
import { Faults } from '../support/faults.ts';
import { RealtimePeer, type RealtimePeerOptions } from '../support/realtime-peer.ts';
import { wordErrors } from '../support/recognise.ts';
import { origin } from '../support/relay-line.ts';
import { startTestRelay, type RunningRelay } from '../support/relay.ts';

const QUESTION = 'What time does the next train leave for London?';

let relay: RunningRelay;
let faults: Faults;
let speaking: Speaking;
const lines: string[] = [];
const closers: (() => unknown)[] = [];

beforeAll(async () => {
  relay = await startTestRelay({}, (line) => lines.push(line), { control: true });
  faults = new Faults(relay.control!);
  speaking = createSpeaking();
});

afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close();
  while ((await faults.calls()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

afterAll(async () => {
  await Promise.all([relay?.close(), speaking?.close()]);
  rtc.cleanup();
});

function post(body: string | object): Promise<Response> {
  return fetch(`${relay.url}/v1/realtime/calls`, {
    method: 'POST',
    headers: { origin, 'content-type': 'text/plain;charset=UTF-8' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}

/** A place where a peer leaves its offer as with a provider, and from which it goes to the relay. */
async function counter(wishes: object, opened: CallAnswer[]): Promise<string> {
  const server = http.createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const dcid = new URL(request.url!, 'http://x').searchParams.get('dcid');
    const answer = await post({
      deviceToken: relay.deviceToken,
      sdp: Buffer.concat(parts).toString(),
      ...(dcid === null ? {} : { dcid: Number(dcid) }),
      wishes,
    });
    const text = await answer.text();
    if (answer.status !== 201) return void response.writeHead(answer.status).end(text);
    const call = callAnswer.parse(JSON.parse(text));
    opened.push(call);
    response.writeHead(201, { location: `/v1/realtime/calls/${call.callId}` }).end(call.sdp);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

async function dial(wishes: object = {}, options: Partial<RealtimePeerOptions> = {}) {
  const opened: CallAnswer[] = [];
  const baseUrl = await counter(wishes, opened);
  const peer = await RealtimePeer.connect({ baseUrl, key: 'nobody-needs-one', ...options });
  closers.push(() => peer.close());
  const created = await peer.event('session.created');
  return { peer, session: created['session'], call: opened[0]! };
}

describe('A call that the relay opens', () => {
  it('hears a spoken question and answers with sound', async () => {
    const { peer, call } = await dial();
    expect(call).toMatchObject({ provider: 'local', model: 'parley-local', voice: 'marin' });
    expect((await faults.calls()).map(({ id }) => id)).toEqual([call.callId]);
    const { samples } = await speaking.speak(QUESTION, { language: 'en', voice: 'cedar' });
    await peer.say(samples);
    const heard = await peer.event('conversation.item.input_audio_transcription.completed', { timeoutMs: 20_000 });
    expect(wordErrors(QUESTION, heard['transcript'])).toBeLessThanOrEqual(1);
    await peer.event('response.done', { timeoutMs: 20_000 });
    await peer.until(() => peer.heard.some(({ level }) => level > 0.02), 'the answer to sound');
  });

  it('is as it was wished for', async () => {
    const tool = {
      type: 'function',
      name: 'read_page',
      description: 'Reads the page.',
      parameters: { type: 'object' },
    };
    const { session, call } = await dial({
      voice: 'cedar',
      output: 'text',
      noiseReduction: 'near',
      turnDetection: null,
      instructions: 'Answer like a pirate.',
      tools: [tool],
    });
    expect(call.voice).toBe('cedar');
    expect(session).toMatchObject({
      output_modalities: ['text'],
      instructions: expect.stringContaining('Answer like a pirate.'),
      tools: [tool],
      audio: {
        input: { turn_detection: null, noise_reduction: { type: 'near_field' } },
        output: { voice: 'cedar' },
      },
    });
  });

  it('uses the channel that both sides know beforehand', async () => {
    const { peer } = await dial({}, { channelId: 7 });
    peer.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Over the known channel.' } });
    const updated = await peer.event('session.updated');
    expect(updated['session'].instructions).toBe('Over the known channel.');
  });

  it('is spoken of in the grants of the relay', async () => {
    const response = await fetch(`${relay.url}/v1/realtime/token`, {
      method: 'POST',
      headers: { origin, authorization: `Bearer ${relay.deviceToken}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(grant.parse(await response.json()).calls).toBe(true);
  });

  it('leaves nothing of its offer, its answer or its token in the log', async () => {
    const from = lines.length;
    const { call } = await dial({ instructions: 'CANARY' });
    const log = lines.slice(from).join('\n');
    expect(log).toContain('/v1/realtime/calls');
    for (const secret of ['CANARY', relay.deviceToken, 'v=0', 'fingerprint', call.sdp.split('\r\n')[1]!])
      expect(log).not.toContain(secret);
  });
});

describe('No call is opened', () => {
  const offer = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n';
  const whole = () => ({ deviceToken: relay.deviceToken, sdp: offer, wishes: {} });
  const asks: [string, () => string | object, number, string][] = [
    ['for a wrong device token', () => ({ ...whole(), deviceToken: 'parley_wrong' }), 401, 'device_token_invalid'],
    ['for no SDP', () => ({ ...whole(), sdp: 'hello' }), 400, 'invalid_request'],
    ['for SDP that offers nothing', whole, 502, 'upstream_error'],
    ['for garbage', () => '\u0000{]', 400, 'invalid_request'],
    ['for a voice that does not exist', () => ({ ...whole(), wishes: { voice: 'nobody' } }), 400, 'invalid_request'],
    ['for too much', () => ' '.repeat(98_305), 413, 'body_too_large'],
  ];
  it.each(asks)('%s', async (_, body, status, code) => {
    const response = await post(body());
    expect(response.status).toBe(status);
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(await response.json()).toMatchObject({ error: { code } });
    expect(await faults.calls()).toEqual([]);
  });

  it.each([
    ['is busy', 'http-refuse', { route: 'calls', status: 429, retryAfterS: 7 }, 503, 'upstream_busy'],
    ['is down for a moment', 'http-refuse', { route: 'calls', status: 503 }, 502, 'upstream_error'],
    ['breaks the line', 'http-reset', { route: 'calls' }, 502, 'upstream_unreachable'],
    ['sends elsewhere', 'http-redirect', { route: 'calls' }, 502, 'upstream_error'],
  ] as const)(
    'where the provider %s, and none is opened by a second try',
    async (_, name, parameters, status, code) => {
      await faults.add(name, parameters as never, { times: 1 });
      closers.push(() => faults.remove());
      const response = await post(whole());
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ error: { code } });
      expect(await faults.calls()).toEqual([]);
    },
  );
});
