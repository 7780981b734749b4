/**
 * The relay as a portable Hono app: pairing, grants, calls, what is left, and what looks after it. It knows no Node:
 * sockets, files and signals are at the edge (server.ts, main.ts, socket/), and another runtime brings its own edge.
 */
import { Hono, type Context } from 'hono';
import { callsPath, callsRoute, type CallsRouteParts } from './routes/calls.ts';
import { gate, type GateOptions } from './routes/gate.ts';
import { errorFields, type Log } from './log/log.ts';
import { hangUpPath, hangUpRoute, type HangUpRouteParts } from './routes/hangup.ts';
import { healthRoute, metricsRoute, readyRoute, watchPaths, type HealthRouteParts } from './routes/health.ts';
import { mePath, meRoute } from './routes/me.ts';
import { pairPath, pairRoute } from './routes/pair.ts';
import { record, type RecordOptions, type RelayEnv } from './routes/record.ts';
import { Refusal } from './refusal.ts';
import { donePath, signInPath, signInPaths } from './sign-in/paths.ts';
import { doneRoute, signInRoute, type SignIn } from './sign-in/routes.ts';
import { tokenRoute, type TokenRouteParts } from './routes/token.ts';
import { socketPath } from './transports.ts';
import type { Upstream } from './upstream/upstream.ts';

export interface RelayParts extends TokenRouteParts, CallsRouteParts, HangUpRouteParts, HealthRouteParts, GateOptions {
  upstream: Upstream;
  /** Null: the relay's owner invites people. */
  signIn: SignIn | null;
  log: Log;
  countRequest: RecordOptions['count'];
  /** The client's address: the edge knows. */
  addressOf: (c: Context) => string;
}

export function createRelayApp(parts: RelayParts): Hono<RelayEnv> {
  const app = new Hono<RelayEnv>();
  const methods: Record<string, string> = {
    ...watchPaths,
    [pairPath]: 'POST',
    [mePath]: 'GET',
    '/v1/realtime/token': 'POST',
    ...(parts.calls ? { [callsPath]: 'POST', [hangUpPath]: 'DELETE' } : {}),
    [socketPath]: 'GET',
    ...(parts.signIn === null ? {} : signInPaths),
  };
  const routeOf = (path: string): string => {
    if (Object.hasOwn(methods, path)) return path;
    return path.startsWith(`${callsPath}/`) ? hangUpPath : 'other';
  };
  app.use(record({ log: parts.log, addressOf: parts.addressOf, routeOf, count: parts.countRequest }));
  app.use(gate(parts));

  app.get('/healthz', healthRoute(parts));
  app.get('/readyz', readyRoute(parts));
  app.get('/metrics', metricsRoute(parts));
  app.post(pairPath, pairRoute(parts));
  app.get(mePath, meRoute(parts));
  app.post('/v1/realtime/token', tokenRoute(parts));
  if (parts.calls) {
    app.post(callsPath, callsRoute(parts));
    app.delete(hangUpPath, hangUpRoute(parts));
  }

  if (parts.signIn !== null) {
    app.get(signInPath, signInRoute(parts, parts.signIn));
    app.get(donePath, doneRoute(parts, parts.signIn));
  }

  // A request that asks for a socket has gone to the edge already.
  app.get(socketPath, (c) => {
    c.header('Upgrade', 'websocket');
    throw new Refusal('invalid_request', 'This address answers to WebSockets only.', { status: 426 });
  });

  for (const [path, method] of Object.entries(methods)) {
    app.all(path, (c) => {
      c.header('Allow', `${method}, OPTIONS`);
      throw new Refusal('method_not_allowed', `${path} answers to ${method} only.`);
    });
  }
  app.notFound(() => {
    throw new Refusal(
      'not_found',
      'This is a Parley relay; there is nothing at this address. Use its address without a path.',
    );
  });

  app.onError((error, c) => {
    if (!(error instanceof Refusal)) {
      c.set('outcome', errorFields(error));
      const message = `The relay failed. Its log has the reason under ${c.get('requestId')}.`;
      return c.json({ error: { message, type: 'server_error', code: null, param: null } }, 500);
    }
    const { upstreamStatus, reason, retryAfterS } = error.extras;
    c.set('outcome', {
      code: error.code,
      ...(upstreamStatus === undefined ? {} : { upstreamStatus }),
      ...(reason === undefined ? {} : { reason }),
    });
    if (retryAfterS !== undefined) c.header('Retry-After', String(retryAfterS));
    if (error.code === 'device_token_invalid') c.header('WWW-Authenticate', 'Bearer');
    return c.json(error.envelope(), error.status);
  });
  return app;
}
