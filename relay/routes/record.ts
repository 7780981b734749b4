/** One log line a request, and what every answer carries. Outermost, so that it sees refusals too. */
import type { Context, MiddlewareHandler } from 'hono';
import { watchPaths } from './health.ts';
import type { Log, LogFields } from '../log/log.ts';

export interface RelayEnv {
  Variables: {
    requestId: string;
    /** The client's full address. */
    address: string;
    /** Known once the token is. */
    device?: string;
    person?: string;
    /** What a refusal adds to the log line. */
    outcome?: Pick<LogFields, 'code' | 'where' | 'upstreamStatus' | 'reason'>;
  };
}

export interface RecordOptions {
  log: Log;
  addressOf: (c: Context) => string;
  /** What the log calls a path: never what somebody put in it. */
  routeOf: (path: string) => string;
  /** Counts it. */
  count: (route: string, status: number, code: string | undefined) => void;
}

export function record({ log, addressOf, routeOf, count }: RecordOptions): MiddlewareHandler<RelayEnv> {
  return async (c, next) => {
    const started = performance.now();
    c.set('requestId', crypto.randomUUID());
    c.set('address', addressOf(c));
    // Before there is an answer: to change one that is made costs more than to make it.
    c.header('X-Request-Id', c.get('requestId'));
    c.header('Cache-Control', 'no-store');
    c.header('X-Content-Type-Options', 'nosniff');
    await next();

    const { status } = c.res;
    const route = routeOf(c.req.path);
    count(route, status, c.get('outcome')?.code);
    // Looking after the relay, and looking whether we may ask it, is not news.
    if (status < 400 && (c.req.method === 'OPTIONS' || Object.hasOwn(watchPaths, c.req.path))) return;
    const device = c.get('device');
    const person = c.get('person');
    log[status >= 500 ? 'error' : status >= 400 ? 'warn' : 'info']('request', {
      requestId: c.get('requestId'),
      method: /^[A-Z]{1,10}$/.test(c.req.method) ? c.req.method : 'other',
      route,
      status,
      ms: Math.round(performance.now() - started),
      address: c.get('address'),
      ...(device === undefined ? {} : { device }),
      ...(person === undefined ? {} : { person }),
      ...c.get('outcome'),
    });
  };
}
