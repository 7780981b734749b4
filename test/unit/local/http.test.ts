import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp, type Switchboard } from '../../../relay/local/http/app.ts';
import { Authority } from '../../../relay/local/http/authority.ts';
import { InvalidOffer, readOffer } from '../../../relay/local/peer/offer.ts';
import { systemClock } from '../../../relay/local/session/clock.ts';
import { createIds } from '../../../relay/local/session/ids.ts';

const KEY = 'sk-local-test';
const OFFER = [
  'v=0',
  'o=- 1 2 IN IP4 127.0.0.1',
  's=-',
  't=0 0',
  'm=audio 9 UDP/TLS/RTP/SAVPF 111 63',
  'a=mid:0',
  'a=sendrecv',
  'a=rtpmap:111 opus/48000/2',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  'a=mid:1',
  '',
].join('\r\n');

const calls: { offer: string; config: { instructions: string }; channelId: number | undefined }[] = [];
const switchboard: Switchboard = {
  open: async (offer, config, channelId) => {
    readOffer(offer);
    calls.push({ offer, config, channelId });
    return { id: 'rtc_1', answer: 'v=0 answer' };
  },
  hangUp: (id) => id === 'rtc_1',
};
const authority = new Authority(KEY, systemClock, createIds());
const app = createApp({ authority, switchboard, log: () => {} });

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  app.request(path, {
    method: 'POST',
    body,
    headers: { host: '127.0.0.1:4000', authorization: `Bearer ${KEY}`, ...headers },
  });
const mint = async (body: unknown, headers: Record<string, string> = {}) =>
  post('/v1/realtime/client_secrets', JSON.stringify(body), headers);
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string | null; param: string | null; type: string } }).error;

