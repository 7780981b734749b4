/**
 * WebSocket, for networks without WebRTC: sound travels inside the events as PCM. To the session it looks like WebRTC:
 * the voice is a stream, `output_audio_buffer.*` events say when it sounds, and clearing it truncates the item.
 */
import { openPcmLine } from '../audio/pcm-line.ts';
import { encodePcm } from '../audio/base64.ts';
import { FaultError, type Fault } from '../protocol/faults.ts';
import { SocketVoice } from './socket-voice.ts';
import type { Connect, ConnectRequest, Transport } from './transport.ts';

const openDeadlineMs = 10_000;
/** As over WebRTC, so that what fits one line fits the other. Sound is not counted. */
const largestMessage = 60 * 1024;
/** About four seconds of microphone: the network does not keep up. */
const tooMuchBuffered = 256 * 1024;

export function createWebSocketTransport(workletUrl: string): Connect {
  return async (request) => {
    const { offer, grant, signal } = request;
    signal.throwIfAborted();
    const socket = new WebSocket(offer.url, ['realtime', `openai-insecure-api-key.${grant.value}`]);
    const inbox = new Inbox(socket);
    const giveUp = () => socket.close();
    signal.addEventListener('abort', giveUp, { once: true });
    try {
      const [transport] = await Promise.all([
        openTransport(socket, inbox, workletUrl, request),
        opened(socket, signal),
      ]);
      return transport;
    } catch (error) {
      socket.close();
      throw error;
    } finally {
      signal.removeEventListener('abort', giveUp);
    }
  };
}

function opened(socket: WebSocket, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const timer = setTimeout(() => reject(new FaultError('connection-failed', 'no socket in 10 s')), openDeadlineMs);
  const done = new AbortController();
  socket.addEventListener('open', () => resolve(), { signal: done.signal });
  socket.addEventListener(
    'close',
    ({ code }) => reject(new FaultError('connection-failed', `socket closed: ${code}`)),
    {
      signal: done.signal,
    },
  );
  signal.addEventListener('abort', () => reject(signal.reason), { signal: done.signal });
  return promise.finally(() => {
    clearTimeout(timer);
    done.abort();
  });
}

/** The provider greets, or refuses and closes, as soon as the socket is open, which may be before the worklet is. */
class Inbox {
  #waiting: string[] = [];
  #closed: CloseEvent | null = null;
  #take: ((text: string) => void) | null = null;
  #end: ((close: CloseEvent) => void) | null = null;

  constructor(socket: WebSocket) {
    socket.addEventListener('message', ({ data }) => {
      if (typeof data !== 'string') return;
      if (this.#take) this.#take(data);
      else this.#waiting.push(data);
    });
    socket.addEventListener('close', (close) => {
      if (this.#end) this.#end(close);
      else this.#closed = close;
    });
  }

  /** What has come so far, in order, and from now on what comes. */
  deliver(take: (text: string) => void, end: (close: CloseEvent) => void): void {
    this.#take = take;
    this.#end = end;
    for (const text of this.#waiting.splice(0)) take(text);
    if (this.#closed) end(this.#closed);
  }
}

async function openTransport(
  socket: WebSocket,
  inbox: Inbox,
  workletUrl: string,
  request: ConnectRequest,
): Promise<Transport> {
  const { events, track } = request;
  let closed = false;
  let steady = true;
  const sendNow = (text: string) => {
    if (socket.readyState === WebSocket.OPEN) socket.send(text);
  };
  const line = await openPcmLine(workletUrl, {
    captured(samples) {
      sendNow(JSON.stringify({ type: 'input_audio_buffer.append', audio: encodePcm(samples) }));
      const keepsUp = socket.bufferedAmount < tooMuchBuffered;
      if (keepsUp !== steady) events.steady((steady = keepsUp));
    },
    started: () => voice.started(),
    drained: () => voice.drained(),
  });
  const voice = new SocketVoice(line, { toSession: events.message, toProvider: sendNow });
  const close = () => {
    closed = true;
    line.close();
    socket.close(1000);
  };
  const receive = (text: string) => {
    if (!closed) voice.receive(text);
  };
  inbox.deliver(receive, ({ code, reason }) => {
    if (closed) return;
    close();
    events.lost(faultOfClose(code, reason));
  });
  line.setTrack(track);
  events.voice(line.voice);
  return {
    send(text) {
      if (new TextEncoder().encode(text).length > largestMessage) throw new FaultError('internal', 'message too large');
      if (socket.readyState !== WebSocket.OPEN) throw new FaultError('connection-lost', 'socket is not open');
      if (!voice.handles(text)) socket.send(text);
    },
    setTrack: (next) => Promise.resolve(line.setTrack(next)),
    close,
  };
}

/** The provider closes with 3000 and 4000 and the error's type and code as reason (realtime-protocol: 1.5, 3.15). */
function faultOfClose(code: number, reason: string): Fault {
  const detail = `socket closed: ${code} ${reason}`.trim().slice(0, 300);
  if (code === 3000) return { code: 'provider-refused', detail };
  if (code === 4000) return { code: 'provider-error', detail };
  if (code === 1001 && /60 minutes/.test(reason)) return { code: 'session-expired', detail };
  return { code: 'connection-lost', detail };
}
