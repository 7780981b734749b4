/** Where the faults meet HTTP: as middleware of the API, and at the handshake of a WebSocket. */
import { STATUS_CODES, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Context, MiddlewareHandler } from 'hono';
import type { FaultBook } from './book.ts';
import { UPGRADE, type Route } from './kind.ts';

const ROUTES: [RegExp, Route][] = [
  [/^\/v1\/realtime\/client_secrets$/, 'client_secrets'],
  [/^\/v1\/realtime\/calls$/, 'calls'],
  [/^\/v1\/realtime\/calls\/[^/]+\/hangup$/, 'hangup'],
];

/** Goes behind CORS, so that a web page sees the fault and not a missing header. */
export function httpFaults(book: FaultBook): MiddlewareHandler {
  return async (context, next) => {
    const route = ROUTES.find(([path]) => path.test(context.req.path))?.[1];
    if (!route || context.req.method === 'OPTIONS') return next();
    const own = async (): Promise<Response> => {
      await next();
      return context.res;
    };
    const { pathname, search } = new URL(context.req.url);
    const answer = await book.answer({
      route,
      path: `${pathname}${search}`,
      answer: own,
      gone: context.req.raw.signal,
      reset: () => connectionOf(context)?.resetAndDestroy(),
    });
    // Setting it adds the headers that CORS has put there.
    if (answer !== context.res) context.res = answer;
  };
}

type Upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer) => void;

/** For the HTTP server's `upgrade` event: lets the handshake come through to `upgrade`, late, or never. */
export function withFaults(book: FaultBook, upgrade: Upgrade): Upgrade {
  return (request, connection, head) => {
    connection.on('error', () => {});
    const answer = async (): Promise<void> => {
      if (await passes(book, request, connection)) upgrade(request, connection, head);
    };
    void answer();
  };
}

/** False when the handshake has been answered otherwise, or left without an answer. */
async function passes(book: FaultBook, request: IncomingMessage, connection: Duplex): Promise<boolean> {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  // That a client goes is seen only while somebody reads; before its handshake is answered it has nothing to say.
  connection.once('close', leave).once('end', leave).resume();
  book.closing.addEventListener('abort', leave);
  try {
    const answer = await book.answer({
      route: 'websocket',
      path: request.url ?? '/',
      answer: async () => UPGRADE,
      gone: gone.signal,
      reset: () => (connection as Socket).resetAndDestroy(),
    });
    // Still flowing, as the WebSocket wants it.
    if (answer === UPGRADE && !gone.signal.aborted) return true;
    await write(answer, connection);
  } catch {
    // The client has gone before its answer.
    connection.destroy();
  } finally {
    connection.off('close', leave).off('end', leave);
    book.closing.removeEventListener('abort', leave);
  }
  return false;
}

async function write(answer: Response, connection: Duplex): Promise<void> {
  const headers = [...answer.headers].map(([name, value]) => `${name}: ${value}`);
  const status = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? ''}`;
  connection.write([status, ...headers, 'connection: close', '', ''].join('\r\n'));
  for await (const piece of answer.body ?? []) {
    if (connection.destroyed) return;
    if (!connection.write(piece))
      await new Promise((resolve) => connection.once('drain', resolve).once('close', resolve));
  }
  connection.end();
}

/** What the Node server hands along; elsewhere there is none. */
function connectionOf(context: Context): Socket | undefined {
  return (context.env as { incoming?: IncomingMessage } | undefined)?.incoming?.socket;
}
