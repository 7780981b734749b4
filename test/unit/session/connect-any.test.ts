import { describe, expect, it } from 'vitest';
import { FaultError, type FaultCode } from '../../../lib/protocol/faults.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import { connectAny } from '../../../lib/session/connect-any.ts';
import type { Prepared, Transport, Way, Ways } from '../../../lib/transport/transport.ts';

const line: Transport = {
  carriesTrack: true,
  backlog: 0,
  send: () => {},
  setTrack: async () => {},
  close: () => {},
};
const opens: Way = { connect: async () => line };
const fails = (code: FaultCode): Way => ({ connect: () => Promise.reject(new FaultError(code)) });
const all = { webrtc: opens, websocket: opens, relay: opens };

const offers = ['quic', 'relay', 'websocket', 'webrtc'].map((kind) => ({ kind, url: 'https://provider.example' }));
const grant: Grant = { value: 'ek', expiresAt: 0, model: 'm', voice: 'v', provider: 'p', transports: offers };

interface Wish {
  only?: string;
  typed?: boolean;
  grant?: Promise<Grant>;
  signal?: AbortSignal;
}

function connect(ways: Ways, { only, typed = false, grant: coming = Promise.resolve(grant), signal }: Wish = {}) {
  const request = {
    grant: coming,
    relay: { relayUrl: 'https://relay.example', deviceToken: 'token' },
    events: {} as never,
    signal: signal ?? new AbortController().signal,
  };
  return connectAny(ways, request, { only: only ?? null, typed }, () => {});
}

/** A way whose preparation remembers what became of it. */
function preparing(way: Way) {
  const done: string[] = [];
  let used: Prepared | undefined;
  const prepared = { close: () => void done.push('closed') };
  const prepares: Way = {
    prepare() {
      done.push('prepared');
      return prepared;
    },
    connect(request) {
      used = request.prepared;
      done.push('connected');
      return way.connect(request);
    },
  };
  return { prepares, done, wasUsed: () => used === prepared };
}

describe('the best way that opens', () => {
  it.each<[string, Ways, Wish, object]>([
    ['is WebRTC for speech', all, {}, { kind: 'webrtc', reason: null }],
    ['is WebSocket without speech', all, { typed: true }, { kind: 'websocket', reason: 'typed' }],
    [
      'is WebSocket where WebRTC is blocked',
      { ...all, webrtc: fails('connection-failed') },
      {},
      { kind: 'websocket', reason: 'blocked' },
    ],
    [
      'is the relay where the provider cannot be reached at all',
      { ...all, webrtc: fails('provider-unreachable'), websocket: fails('connection-failed') },
      {},
      { kind: 'relay', reason: 'blocked' },
    ],
    [
      'is WebRTC without speech where no socket opens',
      { ...all, websocket: fails('connection-failed'), relay: fails('connection-failed') },
      { typed: true },
      { kind: 'webrtc', reason: 'blocked' },
    ],
    ['is the one that the person chose', all, { only: 'relay', typed: true }, { kind: 'relay', reason: 'chosen' }],
    ['is whatever we know, in the grant’s order', { quic: opens }, {}, { kind: 'quic', reason: null }],
  ])('%s', async (_what, ways, wish, expected) => {
    expect(await connect(ways, wish)).toMatchObject({ ...expected, provider: 'p', model: 'm', transport: line });
  });
});

describe('no way', () => {
  it('is tried after the provider has refused us', async () => {
    await expect(connect({ ...all, webrtc: fails('provider-quota') })).rejects.toThrow('provider-quota');
  });

  it('is open: the last one says why', async () => {
    const ways = { webrtc: fails('connection-failed'), websocket: fails('provider-unreachable') };
    await expect(connect(ways)).rejects.toThrow('provider-unreachable');
  });

  it('is known, or offered', async () => {
    await expect(connect({})).rejects.toThrow('relay-not-a-relay');
    const only = { ...grant, transports: [offers[3]!] };
    await expect(connect(all, { only: 'relay', grant: Promise.resolve(only) })).rejects.toThrow('connection-failed');
    await expect(connect({ ...all, webrtc: fails('connection-failed') }, { only: 'webrtc' })).rejects.toThrow();
  });
});

describe('while the grant is on its way', () => {
  it('the best way gets ready, and uses what it made', async () => {
    const { prepares, done, wasUsed } = preparing(opens);
    const coming = Promise.withResolvers<Grant>();
    const connecting = connect({ ...all, webrtc: prepares }, { grant: coming.promise });
    expect(done).toEqual(['prepared']);
    coming.resolve(grant);
    await connecting;
    expect(wasUsed()).toBe(true);
    expect(done).toEqual(['prepared', 'connected', 'closed']);
  });

  it('nothing gets ready that is the last to be tried', async () => {
    const { prepares, done } = preparing(opens);
    await connect({ ...all, webrtc: prepares }, { typed: true });
    expect(done).toEqual([]);
  });

  it('a way that cannot get ready does not stop the others', async () => {
    const broken: Way = {
      prepare: () => {
        throw new ReferenceError('RTCPeerConnection is not defined');
      },
      connect: fails('connection-failed').connect,
    };
    expect(await connect({ ...all, webrtc: broken })).toMatchObject({ kind: 'websocket', reason: 'blocked' });
  });

  it.each<[string, (signal: AbortController) => Promise<Grant>, string]>([
    ['a grant that is refused', () => Promise.reject(new FaultError('relay-refused')), 'relay-refused'],
    [
      'giving up',
      (life) => {
        queueMicrotask(() => life.abort(new Error('given up')));
        return new Promise(() => {});
      },
      'given up',
    ],
  ])('%s closes what was made', async (_what, come, message) => {
    const { prepares, done } = preparing(opens);
    const life = new AbortController();
    const wish = { grant: come(life), signal: life.signal };
    await expect(connect({ ...all, webrtc: prepares }, wish)).rejects.toThrow(message);
    expect(done).toEqual(['prepared', 'closed']);
  });
});
