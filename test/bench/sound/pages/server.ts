/** Serves the peers' pages, and mints their tokens, as the server of such a page does. */
import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ScriptName } from './bundle.ts';

export interface PageServer {
  port: number;
  close(): void;
}

const page = `<!doctype html><meta charset="utf-8"><title>Peers</title><link rel="icon" href="data:,">
<script src="/bench.js"></script><body><script type="module" src="/peers.js"></script></body>`;

/** `more`: further scripts by path, such as the shipped worklet. */
export async function servePages(
  scripts: Record<ScriptName, string>,
  mint: () => Promise<string>,
  more: Record<string, string> = {},
): Promise<PageServer> {
  const files: Record<string, string> = { ...scripts, ...more };
  const server = createServer((request, response) => {
    const path = (request.url ?? '/').slice(1);
    const script = files[path];
    if (path === 'token') {
      void answerToken(response, mint);
      return;
    }
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? page);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function answerToken(response: ServerResponse, mint: () => Promise<string>): Promise<void> {
  try {
    const value = await mint();
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ value }));
  } catch {
    response.destroy();
  }
}
