/** Faults of the line itself: its end, its silence, its packets. */
import * as z from 'zod';
import { everywhere, fault, type Packet } from './kind.ts';
import { milliseconds, once, when } from './parameters.ts';

const share = z.number().min(0).max(1);

/** Which packets do not pass while a connection is stuck at a stage. */
const STUCK: Record<'ice' | 'dtls' | 'channel', readonly Packet['carries'][]> = {
  ice: ['stun', 'handshake', 'data', 'rtp'],
  dtls: ['handshake', 'data', 'rtp'],
  channel: ['data'],
};

export const lineKinds = {
  'close-channel': fault({
    where: 'line',
    transports: ['webrtc'],
    says: 'The data channel closes; the peer connection and its sound stay.',
    parameters: z.strictObject(when),
    act: (parameters, acting) => once(parameters, acting, () => acting.line.end({ how: 'channel' })),
  }),

  'close-peer': fault({
    where: 'line',
    transports: ['webrtc'],
    says: 'The peer connection is closed by the server, with a goodbye.',
    parameters: z.strictObject(when),
    act: (parameters, acting) => once(parameters, acting, () => acting.line.end({ how: 'peer' })),
  }),

  'close-socket': fault({
    where: 'line',
    transports: ['websocket'],
    says: 'The WebSocket closes with the given code and reason.',
    parameters: z.strictObject({
      ...when,
      code: z
        .int()
        .refine((code) => (code >= 1000 && code <= 1014 && ![1004, 1005, 1006].includes(code)) || code >= 3000)
        .max(4999)
        .default(1011),
      reason: z.string().max(123).default(''),
    }),
    act: ({ code, reason, ...trigger }, acting) =>
      once(trigger, acting, () => acting.line.end({ how: 'socket', code, reason })),
  }),

  'reset-socket': fault({
    where: 'line',
    transports: ['websocket'],
    says: 'The TCP connection is reset: the WebSocket ends with 1006.',
    parameters: z.strictObject(when),
    act: (parameters, acting) => once(parameters, acting, () => acting.line.end({ how: 'reset' })),
  }),

  vanish: fault({
    where: 'line',
    transports: everywhere,
    relayed: true,
    says: 'The server is gone without a goodbye: nothing comes any more, no ICE answer, no pong; for `forMs`, or until it is taken back.',
    parameters: z.strictObject({ ...when, forMs: milliseconds.optional() }),
    act({ forMs, ...trigger }, acting) {
      let gone = false;
      const be = (silent: boolean): void => {
        if (gone === silent) return;
        gone = silent;
        acting.line.end({ how: 'silence', silent });
      };
      const acts = once(trigger, acting, () => {
        be(true);
        if (forMs !== undefined) acting.hold(forMs, () => be(false));
      });
      return { ...acts, packet: () => (gone ? [] : [0]), undo: () => be(false) };
    },
  }),

  'never-connects': fault({
    where: 'line',
    transports: ['webrtc'],
    relayed: true,
    says: 'The answer comes, but the connection gets stuck: ICE never connects, DTLS never ends, or the channel never opens.',
    parameters: z.strictObject({ stage: z.enum(['ice', 'dtls', 'channel']).default('ice') }),
    act({ stage }, acting) {
      let noted = false;
      return {
        packet({ carries }) {
          if (!STUCK[stage].includes(carries)) return [0];
          noted ||= acting.strike(stage);
          return noted ? [] : [0];
        },
      };
    },
  }),

  'bad-network': fault({
    where: 'media',
    transports: ['webrtc'],
    relayed: true,
    says: 'RTP packets (or all) are lost, doubled, late by `delayMs`, and by up to `jitterMs` more, so that they overtake each other.',
    parameters: z.strictObject({
      loss: share.default(0),
      duplicate: share.default(0),
      delayMs: milliseconds.default(0),
      jitterMs: milliseconds.default(0),
      packets: z.enum(['rtp', 'all']).default('rtp'),
      direction: z.enum(['both', 'out', 'in']).default('both'),
    }),
    act({ loss, duplicate, delayMs, jitterMs, packets, direction }, acting) {
      let noted = false;
      const late = (): number => delayMs + (jitterMs > 0 ? acting.random() * jitterMs : 0);
      return {
        packet(packet) {
          const meant =
            (packets === 'all' || packet.carries === 'rtp') && (direction === 'both' || direction === packet.direction);
          // Not one of `times` for each packet: one for the call.
          noted ||= meant && acting.strike();
          if (!meant || !noted) return [0];
          if (acting.random() < loss) return [];
          return acting.random() < duplicate ? [late(), late()] : [late()];
        },
      };
    },
  }),

  'round-trip': fault({
    where: 'line',
    transports: everywhere,
    relayed: true,
    says: 'The server is `ms` away: every packet of a WebRTC call (ICE, DTLS, data, RTP) and every event of a WebSocket takes half of it each way.',
    parameters: z.strictObject({ ms: milliseconds.default(60) }),
    act({ ms }, acting) {
      // Timers count whole milliseconds.
      const late = { in: Math.floor(ms / 2), out: Math.ceil(ms / 2) };
      let noted = false;
      const lateBy = (direction: Packet['direction']): number => {
        noted ||= acting.strike();
        return noted ? late[direction] : 0;
      };
      if (acting.transport === 'webrtc') return { packet: ({ direction }) => [lateBy(direction)] };
      return {
        toClient: (message, pass) => acting.hold(lateBy('out'), () => pass(message)),
        toSession: (message, pass) => acting.hold(lateBy('in'), () => pass(message)),
      };
    },
  }),

  'udp-relay': fault({
    where: 'line',
    transports: ['webrtc'],
    relayed: true,
    says: 'Nothing yet: the call goes through the UDP relay, so that `vanish` or `bad-network` can strike in the middle of it.',
    parameters: z.strictObject({}),
    act: () => ({}),
  }),
};
