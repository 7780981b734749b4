import type { IncomingMessage } from 'node:http';
import { expect } from 'vitest';
import { mint } from '../../support/realtime-peer.ts';
import { openSocket, until } from './client.ts';
import type { Shows, World } from './world.ts';

const post = ({ engine }: World, path: string, body = '{}', init: RequestInit = {}): Promise<Response> =>
  fetch(`${engine.baseUrl}/realtime/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${engine.key}`, 'content-type': 'application/json' },
    body,
    ...init,
  });
const secret = (world: World, init: RequestInit = {}) => post(world, 'client_secrets', '{}', init);
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string | null; type: string; message: string } }).error;
const struck = (world: World, id: string) =>
  until(async () => (await world.faults.log()).some(({ fault }) => fault === id), 'the fault to strike');

/** What a WebSocket client learns when its handshake is answered otherwise. */
const handshake = ({ engine }: World): Promise<{ status: number } | { failed: string }> =>
  new Promise((resolve) => {
    const socket = openSocket(engine.baseUrl, engine.key);
    socket.once('unexpected-response', (_request, { statusCode }: IncomingMessage) => {
      resolve({ status: statusCode ?? 0 });
      socket.terminate();
    });
    socket.once('error', (error) => resolve({ failed: error.message }));
    socket.once('open', () => {
      resolve({ status: 101 });
      socket.terminate();
    });
  });

