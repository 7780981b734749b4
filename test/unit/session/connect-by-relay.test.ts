import { afterEach, describe, expect, it, vi } from 'vitest';
import { openSession } from '../../../lib/session/session.ts';
import { FaultError, type FaultCode } from '../../../lib/protocol/faults.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import type { ConnectRequest, Transport, Way } from '../../../lib/transport/transport.ts';

afterEach(() => void vi.unstubAllGlobals());

const grant: Grant = {
  value: 'ek',
  expiresAt: 0,
  model: 'granted',
  voice: 'v',
  provider: 'p',
  transports: [
    { kind: 'webrtc', url: 'https://provider.example/calls' },
    { kind: 'websocket', url: 'wss://provider.example/realtime' },
  ],
};

/** A relay that answers like this, and ways that open or not. */
function setTheStage(status: number, answer: object, webrtcFails?: FaultCode) {
  const transport = { close: () => undefined } as unknown as Transport;
  const news = vi.fn();
  const posted: { url: string; init: RequestInit }[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    posted.push({ url, init });
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  });
  const asked = vi.fn(async () => grant);
  const webrtc = vi.fn(async ({ exchange, signal }: ConnectRequest) => {
    if (exchange) await exchange('v=0 ours', 100, signal);
    if (webrtcFails) throw new FaultError(webrtcFails);
    return transport;
  });
  const ways: Record<string, Way> = { webrtc: { connect: webrtc }, websocket: { connect: async () => transport } };
  const open = (only: string | null = null, typed = false) =>
    openSession({
      ways,
      grant: asked,
      relay: { relayUrl: 'https://relay.example', deviceToken: 'device' },
      byRelay: { wishes: { language: 'en' }, negotiated: true },
      only,
      typed,
      news,
      voice: () => undefined,
      log: () => undefined,
      signal: new AbortController().signal,
    });
  return { open, posted, asked, webrtc, news };
}

const answered = { sdp: 'v=0 theirs', callId: null, model: 'm', voice: 'v', provider: 'local', issuedAt: 1 };

describe('a relay that takes the offer itself', () => {
  it('is asked once, in a way that needs no preflight, and no grant is asked for', async () => {
    const { open, posted, asked } = setTheStage(201, answered);
    const { line } = await open();
    expect(line).toMatchObject({ kind: 'webrtc', reason: null, provider: 'local', model: 'm' });
    expect(asked).not.toHaveBeenCalled();
    expect(posted.map(({ url }) => url)).toEqual(['https://relay.example/v1/realtime/calls']);
    const { headers, body } = posted[0]!.init;
    expect(headers).toEqual({ 'Content-Type': 'text/plain;charset=UTF-8' });
    expect(JSON.parse(String(body))).toEqual({
      deviceToken: 'device',
      sdp: 'v=0 ours',
      dcid: 100,
      wishes: { language: 'en' },
    });
  });

  it('that no longer does is asked for a grant', async () => {
    const refusal = { error: { message: 'no such route', code: 'not_found' } };
    const { open, asked } = setTheStage(404, refusal);
    expect((await open()).line).toMatchObject({ kind: 'webrtc', model: 'granted' });
    expect(asked).toHaveBeenCalledOnce();
  });

  it('whose provider cannot be reached over WebRTC is asked for a grant, and WebRTC is not tried again', async () => {
    const { open, webrtc } = setTheStage(201, answered, 'connection-failed');
    expect((await open()).line).toMatchObject({ kind: 'websocket', reason: 'blocked' });
    expect(webrtc).toHaveBeenCalledOnce();
  });

  it('that ended the call at a limit says so, and no other line is opened for it', async () => {
    const limit = { of: 'person', what: 'usd', per: 'day', most: 5, resetsAt: 1 };
    const ended = { callId: 'rtc_1', message: 'The $5 for this day for you are used up.', limit };
    const { open, webrtc, news, posted } = setTheStage(201, { ...answered, callId: 'rtc_1', limits: [], ended });
    await open();
    webrtc.mock.calls[0]![0].events.lost({ code: 'connection-lost' });
    await vi.waitFor(() => expect(news).toHaveBeenCalled());
    expect(news).toHaveBeenCalledWith({ type: 'lost', fault: { code: 'relay-cap', detail: ended.message, limit } });
    expect(posted.at(-1)!.url).toBe('https://relay.example/v1/me');
  });

  it('that ended it for what was said says that', async () => {
    const ended = { callId: 'rtc_1', code: 'moderated', message: 'The moderation of this relay stopped the call.' };
    const { open, webrtc, news } = setTheStage(201, { ...answered, callId: 'rtc_1', limits: [], ended });
    await open();
    webrtc.mock.calls[0]![0].events.lost({ code: 'connection-lost' });
    await vi.waitFor(() => expect(news).toHaveBeenCalled());
    expect(news).toHaveBeenCalledWith({ type: 'lost', fault: { code: 'relay-moderated', detail: ended.message } });
  });

  it('that knows nothing of an end leaves the fault as it is', async () => {
    const { open, webrtc, news } = setTheStage(201, { ...answered, callId: 'rtc_1' });
    await open();
    webrtc.mock.calls[0]![0].events.lost({ code: 'connection-lost', detail: 'channel closed' });
    await vi.waitFor(() => expect(news).toHaveBeenCalled());
    expect(news).toHaveBeenCalledWith({ type: 'lost', fault: { code: 'connection-lost', detail: 'channel closed' } });
  });

  it('hears of our end of the call, so that it ends it with the provider too', async () => {
    const { open, posted } = setTheStage(201, { ...answered, callId: 'rtc_1' });
    (await open()).close();
    const { url, init } = posted.at(-1)!;
    expect({ url, method: init.method }).toEqual({
      url: 'https://relay.example/v1/realtime/calls/rtc_1',
      method: 'DELETE',
    });
    expect(init).toMatchObject({ keepalive: true, headers: { Authorization: 'Bearer device' } });
  });

  it('ends the call whose line does not come up', async () => {
    const { open, posted } = setTheStage(201, { ...answered, callId: 'rtc_1' }, 'connection-failed');
    await open();
    expect(posted.map(({ init }) => init.method)).toContain('DELETE');
  });

  it('that refuses is not asked twice', async () => {
    const limit = { of: 'device', what: 'calls', per: null, most: 2, resetsAt: null };
    const refusal = { error: { message: 'too many', code: 'rate_limited', limit } };
    const { open, asked } = setTheStage(429, refusal);
    await expect(open()).rejects.toMatchObject({ fault: { code: 'relay-limit', limit } });
    expect(asked).not.toHaveBeenCalled();
  });

  it('has nothing to do with a typed call, or with a line that was chosen', async () => {
    const { open, asked } = setTheStage(201, answered);
    await open(null, true);
    await open('websocket');
    expect(asked).toHaveBeenCalledTimes(2);
  });
});
