/**
 * WebSocket, for networks without WebRTC and calls without sound: sound travels inside the events as PCM, both ways. To
 * the session it looks like WebRTC: the voice is a stream, `output_audio_buffer.*` events say when it sounds, and clearing
 * it truncates the item.
 */
import { openPcmVoice } from '../audio/pcm-voice.ts';
import { faultOf, FaultError, type Fault } from '../protocol/faults.ts';
import { faultOfClose } from './close-fault.ts';
import { relaySocketUrl } from './relay-address.ts';
import { requireSendable } from './sendable.ts';
import { SocketVoice } from './socket-voice.ts';
import { Steadiness } from './steadiness.ts';
import type { ConnectRequest, Transport, TransportEvents, Way } from './transport.ts';

const openDeadlineMs = 6_000;

/** Straight to the provider. */
export function webSocket(workletUrl: string): Way {
  return { connect: (request) => connect(workletUrl, request, request.offer.url, []) };
}

/** Through the relay, which knows us by the device token and takes it off before it asks the provider. */
export function relaySocket(workletUrl: string): Way {
  return {
    async connect(request) {
      const { relay, offer } = request;
      return connect(workletUrl, request, relaySocketUrl(relay, offer.url), [`parley-device.${relay.deviceToken}`]);
    },
  };
}

async function connect(
  workletUrl: string,
  { grant, events, signal }: ConnectRequest,
  url: string,
  more: string[],
): Promise<Transport> {
  signal.throwIfAborted();
  const socket = createSocket(url, ['realtime', `openai-insecure-api-key.${grant.value}`, ...more]);
  try {
    await opened(socket, signal);
  } catch (error) {
    socket.close();
    throw error;
  }
  return openTransport(socket, workletUrl, events);
}

/** A browser sends no header with a WebSocket, only names of protocols, and not every secret is one. */
function createSocket(url: string, protocols: string[]): WebSocket {
  try {
    return new WebSocket(url, protocols);
  } catch {
    // Its message would name the secret.
    throw new FaultError('connection-failed', 'this address or secret does not fit a WebSocket');
  }
}

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const fail = (detail: string) => reject(new FaultError('connection-failed', detail));
  const timer = setTimeout(() => fail('no socket in 6 s'), openDeadlineMs);
  const done = new AbortController();
  const until = { signal: done.signal };
  socket.addEventListener('open', () => resolve(), until);
  socket.addEventListener('close', ({ code }) => fail(`socket closed: ${code}`), until);
  signal.addEventListener('abort', () => reject(signal.reason), until);
  return promise.finally(() => {
    clearTimeout(timer);
    done.abort();
  });
}

/** In the task in which the socket opened: nothing has come yet. */
function openTransport(socket: WebSocket, workletUrl: string, events: TransportEvents): SocketTransport {
  let closed = false;
  const steadiness = new Steadiness(() => socket.bufferedAmount, events.steady);
  const voice = new SocketVoice({
    open(player) {
      const line = openPcmVoice(workletUrl, {
        ...player,
        failed: (error) => lose({ ...faultOf(error), code: 'internal' }),
      });
      events.voice(line.stream);
      return line;
    },
    toSession(text) {
      if (!closed) events.message(text);
    },
    toProvider(text) {
      // A cut may be told after the end.
      if (socket.readyState !== WebSocket.OPEN) return;
      socket.send(text);
      steadiness.look();
    },
  });
  const close = () => {
    closed = true;
    steadiness.close();
    voice.close();
    socket.close(1000);
  };
  const lose = (fault: Fault) => {
    if (closed) return;
    close();
    events.lost(fault);
  };
  socket.addEventListener('message', ({ data }) => {
    if (typeof data === 'string' && !closed) voice.receive(data);
  });
  socket.addEventListener('close', ({ code, reason }) => lose(faultOfClose(code, reason)));
  return {
    carriesTrack: false,
    get backlog() {
      return socket.bufferedAmount;
    },
    get starved() {
      return voice.starved;
    },
    send(text) {
      if (socket.readyState !== WebSocket.OPEN) throw new FaultError('connection-lost', 'socket is not open');
      requireSendable(text, socket.bufferedAmount);
      voice.send(text);
    },
    setTrack: () => Promise.resolve(),
    close,
  };
}

export interface SocketTransport extends Transport {
  /** How often the voice ran dry in the middle of an answer since the line is open. */
  readonly starved: number;
}
