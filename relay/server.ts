/** The relay as a Node server: sockets, time limits, TLS, the local engine, and a clean end. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { getConnInfo } from '@hono/node-server/conninfo';
import packageJson from '../package.json' with { type: 'json' };
import { clientAddress } from './address.ts';
import { createRelayApp } from './app.ts';
import { CallBook } from './calls/call-book.ts';
import { Caps } from './caps/caps.ts';
import { isLoopback, type RelayConfig } from './config.ts';
import { openCounting } from './counting.ts';
import type { Devices } from './devices.ts';
import { createLimits } from './limits.ts';
import { createHttpServer } from './http-server.ts';
import { errorFields, type Log } from './log.ts';
import { createMetrics } from './metrics/metrics.ts';
import { nodePost } from './node-post.ts';
import { findUpstream, localPolicy, pricesFor, rulesFor, watchesCalls } from './provider.ts';
import { sidebands } from './socket/sideband.ts';
import { readTls } from './tls.ts';
import { Sockets } from './socket/sockets.ts';
import { memoryDatabase } from './sqlite/database.ts';
import { sqliteRunning } from './sqlite/running.ts';
import { sqliteUsage } from './sqlite/usage.ts';
import { transportsOf } from './transports.ts';
import { createUpstream, type UpstreamAddress } from './upstream.ts';

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
  const provider = source.provider;
  const caps = new Caps(rulesFor(provider, config), counting.ledger);

  // Behind a proxy the Host is the proxy's name.
  const loopbackOnly = isLoopback(config.host) && config.trustedHops === 0;
  const limits = createLimits(config.limits, counting.makeCounter);
  const known = provider === 'openai' || provider === 'local';
  const negotiated = config.negotiatedChannel ?? known;
  const metrics = createMetrics();
  const upstreamOf = metrics.upstream(createUpstream({ ...source, tokenTtlS: config.tokenTtlS, post: nodePost }));
  const { session } = config;
  const meters = {
    caps,
    usage: metrics.usage(sqliteUsage(file)),
    now: () => Date.now(),
    mayCall: (device: string) => devices.team.hasDevice(device),
    onFail: (error: unknown) => log.error('usage', errorFields(error)),
    prices: pricesFor(provider, config),
    transcriptionModel: provider === 'local' ? null : session.transcriptionModel,
  };
  const calls = new CallBook({
    ...meters,
    running: sqliteRunning(file),
    watch: watchesCalls(provider, config) ? sidebands(source) : null,
    hangUp: async (callId, { person }) =>
      upstreamOf.hangUp(callId, { safetyIdentifier: await devices.safetyIdentifier({ personId: person }) }),
    log,
  });
  let stopping = false;
  const shared = {
    ...meters,
    countRequest: metrics.request,
    devices,
    log,
    limits,
    origins: config.origins,
    hosts: config.hosts,
    loopbackOnly,
  };
  const app = createRelayApp({
    ...shared,
    policy: provider === 'local' ? localPolicy(session) : session,
    upstream: upstreamOf,
    running: calls,
    provider,
    direct: config.direct,
    freeWhileIdle: config.freeWhileIdle ?? known,
    calls: config.calls,
    negotiated,
    transports: transportsOf(source.baseUrl, negotiated, config.transports),
    version: packageJson.version,
    registry: metrics.registry,
    metricsToken: config.metricsToken,
    checks: {
      people: async () => void (await devices.team.salt()),
      limits: () => counting.ledger.ready(),
      running: async () => {
        if (stopping) throw new Error('It stops.');
      },
    },
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

  const { registry } = metrics;
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
