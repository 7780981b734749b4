/** The relay as a Node server: sockets, time limits, TLS, the local engine, and a clean end. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { getConnInfo } from '@hono/node-server/conninfo';
import { clientAddress } from './address.ts';
import { assemble } from './assemble.ts';
import type { RelayConfig } from './settings/config.ts';
import { openCounting } from './counting.ts';
import type { Devices } from './devices.ts';
import { createHttpServer } from './http-server.ts';
import type { Log } from './log/log.ts';
import { nodePost } from './upstream/node-post.ts';
import { watchesCalls } from './policy.ts';
import { findUpstream } from './upstream/provider.ts';
import { Sockets } from './socket/sockets.ts';
import { sidebands } from './socket/sideband.ts';
import { memoryDatabase } from './sqlite/database.ts';
import { readTls } from './tls.ts';
import type { UpstreamAddress } from './upstream/upstream.ts';

export interface RelayOptions {
  config: RelayConfig;
  devices: Devices;
  log: Log;
  /** Where it is counted what calls use. Default: nowhere that outlives this relay. */
  database?: DatabaseSync;
  /** Where grants come from. Default: the configured provider, or the local engine when there is no key. */
  upstream?: UpstreamAddress;
}

export interface Relay {
  /** Without a slash at the end; with the real port when 0 was asked for. */
  url: string;
  provider: string;
  /** Stops accepting, says goodbye to sockets, lets running requests finish (8 s at most), ends the engine. Harmless twice. */
  close(): Promise<void>;
}

const shutdownMs = 8000;

/** Resolves when it listens; rejects with a sentence and the next step. */
export async function startRelay({ config, devices, log, database, upstream }: RelayOptions): Promise<Relay> {
  const tls = config.tls === null ? null : await readTls(config.tls);
  const source =
    upstream === undefined ? await findUpstream(config, log) : { ...upstream, close: () => Promise.resolve() };

  const file = database ?? memoryDatabase();
  const counting = await openCounting(file, config.redisUrl, log);
  // Loaded only when it is needed.
  const identities =
    config.signIn === null ? null : (await import('./sign-in/openid.ts')).openIdProvider(config.signIn, log);
  let stopping = false;
  const { app, calls, shared, registry } = assemble({
    config,
    devices,
    log,
    database: file,
    counting,
    source,
    post: nodePost,
    identities,
    watch: watchesCalls(source.provider, config) ? sidebands(source) : null,
    isStopping: () => stopping,
    addressOf: (c) =>
      clientAddress(getConnInfo(c).remote.address ?? '', c.req.header('x-forwarded-for'), config.trustedHops),
  });
  const sockets = new Sockets({
    ...shared,
    baseUrl: source.baseUrl,
    perDevice: config.socketsPerDevice,
    addressOf: ({ socket, headers }) =>
      clientAddress(socket.remoteAddress ?? '', headers['x-forwarded-for']?.toString(), config.trustedHops),
  });

  registry.gauge('parley_active_calls', 'Calls that run now.', () => calls.size + sockets.size);
  registry.gauge('parley_memory_bytes', 'Memory of the process.', () => process.memoryUsage.rss());
  registry.gauge('parley_up_seconds', 'How long the relay runs.', () => Math.round(process.uptime()));

  const server = createHttpServer({ ...config, fetch: app.fetch, tls, upgrade: sockets.upgrade });

  try {
    server.listen(config.port, config.host);
    await once(server, 'listening');
  } catch (error) {
    await calls.close();
    await Promise.all([source.close(), counting.close()]);
    throw new Error(listenWords(error as NodeJS.ErrnoException, config), { cause: error });
  }

  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    stopping = true;
    const force = setTimeout(() => server.closeAllConnections(), shutdownMs);
    // A kept connection goes idle when its last request ends; without this it would hold us for its keep-alive time.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await Promise.all([sockets.close(), closed]);
    clearTimeout(force);
    clearInterval(sweep);
    await calls.close();
    await Promise.all([source.close(), counting.close()]);
  };
  return {
    url: `${tls === null ? 'http' : 'https'}://${urlHost(config.host)}:${port}`,
    provider: source.provider,
    close: () => (closing ??= close()),
  };
}

function listenWords(error: NodeJS.ErrnoException, { host, port }: RelayConfig): string {
  if (error.code === 'EADDRINUSE')
    return `Port ${port} is in use: is another relay running? Stop it, or set PORT to another number.`;
  if (error.code === 'EACCES') return `Port ${port} is not allowed for this user: set PORT to a number above 1023.`;
  return `Cannot listen at ${host}:${port} (${error.code ?? error.message}): check HOST and PORT.`;
}

/** The name by which this machine reaches a relay that listens there. */
export function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}
