/** Node's HTTP server with a limit on everything that a client could draw out or pile up. */
import * as http from 'node:http';
import * as https from 'node:https';
import type { Socket } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { isWebSocket } from './socket/request.ts';

export interface HttpServerOptions {
  fetch: Parameters<typeof createAdaptorServer>[0]['fetch'];
  /** PEM texts; null for plain HTTP. */
  tls: { cert: string; key: string } | null;
  upgrade: (request: http.IncomingMessage, connection: import('node:stream').Duplex, head: Buffer) => void;
  maxConnections: number;
  maxConnectionsPerAddress: number;
}

const limits = {
  maxHeaderSize: 8 * 1024,
  headersTimeout: 5000,
  requestTimeout: 10_000,
  keepAliveTimeout: 5000,
  // How often the two above are looked at; Node's 30 s would make them 30 s.
  connectionsCheckingInterval: 1000,
  shouldUpgradeCallback: isWebSocket,
};

export function createHttpServer(options: HttpServerOptions): http.Server {
  const { fetch, tls, upgrade, maxConnections, maxConnectionsPerAddress } = options;
  const server = createAdaptorServer({
    fetch,
    ...(tls === null
      ? { createServer: http.createServer, serverOptions: limits }
      : { createServer: https.createServer, serverOptions: { ...limits, ...tls } }),
  }) as http.Server;
  server.maxRequestsPerSocket = 100;
  server.maxConnections = maxConnections;
  server.on('upgrade', upgrade);
  server.on('connection', atMostEach(maxConnectionsPerAddress));
  return server;
}

/** Hangs up on the connection that is one too many for its address, before it has said anything. */
function atMostEach(most: number): (socket: Socket) => void {
  const open = new Map<string, number>();
  return (socket) => {
    const address = socket.remoteAddress ?? '';
    const others = open.get(address) ?? 0;
    if (others >= most) return void socket.destroy();
    open.set(address, others + 1);
    socket.once('close', () => {
      const left = (open.get(address) ?? 1) - 1;
      if (left > 0) open.set(address, left);
      else open.delete(address);
    });
  };
}
