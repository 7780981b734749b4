import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, describe, expect, it } from 'vitest';
import { relayedAnswer, type UdpRelay, type When } from '../../../relay/local/faults/udp-relay.ts';
import { systemClock } from '../../../relay/local/session/clock.ts';

const RTP = Buffer.from([0x80, 111, 0, 1]);
const STUN = Buffer.from([0, 1, 0, 0]);

const sockets: Socket[] = [];
let relay: UdpRelay | undefined;

afterEach(() => {
  relay?.close();
  for (const socket of sockets.splice(0)) socket.close();
});

async function socketAt(onMessage: (bytes: Buffer, reply: (bytes: Buffer) => void) => void): Promise<Socket> {
  const socket = createSocket('udp4');
  sockets.push(socket);
  socket.on('message', (bytes, from) => onMessage(bytes, (answer) => socket.send(answer, from.port, from.address)));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

/** A peer that sends everything back, a client, and the relay between them. */
async function relayed(when: When) {
  const [atPeer, atClient]: [Buffer[], Buffer[]] = [[], []];
  const peer = await socketAt((bytes, reply) => {
    atPeer.push(bytes);
    reply(bytes);
  });
  const client = await socketAt((bytes) => atClient.push(bytes));
  const sdp = `v=0\r\na=candidate:1 1 UDP 2122317823 127.0.0.1 ${peer.address().port} typ host\r\n`;
  const made = await relayedAnswer(sdp, when, systemClock);
  ({ relay } = made);
  const port = Number(/127\.0\.0\.1 (\d+) typ host/.exec(made.answer)?.[1]);
  expect(port).not.toBe(peer.address().port);
  const seen = async (list: Buffer[], count: number): Promise<void> => {
    while (list.length < count) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  return { atPeer, atClient, seen, relay: made.relay, send: (bytes: Buffer) => client.send(bytes, port, '127.0.0.1') };
}

describe('The UDP relay', () => {
  it('stands in the answer, and passes packets both ways', async () => {
    const { atPeer, atClient, seen, send, relay: between } = await relayed(() => [0]);
    send(RTP);
    await seen(atClient, 1);
    expect([atPeer, atClient]).toEqual([[RTP], [RTP]]);
    expect(between.packets).toEqual({ passed: 2, lost: 0 });
  });

  it('loses what it is told to lose, by what it carries and where it goes', async () => {
    const {
      atPeer,
      atClient,
      seen,
      send,
      relay: between,
    } = await relayed(({ carries, direction }) => (carries === 'rtp' && direction === 'out' ? [] : [0]));
    send(RTP);
    send(STUN);
    await seen(atClient, 1);
    expect([atPeer, atClient]).toEqual([[RTP, STUN], [STUN]]);
    expect(between.packets).toEqual({ passed: 3, lost: 1 });
  });

  it('doubles, and brings late', async () => {
    const { atPeer, seen, send } = await relayed(({ direction }) => (direction === 'in' ? [0, 50] : []));
    const sentAt = performance.now();
    send(RTP);
    await seen(atPeer, 2);
    expect(performance.now() - sentAt).toBeGreaterThan(45);
  });

  it('brings what was on its way when it was closed, late as it is', async () => {
    const { atPeer, seen, send, relay: between } = await relayed(({ direction }) => (direction === 'in' ? [40] : []));
    send(RTP);
    while (between.packets.passed === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    between.close();
    await seen(atPeer, 1);
    expect(atPeer).toEqual([RTP]);
  });

  it('does not take an answer without an address', async () => {
    await expect(relayedAnswer('v=0\r\n', () => [0], systemClock)).rejects.toThrow(/no host candidate/);
  });
});
