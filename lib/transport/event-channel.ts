/** The data channel that carries the events: which one of two it is, and when it is open. */
import { FaultError } from '../protocol/faults.ts';
import { Inbox } from './inbox.ts';

export interface EventChannel {
  channel: RTCDataChannel;
  inbox: Inbox;
}

export interface Finding {
  connection: RTCPeerConnection;
  /** Null: the provider is not asked for one. */
  negotiated: RTCDataChannel | null;
  /** The provider did not know the negotiated channel, but the announced one. */
  inBandOnly(): void;
  signal: AbortSignal;
}

/**
 * From answer to open channel. Chrome itself would need 17 s to call a dead connection failed, and a network without UDP
 * should be on its way over WebSocket soon; the provider's TCP candidates need less than 2 s.
 */
const handshakeDeadlineMs = 6_000;
/** From a channel that is open on our side to the provider's greeting. */
const greetingDeadlineMs = 2_000;
/** From announcing a channel, on a connection that is there, to the greeting. */
const announcedDeadlineMs = 4_000;

/**
 * Resolves when texts can be sent. A negotiated channel opens on our side whether or not the provider has it: only its
 * greeting shows that. Without one in time another is announced, on the same connection, and the first that speaks is it.
 * Rejects with a FaultError `connection-failed`; the abort is thrown as it is.
 */
export function findEventChannel({ connection, negotiated, inBandOnly, signal }: Finding): Promise<EventChannel> {
  const { promise, resolve, reject } = Promise.withResolvers<EventChannel>();
  const done = new AbortController();
  const until = { signal: done.signal };
  const fail = (detail: string) => reject(new FaultError('connection-failed', detail));
  let timer = setTimeout(() => fail('no connection in 6 s'), handshakeDeadlineMs);
  const wait = (ms: number, then: () => void) => {
    clearTimeout(timer);
    timer = setTimeout(then, ms);
  };
  /** Calls `found` at the first `when` of a channel. */
  const watch = (channel: RTCDataChannel, when: 'open' | 'message', found: () => void = () => undefined) => {
    const inbox = new Inbox();
    channel.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') inbox.put(data);
    });
    const take = () => {
      found();
      resolve({ channel, inbox });
    };
    channel.addEventListener(when, take, until);
    channel.addEventListener('close', () => fail('channel closed'), until);
  };
  const announce = () => connection.createDataChannel('oai-events');

  if (negotiated) {
    watch(negotiated, 'message');
    const unheard = () => {
      watch(announce(), 'message', inBandOnly);
      wait(announcedDeadlineMs, () => fail('connected, but the provider says nothing'));
    };
    negotiated.addEventListener('open', () => wait(greetingDeadlineMs, unheard), until);
  } else watch(announce(), 'open');
  connection.addEventListener(
    'connectionstatechange',
    () => {
      if (connection.connectionState === 'failed') fail('no path to the provider');
    },
    until,
  );
  signal.addEventListener('abort', () => reject(signal.reason), until);
  return promise.finally(() => {
    clearTimeout(timer);
    done.abort();
  });
}