beforeEach(() => {
  calls.length = 0;
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => vi.useRealTimers());

describe('Minting a key', () => {
  it('gives one with the whole session, not yet running', async () => {
    const response = await mint({ session: { type: 'realtime', instructions: 'Be brief.' } });
    const body = (await response.json()) as any;
    expect(response.status).toBe(200);
    expect(body.value).toMatch(/^ek_[\w-]{40,}$/);
    expect(body.expires_at).toBe(Math.floor(Date.now() / 1000) + 600);
    expect(body.session).toMatchObject({ instructions: 'Be brief.', expires_at: 0, prompt: null });
  });

  it.each([9, 7201, 1.5, '60'])('for %s seconds is refused', async (seconds) => {
    const response = await mint({ expires_after: { anchor: 'created_at', seconds } });
    expect(response.status).toBe(400);
    expect((await errorOf(response)).param).toBe('expires_after.seconds');
  });

  it.each([
    [{}, 401, null],
    [{ authorization: 'Bearer sk-wrong' }, 401, 'invalid_api_key'],
  ])('needs the standard key', async (headers, status, code) => {
    const response = await app.request('/v1/realtime/client_secrets', {
      method: 'POST',
      headers: { host: '127.0.0.1', ...headers },
    });
    expect(response.status).toBe(status);
    expect(await errorOf(response)).toMatchObject({ type: 'invalid_request_error', code });
  });

  it('refuses a body that is no JSON, and one that is too large', async () => {
    expect((await post('/v1/realtime/client_secrets', '{')).status).toBe(400);
    expect((await mint({ session: { type: 'realtime', instructions: 'x'.repeat(600_000) } })).status).toBe(413);
  });
});

describe('Making a call', () => {
  const sdp = { 'content-type': 'application/sdp' };
  const dial = async (key: string, path = '/v1/realtime/calls', offer = OFFER) =>
    post(path, offer, { ...sdp, authorization: `Bearer ${key}` });
  const key = async (body: unknown = {}) => ((await (await mint(body)).json()) as { value: string }).value;

  it('with an ephemeral key answers with SDP and where the call is', async () => {
    const response = await dial(
      await key({ session: { type: 'realtime', instructions: 'Mine.' } }),
      '/v1/realtime/calls?model=gpt-realtime&dcid=5',
    );
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toContain('application/sdp');
    expect(response.headers.get('location')).toBe('/v1/realtime/calls/rtc_1');
    expect(await response.text()).toBe('v=0 answer');
    expect(calls).toMatchObject([{ offer: OFFER, config: { instructions: 'Mine.' }, channelId: 5 }]);
  });

  it('works again with the same key until it expires', async () => {
    const ephemeral = await key({ expires_after: { anchor: 'created_at', seconds: 10 } });
    expect((await dial(ephemeral)).status).toBe(201);
    vi.setSystemTime(Date.now() + 9_000);
    expect((await dial(ephemeral)).status).toBe(201);
    vi.setSystemTime(Date.now() + 2_000);
    const late = await dial(ephemeral);
    expect(late.status).toBe(401);
    expect(await errorOf(late)).toMatchObject({ code: 'invalid_api_key' });
  });

  it('with a wrong key or without one is refused', async () => {
    expect((await dial('ek_wrong')).status).toBe(401);
    expect((await post('/v1/realtime/calls', OFFER, { ...sdp, authorization: '' })).status).toBe(401);
  });

  it.each([
    ['no SDP', 'hello'],
    ['no audio', OFFER.replace('m=audio', 'm=video')],
    ['no Opus', OFFER.replace('opus', 'PCMU')],
    ['no data channel', OFFER.split('m=application')[0]!],
  ])('with %s is an invalid offer', async (_what, offer) => {
    const response = await dial(await key(), '/v1/realtime/calls', offer);
    expect(response.status).toBe(400);
    expect(await errorOf(response)).toMatchObject({ code: 'invalid_offer' });
  });

  it.each(['x', '-1', '65535', '1e3'])('with dcid=%s is refused', async (id) => {
    expect((await dial(await key(), `/v1/realtime/calls?dcid=${id}`)).status).toBe(400);
  });

  it('with a form, session included, needs the standard key', async () => {
    const form = () => {
      const made = new FormData();
      made.set('sdp', OFFER);
      made.set(
        'session',
        new Blob([JSON.stringify({ type: 'realtime', instructions: 'Form.' })], { type: 'application/json' }),
      );
      return made;
    };
    expect((await post('/v1/realtime/calls', form())).status).toBe(201);
    expect(calls[0]!.config.instructions).toBe('Form.');
    expect((await post('/v1/realtime/calls', form(), { authorization: `Bearer ${await key()}` })).status).toBe(401);
  });

  it('that is over cannot be hung up again', async () => {
    expect((await post('/v1/realtime/calls/rtc_1/hangup', '')).status).toBe(200);
    const gone = await post('/v1/realtime/calls/rtc_2/hangup', '');
    expect(gone.status).toBe(400);
    expect(await errorOf(gone)).toMatchObject({ code: 'call_id_not_found' });
  });
});

describe('Who may ask', () => {
  it('any page with a key: CORS allows what the official clients send, and shows them Location', async () => {
    const preflight = await app.request('/v1/realtime/calls', {
      method: 'OPTIONS',
      headers: {
        host: 'localhost:4000',
        origin: 'chrome-extension://abc',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type,x-openai-agents-sdk',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-openai-agents-sdk');
    const refused = await post('/v1/realtime/calls', OFFER, {
      origin: 'https://a.example',
      authorization: 'Bearer ek_wrong',
    });
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(refused.headers.get('access-control-expose-headers')).toContain('Location');
  });

  it.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:80', '192.168.1.2:4000', ''])(
    'nobody under the name %j',
    async (host) => {
      const response = await post('/v1/realtime/client_secrets', '{}', { host });
      expect(response.status).toBe(403);
    },
  );

  it('an unknown address gets the envelope too', async () => {
    const response = await post('/v1/other', '{}');
    expect(response.status).toBe(404);
    expect(await errorOf(response)).toMatchObject({ type: 'invalid_request_error' });
  });
});

describe('An offer', () => {
  it('from a transceiver without a track is as good as one with', () => {
    expect(readOffer(OFFER)).toEqual({ audioMid: '0', opusPayloadType: 111, direction: 'sendrecv' });
    expect(readOffer(OFFER.replace('a=sendrecv', 'a=recvonly')).direction).toBe('recvonly');
  });

  it('without an id for its audio is refused', () => {
    expect(() => readOffer(OFFER.replace('a=mid:0', 'a=x'))).toThrow(InvalidOffer);
  });
});
