import { expect, it } from 'vitest';
import { FaultError, type FaultCode } from '../../../lib/protocol/faults.ts';
import { connectAny } from '../../../lib/session/connect-any.ts';
import type { Connect, Transport } from '../../../lib/transport/transport.ts';

const line = { send: () => {}, setTrack: async () => {}, close: () => {} } satisfies Transport;
const opens: Connect = async () => line;
const fails =
  (code: FaultCode): Connect =>
  () =>
    Promise.reject(new FaultError(code));

function connect(transports: Record<string, Connect>, only: string | null = null) {
  const offers = ['quic', 'webrtc', 'websocket'].map((kind) => ({ kind, url: 'https://provider.example' }));
  const grant = { value: 'ek', expiresAt: 0, model: 'm', voice: 'v', provider: 'p', transports: offers };
  const request = { grant, track: null, events: {} as never, signal: new AbortController().signal };
  return connectAny(transports, request, only, () => {});
}

it('takes the best way that opens, and passes by those it does not know', async () => {
  expect(await connect({ webrtc: opens, websocket: opens })).toMatchObject({ kind: 'webrtc' });
  expect(await connect({ webrtc: fails('connection-failed'), websocket: opens })).toMatchObject({ kind: 'websocket' });
});

it('does not try another way when the provider refuses', async () => {
  await expect(connect({ webrtc: fails('provider-quota'), websocket: opens })).rejects.toThrow('provider-quota');
});

it('says why the last way failed', async () => {
  const ways = { webrtc: fails('connection-failed'), websocket: fails('provider-unreachable') };
  await expect(connect(ways)).rejects.toThrow('provider-unreachable');
  await expect(connect({})).rejects.toThrow('relay-not-a-relay');
});

it('keeps to the one way that the person wants', async () => {
  expect(await connect({ webrtc: opens, websocket: opens }, 'websocket')).toMatchObject({ kind: 'websocket' });
  await expect(connect({ webrtc: fails('connection-failed'), websocket: opens }, 'webrtc')).rejects.toThrow();
});
