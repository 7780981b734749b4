import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Authority } from '../http/authority.ts';
import { LOOPBACK_HOST } from '../http/app.ts';
import { HttpRefusal } from '../http/refusal.ts';
import type { Gate } from '../line/gate.ts';
import type { Call } from '../peer/call.ts';
import type { Clock } from '../session/clock.ts';
import type { SessionConfig } from '../session/config.ts';
import { errorBody } from '../session/errors.ts';
import type { Ids } from '../session/ids.ts';
import type { SessionOptions } from '../session/session.ts';
import { admit, unknownCall, type Admission } from './admission.ts';
import { readCredentials } from './credentials.ts';
import { refuseUpgrade, SocketRefusal } from './refusal.ts';
import { joinCall } from './sideband.ts';
import { SocketCall } from './socket-call.ts';

/** What the API takes in one append, and nothing it documents is longer. */
const MAX_MESSAGE_BYTES = 15 * 1024 * 1024;
const MAX_SIDEBANDS = 4;
/** How long a client has to answer a CLOSE when the engine stops. */
const GOODBYE_MS = 500;

export interface SocketsOptions extends Pick<SessionOptions, 'hearing' | 'speaking' | 'mind' | 'log'> {
  authority: Authority;
  clock: Clock;
  ids: Ids;
  createGate(): Gate;
  /** Throws an `HttpRefusal` when no more calls can be taken. */
  requireRoom(): void;
  /** A running WebRTC call. */
  findCall(id: string): Call | undefined;
}

/** Whether a request asks to become a WebSocket. */
export function isWebSocket({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'websocket';
}

/** `GET /v1/realtime` as a WebSocket: calls of its own, and sidebands to WebRTC calls (realtime-protocol 1.4, 1.5). */
export class Sockets {
  readonly #options: SocketsOptions;
  readonly #calls = new Set<SocketCall>();
  readonly #server = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    handleProtocols: (offered) => (offered.has('realtime') ? 'realtime' : false),
    // As the API offers it. Base64 of sound shrinks by a third at level 1 and hardly more above.
    perMessageDeflate: {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      zlibDeflateOptions: { level: 1 },
    },
  });

  constructor(options: SocketsOptions) {
    this.#options = options;
  }

  /** Calls, without sidebands. */
  get size(): number {
    return this.#calls.size;
  }

  /** For the HTTP server's `upgrade` event. */
  readonly upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer): void => {
    connection.on('error', () => {});
    let open: (socket: WebSocket) => void;
    try {
      open = this.#answer(request);
    } catch (error) {
      if (!(error instanceof SocketRefusal)) return refuseUpgrade(connection, error);
      open = (socket) => this.#refuse(socket, error);
    }
    this.#server.handleUpgrade(request, connection, head, open);
  };

  /** Says goodbye to everyone (1001); resolves when they are gone, within half a second. */
  async close(): Promise<void> {
    for (const call of this.#calls) call.close(1001, 'The local engine stops.');
    const gone = [...this.#server.clients].map((socket) => {
      socket.close(1001);
      const limit = setTimeout(() => socket.terminate(), GOODBYE_MS);
      return new Promise<void>((resolve) => {
        socket.once('close', () => {
          clearTimeout(limit);
          resolve();
        });
      });
    });
    await Promise.all(gone);
  }

  /** What happens once the socket is open. */
  #answer(request: IncomingMessage): (socket: WebSocket) => void {
    if (!LOOPBACK_HOST.test(request.headers.host ?? '')) {
      throw new HttpRefusal(403, 'host_not_allowed', 'The local engine answers on 127.0.0.1 only.');
    }
    const [path, query] = (request.url ?? '').split('?', 2);
    if (path !== '/v1/realtime' || !isWebSocket(request)) {
      throw new HttpRefusal(404, null, `Unknown request URL: ${request.method} ${path}.`);
    }
    const admission = admit(readCredentials(request), new URLSearchParams(query), this.#options.authority);
    return admission.kind === 'session' ? this.#opener(admission.config) : this.#joiner(admission);
  }

  #opener(config: SessionConfig): (socket: WebSocket) => void {
    const { authority: _authority, createGate, requireRoom, findCall: _findCall, ...parts } = this.#options;
    try {
      requireRoom();
    } catch (error) {
      if (error instanceof HttpRefusal) throw new SocketRefusal(4000, error.error);
      throw error;
    }
    return (socket) => {
      const call = new SocketCall({
        ...parts,
        socket,
        config,
        gate: createGate(),
        onClosed: (ended) => this.#calls.delete(ended),
      });
      if (!call.closed) this.#calls.add(call);
    };
  }

  #joiner({ callId }: Extract<Admission, { kind: 'sideband' }>): (socket: WebSocket) => void {
    const call = this.#options.findCall(callId);
    if (!call) throw unknownCall();
    if (call.companions >= MAX_SIDEBANDS) {
      throw new HttpRefusal(429, 'rate_limit_exceeded', `A call takes ${MAX_SIDEBANDS} sidebands. Close one first.`);
    }
    return (socket) => joinCall(call, socket, this.#options.clock, this.#options.log);
  }

  #refuse(socket: WebSocket, refusal: SocketRefusal): void {
    socket.on('error', () => {});
    const error = { ...errorBody(refusal.error), event_id: null };
    socket.send(JSON.stringify({ type: 'error', event_id: this.#options.ids.next('event'), error }));
    socket.close(refusal.code, refusal.reason);
  }
}
