/**
 * Who may talk to the relay from a browser. The Origin list keeps web pages out (a page cannot forge it); it does not
 * prove who calls: that is the device token's work.
 */
import type { MiddlewareHandler } from 'hono';
import { callsPath } from './calls.ts';
import { isLoopback } from '../loopback.ts';
import { watchPaths } from './health.ts';
import { Refusal } from '../refusal.ts';
import { signInPaths } from '../sign-in/paths.ts';

export interface GateOptions {
  /** Exact origins, e.g. `chrome-extension://<id>`. */
  origins: readonly string[];
  /**
   * True when bound to this machine alone: then a request for another host name comes from a web page whose name was
   * made to point here (DNS rebinding).
   */
  loopbackOnly: boolean;
  /** Names by which browsers reach it elsewhere; null: any. */
  hosts: readonly string[] | null;
}

/** Throws `origin_not_allowed` for a name that is not the relay's: it was made to point here. */
export function checkHost({ loopbackOnly, hosts }: Pick<GateOptions, 'loopbackOnly' | 'hosts'>, host: string): void {
  const name = hostName(host);
  if (isLoopback(name) || (!loopbackOnly && (hosts === null || hosts.includes(name)))) return;
  throw new Refusal(
    'origin_not_allowed',
    loopbackOnly
      ? 'This relay answers only at 127.0.0.1 or localhost. Use that address.'
      : 'This relay does not answer to this name. Its owner can add it with RELAY_HOSTS.',
  );
}

/** Throws `origin_not_allowed` for an Origin that is missing or not on the list. */
export function checkOrigin(
  { origins }: Pick<GateOptions, 'origins'>,
  origin: string | undefined,
): asserts origin is string {
  if (origin === undefined || !origins.includes(origin)) throw new Refusal('origin_not_allowed', refusalWords(origin));
}

/** Checks Host and Origin, answers preflights, and marks the answers that the browser may hand over. */
export function gate(options: GateOptions): MiddlewareHandler {
  return async (c, next) => {
    const origin = c.req.header('origin');
    c.header('Vary', 'Origin');

    checkHost(options, c.req.header('host') ?? new URL(c.req.url).host);
    // What a person opens in a tab; its answers are for nobody's script.
    if (Object.hasOwn(signInPaths, c.req.path) && c.req.method !== 'OPTIONS') return next();
    // Monitors send no Origin, nor does an extension that may reach every site.
    if (origin === undefined && Object.hasOwn(watchPaths, c.req.path) && c.req.method !== 'OPTIONS') return next();
    // A refused extension may read why, so that it can tell its person which id the relay's owner has to add.
    if (origin !== undefined && /^chrome-extension:\/\/[a-p]{32}$/.test(origin))
      c.header('Access-Control-Allow-Origin', origin);
    checkOrigin(options, origin);

    c.header('Access-Control-Allow-Origin', origin);
    c.header('Access-Control-Expose-Headers', 'Retry-After, X-Request-Id');
    if (c.req.method !== 'OPTIONS') return next();
    c.header('Access-Control-Allow-Methods', c.req.path.startsWith(`${callsPath}/`) ? 'DELETE' : 'GET, POST');
    c.header('Access-Control-Allow-Headers', 'authorization, content-type');
    c.header('Access-Control-Max-Age', '600');
    if (c.req.header('access-control-request-private-network') === 'true')
      c.header('Access-Control-Allow-Private-Network', 'true');
    return c.body(null, 204);
  };
}

function refusalWords(origin: string | undefined): string {
  if (origin === undefined) return 'This relay answers only to the Parley extension: the request has no Origin.';
  const id = /^chrome-extension:\/\/([a-p]{32})$/.exec(origin)?.[1];
  return id === undefined
    ? 'This relay answers only to the Parley extension. Its owner can add an origin with ALLOWED_ORIGINS.'
    : `This relay does not know the extension ${id}. Its owner can add it with EXTENSION_IDS=${id}.`;
}

/** `localhost:8787` → `localhost`, `[::1]:8787` → `::1`. */
function hostName(host: string): string {
  return host.startsWith('[') ? host.slice(1, host.indexOf(']')) : host.replace(/:\d*$/, '').toLowerCase();
}
