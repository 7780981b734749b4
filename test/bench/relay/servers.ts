/** What a relay is compared with, each as a process of its own: `node servers.ts NAME [PROVIDER]` prints its address. */
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { WebSocketServer } from 'ws';

const servers: Record<string, (provider: string) => http.Server> = {
  /** Hands out secrets at once, and keeps every WebSocket open. */
  provider() {
    const server = http.createServer((request, response) => {
      request.resume().on('end', () => {
        response.setHeader('content-type', 'application/json');
        response.end('{"value":"ek_bench","expires_at":1790000000}');
      });
    });
    const sockets = new WebSocketServer({ server, perMessageDeflate: false, handleProtocols: () => 'realtime' });
    sockets.on('connection', (socket) => socket.on('error', () => {}));
    return server;
  },

  /** One route that knows nobody, counts nothing and asks the provider: the least that could do the work. */
  bare(provider) {
    const app = new Hono();
    app.post('/v1/realtime/token', async (c) => {
      const session = await c.req.json();
      return c.json(await mint(provider, session));
    });
    return createAdaptorServer({ fetch: app.fetch }) as http.Server;
  },

  /** The token server that guides for the Realtime API show: a GET without anybody's name, the session fixed. */
  sample(provider) {
    return http.createServer((request, response) => {
      if (request.url !== '/token') return void response.writeHead(404).end();
      const session = { type: 'realtime', model: 'gpt-realtime-2.1', audio: { output: { voice: 'marin' } } };
      mint(provider, session).then(
        (secret) => response.setHeader('content-type', 'application/json').end(JSON.stringify(secret)),
        () => response.writeHead(500).end(),
      );
    });
  },
};

async function mint(provider: string, session: unknown): Promise<unknown> {
  const answer = await fetch(`${provider}/realtime/client_secrets`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk-bench', 'content-type': 'application/json' },
    body: JSON.stringify({ session }),
  });
  return answer.json();
}

const [name = '', provider = ''] = process.argv.slice(2);
const server = servers[name]!(provider);
server.listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