export const httpShows: Shows = {
  'http-refuse': {
    'refuses with each status, in the service’s envelope': async (world) => {
      const cases = [
        [{ status: 401 }, 'invalid_api_key'],
        [{ status: 403 }, null],
        [{ status: 429 }, 'rate_limit_exceeded'],
        [{ status: 429, code: 'insufficient_quota' }, 'insufficient_quota'],
        [{ status: 500 }, null],
        [{ status: 503 }, null],
        [{ status: 418, code: 'teapot', type: 'tea', message: 'Short and stout.' }, 'teapot'],
      ] as const;
      for (const [parameters, code] of cases) {
        await world.faults.add('http-refuse', parameters, { times: 1 });
        const response = await secret(world);
        expect(response.status).toBe(parameters.status);
        expect(await errorOf(response)).toMatchObject({ code, message: expect.stringMatching(/\w/) });
      }
      expect((await secret(world)).status).toBe(200);
    },
    'says when to come again, in seconds or as a date': async (world) => {
      await world.faults.add('http-refuse', { status: 429, retryAfterS: 7 }, { times: 1 });
      expect((await secret(world)).headers.get('retry-after')).toBe('7');
      await world.faults.add('http-refuse', { status: 429, retryAfterS: 7, retryAfterAs: 'date' });
      const at = Date.parse((await secret(world)).headers.get('retry-after') ?? '');
      expect(Math.abs(at - Date.now() - 7000)).toBeLessThan(3000);
    },
    'takes one route and leaves the others, with CORS for web pages': async (world) => {
      await world.faults.add('http-refuse', { route: 'calls', status: 503 });
      expect((await secret(world)).status).toBe(200);
      const refused = await post(world, 'calls', 'v=0');
      expect(refused.status).toBe(503);
      expect(refused.headers.get('access-control-allow-origin')).toBe('*');
      expect((await post(world, 'calls/rtc_1/hangup')).status).toBe(400);
      await world.faults.add('http-refuse', { route: 'hangup', status: 502 });
      expect((await post(world, 'calls/rtc_1/hangup')).status).toBe(502);
    },
    'refuses the handshake of a WebSocket': async (world) => {
      await world.faults.add('http-refuse', { route: 'websocket', status: 429 }, { times: 1 });
      expect(await handshake(world)).toEqual({ status: 429 });
      expect(await handshake(world)).toEqual({ status: 101 });
    },
  },
  'http-delay': {
    'answers late': async (world) => {
      await world.faults.add('http-delay', { ms: 400 });
      const began = performance.now();
      expect((await secret(world)).status).toBe(200);
      expect(await handshake(world)).toEqual({ status: 101 });
      expect(performance.now() - began).toBeGreaterThan(790);
    },
  },
  'http-hang': {
    'does not answer': async (world) => {
      const [route, abort] = ['client_secrets', new AbortController()] as const;
      const id = await world.faults.add('http-hang', { route });
      let answered = false;
      const asking = secret(world, { signal: abort.signal }).then(() => (answered = true));
      await struck(world, id);
      expect(answered).toBe(false);
      abort.abort();
      await expect(asking).rejects.toThrow(/abort/);
    },
    'answers without a body': async (world) => {
      await world.faults.add('http-hang', { route: 'client_secrets', after: 'headers' });
      const abort = new AbortController();
      const response = await secret(world, { signal: abort.signal });
      expect(response.status).toBe(200);
      let ended = false;
      const reading = response.text().then(() => (ended = true));
      expect((await handshake(world)) && ended).toBe(false);
      abort.abort();
      await expect(reading).rejects.toThrow(/abort/);
    },
    'does not answer the handshake of a WebSocket': async (world) => {
      const id = await world.faults.add('http-hang', { route: 'websocket' });
      const socket = openSocket(world.engine.baseUrl, world.engine.key);
      socket.on('error', () => {});
      await struck(world, id);
      expect(socket.readyState).toBe(socket.CONNECTING);
      // Left as it is: the engine can stop all the same.
    },
  },
  'http-reset': {
    'breaks the connection': async (world) => {
      await world.faults.add('http-reset');
      const error = await secret(world).catch((cause: Error) => cause);
      expect(String((error as Error).cause)).toMatch(/ECONNRESET|other side closed/);
      expect(await handshake(world)).toEqual({ failed: expect.stringMatching(/ECONNRESET|hang up/) });
    },
  },
  'http-trickle': {
    'answers byte by byte': async (world) => {
      await world.faults.add('http-trickle', { everyMs: 5 }, { times: 1 });
      const response = await secret(world);
      const pieces: Uint8Array[] = [];
      for await (const piece of response.body!) {
        pieces.push(piece);
        if (pieces.length === 20) break;
      }
      expect(pieces.length).toBe(20);
      expect(Buffer.concat(pieces).toString()).toMatch(/^\{"value":"ek_/);
      expect(Buffer.concat(pieces).length).toBeLessThan(200);
    },
    'gets to its end': async (world) => {
      await world.faults.add('http-trickle', { bytes: 400, everyMs: 1 });
      expect(((await (await secret(world)).json()) as { value: string }).value).toMatch(/^ek_/);
    },
  },
  'http-garble': {
    'answers well with a body that is none': async (world) => {
      const looks = {
        html: (text: string) => expect(text).toMatch(/^<!doctype html>/),
        empty: (text: string) => expect(text).toBe(''),
        'not-json': (text: string) => expect(text).toBe('undefined'),
        truncated: (text: string) => expect(() => JSON.parse(text)).toThrow(),
        'wrong-types': (text: string) =>
          expect(JSON.parse(text)).toMatchObject({ value: {}, expires_at: expect.any(String), session: 17 }),
        'missing-value': (text: string) => {
          expect(JSON.parse(text)).toHaveProperty('session');
          expect(JSON.parse(text)).not.toHaveProperty('value');
        },
      };
      for (const [as, look] of Object.entries(looks)) {
        await world.faults.add('http-garble', { as: as as keyof typeof looks }, { times: 1 });
        const response = await secret(world);
        expect(response.status).toBe(200);
        look(await response.text());
      }
    },
    'answers with as much as was asked for, or without end': async (world) => {
      await world.faults.add('http-garble', { as: 'huge', bytes: 5_000_000 }, { times: 1 });
      expect((await (await secret(world)).arrayBuffer()).byteLength).toBe(5_000_000);
      await world.faults.add('http-garble', { as: 'endless' });
      const response = await secret(world);
      let read = 0;
      for await (const piece of response.body!) {
        read += piece.length;
        if (read > 10_000_000) break;
      }
      expect(read).toBeGreaterThan(10_000_000);
    },
    'answers a call with SDP that leads nowhere': async (world) => {
      const answerTo = async (as: 'sdp-without-audio' | 'sdp-wrong-fingerprint'): Promise<string> => {
        await world.faults.add('http-garble', { route: 'calls', as }, { times: 1 });
        const key = await mint(world.engine);
        const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' };
        const response = await post(world, 'calls', OFFER, { headers });
        expect(response.status).toBe(201);
        await post(world, `calls/${response.headers.get('location')?.split('/').at(-1)}/hangup`);
        return response.text();
      };
      expect(await answerTo('sdp-without-audio')).not.toMatch(/m=audio/);
      expect(await answerTo('sdp-wrong-fingerprint')).toMatch(/^a=fingerprint:sha-256 00:00:00/m);
    },
  },
  'http-redirect': {
    'sends the client elsewhere': async (world) => {
      await world.faults.add('http-redirect', { to: 'http://elsewhere.example/', status: 301 }, { times: 1 });
      const response = await secret(world, { redirect: 'manual' });
      expect([response.status, response.headers.get('location')]).toEqual([301, 'http://elsewhere.example/']);
    },
    'sends the client round in circles': async (world) => {
      await world.faults.add('http-redirect');
      const error = await secret(world).catch((cause: Error) => cause);
      expect(String((error as Error).cause)).toMatch(/redirect count exceeded/);
    },
  },
  'key-ttl': {
    'mints a key that is over soon': async (world) => {
      await world.faults.add('key-ttl', { seconds: 1 });
      const key = await mint(world.engine);
      const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' };
      const use = () => post(world, 'calls', 'v=0', { headers });
      expect((await use()).status).toBe(400);
      const refused = await until(async () => {
        const response = await use();
        return response.status === 401 ? response : null;
      }, 'the key to be refused');
      expect((await errorOf(refused)).message).toMatch(/expired/);
    },
  },
};

const FINGERPRINT = Array.from({ length: 32 }, (_, index) => (index + 16).toString(16).toUpperCase()).join(':');
const OFFER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'a=group:BUNDLE 0 1',
  `a=fingerprint:sha-256 ${FINGERPRINT}`,
  'a=setup:actpass',
  'a=ice-ufrag:abcd',
  'a=ice-pwd:abcdefghijklmnopqrstuvwx',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111',
  'c=IN IP4 0.0.0.0',
  'a=mid:0',
  'a=sendrecv',
  'a=rtcp-mux',
  'a=rtpmap:111 opus/48000/2',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'c=IN IP4 0.0.0.0',
  'a=mid:1',
  'a=sctp-port:5000',
  '',
].join('\r\n');
