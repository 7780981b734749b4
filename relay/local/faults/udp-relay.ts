/**
 * A UDP relay between a WebRTC peer and its client. Its port stands in the answer instead of the peer's, and the peer
 * lets the client send first, so that every packet comes by here: to be lost, late, doubled, or never answered.
 */
import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import type { Clock } from '../session/clock.ts';
import type { Packet } from './kind.ts';

/** A closed call's goodbyes still pass. */
const LINGER_MS = 500;
/** A browser tries from each of its addresses; more than this is no browser. */
const MAX_CLIENTS = 32;
const HOST_CANDIDATE = /^(a=candidate:\S+ 1 UDP \d+ (\S+) )(\d+)( typ host)/gim;

/** When each copy of a packet goes on, in ms from now. */
export type When = (packet: Packet) => number[];

/** The answer with a relay's port in it. Rejects when there is no port to stand for. */
export async function relayedAnswer(
  sdp: string,
  when: When,
  clock: Clock,
): Promise<{ answer: string; relay: UdpRelay }> {
  const candidates = [...sdp.matchAll(HOST_CANDIDATE)];
  const port = Number(candidates[0]?.[3]);
  if (!port) throw new Error('The answer has no host candidate for a relay.');
  const local = candidates.every(([, , address]) => address === '127.0.0.1');
  const relay = new UdpRelay(port, when, clock);
  const own = await relay.bind(local ? '127.0.0.1' : '0.0.0.0');
  return { answer: sdp.replaceAll(HOST_CANDIDATE, `$1${own}$4`), relay };
}

export class UdpRelay {
  readonly #front = quiet(createSocket('udp4'));
  /** One socket towards the peer for each address of the client, so that the peer can tell them apart. */
  readonly #backs = new Map<string, Socket>();
  readonly #port: number;
  readonly #when: When;
  readonly #clock: Clock;
  readonly #timers = new Set<() => void>();
  #passed = 0;
  #lost = 0;
  #closed = false;

  /** `port` is the peer's, on loopback. */
  constructor(port: number, when: When, clock: Clock) {
    this.#port = port;
    this.#when = when;
    this.#clock = clock;
  }

  get packets(): { passed: number; lost: number } {
    return { passed: this.#passed, lost: this.#lost };
  }

  /** Resolves with the port that clients are to use. */
  async bind(address: string): Promise<number> {
    this.#front.on('message', (bytes, from) => {
      const back = this.#back(from);
      if (back) this.#pass('in', bytes, () => back.send(bytes, this.#port, '127.0.0.1'));
    });
    this.#front.bind(0, address);
    await once(this.#front, 'listening');
    return this.#front.address().port;
  }

  /** After what is on its way, for half a second. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    setTimeout(() => {
      for (const stop of this.#timers) stop();
      this.#front.close();
      for (const back of this.#backs.values()) back.close();
    }, LINGER_MS).unref();
  }

  #back(from: RemoteInfo): Socket | undefined {
    const key = `${from.address}:${from.port}`;
    const known = this.#backs.get(key);
    if (known || this.#closed || this.#backs.size >= MAX_CLIENTS) return known;
    const back = quiet(createSocket('udp4'));
    back.on('message', (bytes) => this.#pass('out', bytes, () => this.#front.send(bytes, from.port, from.address)));
    this.#backs.set(key, back);
    return back;
  }

  #pass(direction: Packet['direction'], bytes: Buffer, send: () => void): void {
    const carries = carriedBy(bytes);
    if (!carries) return;
    const times = this.#when({ direction, carries });
    if (times.length === 0) this.#lost += 1;
    else this.#passed += 1;
    for (const ms of times) {
      if (ms <= 0) send();
      else this.#later(ms, send);
    }
  }

  #later(ms: number, send: () => void): void {
    const stop = this.#clock.after(ms, () => {
      this.#timers.delete(stop);
      send();
    });
    this.#timers.add(stop);
  }
}

/** By the first byte (RFC 7983); DTLS application data (type 23) carries the data channel. */
function carriedBy(bytes: Buffer): Packet['carries'] | null {
  const first = bytes[0];
  if (first === undefined) return null;
  if (first <= 3) return 'stun';
  if (first >= 20 && first <= 63) return first === 23 ? 'data' : 'handshake';
  return first >= 128 && first <= 191 ? 'rtp' : null;
}

/** A port nobody listens at any more is no reason to fall over; sockets keep no process alive. */
function quiet(socket: Socket): Socket {
  return socket.on('error', () => {}).unref();
}
