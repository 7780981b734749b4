/** An HTTP proxy behind a delayed line: holds requests for as long as a service would take, and changes answers. */
import { once } from 'node:events';
import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { Transform, type Duplex } from 'node:stream';
import { openDelayedTcp } from './delayed-tcp.ts';

export interface FrontOptions {
  /** Of the server behind, on 127.0.0.1. */
  target: number;
  rttMs: number;
  /** How long a request, or the opening of a WebSocket, waits before it goes on. */
  holdMs(request: { method: string; path: string }): number;
  /** What a WebSocket brings at most in a second; without it, all at once. */
  socketBytesPerS?: number;
  /** Returns the answer's body, and may change its headers; the length follows by itself. */
  change?(answer: Answer): Promise<string> | string;
}

export interface Answer {
  method: string;
  path: string;
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface Front {
  port: number;
  /** Breaks what is connected; what comes then is new. */
  drop(): void;
  close(): Promise<void>;
}

export async function openFront(options: FrontOptions): Promise<Front> {
  const server = createServer((request, response) => {
    forward(options, request, response).catch(() => response.destroy());
  });
  server.on('upgrade', (request, socket, head) => upgrade(options, request, socket, head));
  server.keepAliveTimeout = 60_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line = await openDelayedTcp(portOf(server), options.rttMs);
  return {
    port: line.port,
    drop: line.drop,
    close: async () => {
      await line.close();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function forward(options: FrontOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url: path = '/' } = request;
  const body = await textOf(request);
  await pause(options.holdMs({ method, path }));
  const outgoing = send({ host: '127.0.0.1', port: options.target, method, path, headers: request.headers });
  outgoing.end(body);
  const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
  const { statusCode: status = 502, headers } = answer;
  const given = await textOf(answer);
  const text = (await options.change?.({ method, path, status, headers, body: given })) ?? given;
  const { 'content-length': _length, 'transfer-encoding': _encoding, connection: _connection, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

function upgrade(options: FrontOptions, request: IncomingMessage, near: Duplex, head: Buffer): void {
  const { method = 'GET', url: path = '/' } = request;
  near.on('error', () => near.destroy());
  setTimeout(() => {
    const far = connect({ port: options.target, host: '127.0.0.1', noDelay: true });
    far.on('error', () => near.destroy());
    far.on('close', () => near.destroy());
    near.on('close', () => far.destroy());
    const headers = Array.from({ length: request.rawHeaders.length / 2 }, (_, index) =>
      request.rawHeaders.slice(index * 2, index * 2 + 2).join(': '),
    );
    far.write(`${method} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n`);
    far.write(head);
    near.pipe(far);
    if (options.socketBytesPerS === undefined) far.pipe(near);
    else far.pipe(paced(options.socketBytesPerS)).pipe(near);
  }, options.holdMs({ method, path }));
}

/** In pieces of 20 ms. */
function paced(bytesPerS: number): Transform {
  const pieceMs = 20;
  const most = Math.ceil((bytesPerS * pieceMs) / 1000);
  let due = 0;
  return new Transform({
    async transform(chunk: Buffer, _encoding, done) {
      for (let at = 0; at < chunk.length; at += most) {
        due = Math.max(due, performance.now()) + (Math.min(most, chunk.length - at) / bytesPerS) * 1000;
        await pause(due - performance.now());
        this.push(chunk.subarray(at, at + most));
      }
      done();
    },
  });
}

async function textOf(message: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of message) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function pause(ms: number): Promise<void> {
  return ms <= 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
}
