/** The relay as a Node server: sockets, time limits, TLS, the local engine, and a clean end. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import * as http from 'node:http';
import * as https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { DatabaseSync } from 'node:sqlite';
import { createSecureContext } from 'node:tls';
import { createAdaptorServer } from '@hono/node-server';
import { getConnInfo } from '@hono/node-server/conninfo';
import packageJson from '../package.json' with { type: 'json' };
import { clientAddress } from './address.ts';
import { createRelayApp } from './app.ts';
import { Caps } from './caps/caps.ts';
import { isLoopback, type RelayConfig } from './config.ts';
import { openCounting } from './counting.ts';
import type { Devices } from './devices.ts';
import { createLimits } from './limits.ts';
import type { Log } from './log.ts';
import { nodePost } from './node-post.ts';
import type { SessionPolicy } from './session-config.ts';
import { isWebSocket } from './socket/request.ts';
import { Sockets } from './socket/sockets.ts';
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
const localModel = 'parley-local';

/** Resolves when it listens; rejects with a sentence and the next step. */
export async function startRelay({ config, devices, log, database, upstream }: RelayOptions): Promise<Relay> {
  const tls = config.tls === null ? null : await readTls(config.tls);
  const source =
    upstream === undefined ? await findUpstream(config, log) : { ...upstream, close: () => Promise.resolve() };

  const counting = await openCounting(database ?? null, config.redisUrl, log);
  const caps = new Caps(config.limits.rules, counting.ledger);

  // Behind a proxy the Host is the proxy's name.
  const loopbackOnly = isLoopback(config.host) && config.trustedHops === 0;
  const limits = createLimits(config.limits, counting.makeCounter);
  const shared = { devices, log, limits, caps, origins: config.origins, loopbackOnly };
  const known = source.provider === 'openai' || source.provider === 'local';
  const negotiated = config.negotiatedChannel ?? known;
  const app = createRelayApp({
    ...shared,
    policy: source.provider === 'local' ? localPolicy(config.session) : config.session,
    upstream: createUpstream({ ...source, tokenTtlS: config.tokenTtlS, post: nodePost }),
    provider: source.provider,
    freeWhileIdle: config.freeWhileIdle ?? known,
    calls: config.calls,
    negotiated,
    transports: transportsOf(source.baseUrl, negotiated),
    version: packageJson.version,
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

  const serverLimits = {
    maxHeaderSize: 8 * 1024,
    headersTimeout: 5000,
    requestTimeout: 10_000,
    keepAliveTimeout: 5000,
    // How often the two above are looked at; Node's 30 s would make them 30 s.
    connectionsCheckingInterval: 1000,
    shouldUpgradeCallback: isWebSocket,
  };
  const server = createAdaptorServer({
    fetch: app.fetch,
    overrideGlobalObjects: false,
    ...(tls === null
      ? { createServer: http.createServer, serverOptions: serverLimits }
      : { createServer: https.createServer, serverOptions: { ...serverLimits, ...tls } }),
  }) as http.Server;
  server.maxRequestsPerSocket = 100;
  server.maxConnections = 256;
  server.on('upgrade', sockets.upgrade);

  try {
    server.listen(config.port, config.host);
    await once(server, 'listening');
  } catch (error) {
    await Promise.all([source.close(), counting.close()]);
    throw new Error(listenWords(error as NodeJS.ErrnoException, config), { cause: error });
  }

  const { port } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    const force = setTimeout(() => server.closeAllConnections(), shutdownMs);
    // A kept connection goes idle when its last request ends; without this it would hold us for its keep-alive time.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const closed = new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
    await Promise.all([sockets.close(), closed]);
    clearTimeout(force);
    clearInterval(sweep);
    await Promise.all([source.close(), counting.close()]);
  };
  return {
    url: `${tls === null ? 'http' : 'https'}://${urlHost(config.host)}:${port}`,
    provider: source.provider,
    close: () => (closing ??= close()),
  };
}

/** The engine is what it is, whichever model is wished for: no wish is refused, and the grant says who answers. */
function localPolicy(policy: SessionPolicy): SessionPolicy {
  return { ...policy, model: localModel, models: null };
}

async function findUpstream(config: RelayConfig, log: Log): Promise<UpstreamAddress & { close(): Promise<void> }> {
  if (config.key === null) {
    // Loaded only when it is needed: with a key nothing of the engine is in memory.
    const { startLocalEngine } = await import('./local/engine-process.ts');
    const engine = await startLocalEngine({ log: (message) => log.info('engine', { message }) });
    return { baseUrl: engine.baseUrl, key: engine.key, provider: 'local', close: () => engine.close() };
  }
  const host = new URL(config.baseUrl).hostname;
  const provider = host === 'api.openai.com' ? 'openai' : host.slice(0, 64);
  return { baseUrl: config.baseUrl, key: config.key, provider, close: () => Promise.resolve() };
}

async function readTls({ certFile, keyFile }: NonNullable<RelayConfig['tls']>): Promise<{ cert: string; key: string }> {
  const read = (file: string) =>
    readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      throw new Error(`${file} cannot be read (${error.code}): check TLS_CERT and TLS_KEY.`);
    });
  const pair = { cert: await read(certFile), key: await read(keyFile) };
  try {
    createSecureContext(pair);
  } catch (error) {
    throw new Error('TLS_CERT and TLS_KEY do not belong together, or are not PEM files.', { cause: error });
  }
  return pair;
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
