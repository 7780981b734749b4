/**
 * `GET /v1/realtime` as a WebSocket: a line to the provider for browsers whose network lets through nothing but the
 * relay. Who may have one is asked as for a grant. A stranger is refused by HTTP instead of a socket; a known device once
 * its socket is open, because a browser tells nobody what it was answered before.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { limitKey } from '../address.ts';
import { authenticate } from '../authenticate.ts';
import type { Device, Devices } from '../devices.ts';
import { checkHost, checkOrigin, type GateOptions } from '../gate.ts';
import type { Limits } from '../limits.ts';
import { errorFields, type Log } from '../log.ts';
import { Refusal } from '../refusal.ts';
import { socketPath } from '../transports.ts';
import { maxUpBytes, socketOptions } from './bounds.ts';
import { Bridge } from './bridge.ts';
import { dial } from './dial.ts';
import { relayStops } from './ending.ts';
import { Entry } from './entry.ts';
import { Places } from './places.ts';
import { refuseSocket, refuseUpgrade } from './refuse.ts';
import { checkHandshake, readRequest, readWish, type SocketRequest } from './request.ts';

/** How long everybody has to say goodbye when the relay stops. */
const goodbyeMs = 1000;

export interface SocketsOptions extends GateOptions {
  devices: Pick<Devices, 'find'>;
  limits: Pick<Limits, 'arrive' | 'failed' | 'connect'>;
  log: Log;
  /** The provider's, without a slash at the end. */
  baseUrl: string;
  /** How many one device may have at once. */
  perDevice: number;
  addressOf(request: IncomingMessage): string;
  /** Default: 5 s, less than a client waits, so that it learns why. */
  connectTimeoutMs?: number;
  /** Default: 20 s, as the Realtime API does. */
  pingMs?: number;
}

export class Sockets {
  readonly #options: SocketsOptions;
  readonly #places: Places;
  readonly #bridges = new Set<Bridge>();
  readonly #closing = new AbortController();
  readonly #server = new WebSocketServer({
    ...socketOptions,
    noServer: true,
    maxPayload: maxUpBytes,
    handleProtocols: (offered) => (offered.has('realtime') ? 'realtime' : false),
  });

  constructor(options: SocketsOptions) {
    this.#options = options;
    this.#places = new Places(options.perDevice);
  }

  /** For the HTTP server's `upgrade` event. */
  readonly upgrade = (request: IncomingMessage, connection: Duplex, head: Buffer): void => {
    connection.on('error', () => {});
    this.#answer(request, connection, head).catch((error: unknown) => {
      connection.destroy();
      this.#options.log.error('request', { route: socketPath, ...errorFields(error) });
    });
  };

  /** Takes nothing new and says goodbye to everyone (1001); resolves when they are gone, within a second. */
  async close(): Promise<void> {
    this.#closing.abort();
    for (const bridge of this.#bridges) bridge.close(relayStops);
    const gone = [...this.#server.clients].map((client) => new Promise((resolve) => client.once('close', resolve)));
    const limit = setTimeout(() => this.#server.clients.forEach((client) => client.terminate()), goodbyeMs);
    await Promise.all(gone);
    clearTimeout(limit);
  }

  async #answer(request: IncomingMessage, connection: Duplex, head: Buffer): Promise<void> {
    const asked = readRequest(request);
    const address = this.#options.addressOf(request);
    const entry = new Entry(this.#options.log, asked.path, address);
    const waiting = watchedWhileWaiting(connection, this.#closing.signal);
    const device = await this.#admit(request, asked, address).catch(onlyRefusal);
    if (device instanceof Refusal) {
      entry.refused(device);
      return refuseUpgrade(connection, device, entry.requestId);
    }
    entry.device = device.id;

    const line = await this.#open(device, asked, waiting.gone).catch(onlyRefusal);
    waiting.over();
    let client: WebSocket | undefined;
    // Calls back at once, or never when the connection is no more.
    if (!waiting.gone.aborted) this.#server.handleUpgrade(request, connection, head, (opened) => (client = opened));
    if (!client) {
      connection.destroy();
      if (!(line instanceof Refusal)) line.hangUp();
      entry.left();
    } else if (line instanceof Refusal) {
      entry.refused(line);
      refuseSocket(client, line);
    } else this.#join(client, line, entry);
  }

  async #admit(request: IncomingMessage, asked: SocketRequest, address: string): Promise<Device> {
    const { devices, limits } = this.#options;
    const key = limitKey(address);
    checkHost(this.#options, request.headers.host ?? '');
    checkOrigin(this.#options, request.headers.origin);
    if (asked.path !== socketPath) throw new Refusal('not_found', `WebSockets are at ${socketPath} only.`);
    checkHandshake(request);
    await limits.arrive(key);
    return authenticate({ devices, limits }, asked.deviceToken, key);
  }

  async #open({ id }: Device, asked: SocketRequest, signal: AbortSignal): Promise<ProviderLine> {
    const { baseUrl, limits, connectTimeoutMs: timeoutMs = 5000 } = this.#options;
    const { model, secret } = readWish(asked);
    const leave = this.#places.take(id);
    try {
      await limits.connect(id);
      const url = `${baseUrl.replace(/^http/, 'ws')}/realtime?model=${encodeURIComponent(model)}`;
      const provider = await dial({ url, secret, timeoutMs, signal });
      return { provider, leave, hangUp: () => (leave(), provider.terminate()) };
    } catch (error) {
      leave();
      throw error;
    }
  }

  #join(client: WebSocket, { provider, leave }: ProviderLine, entry: Entry): void {
    entry.opened();
    const { pingMs = 20_000 } = this.#options;
    const bridge = new Bridge({
      client,
      provider,
      pingMs,
      onEnd: (ending) => {
        leave();
        this.#bridges.delete(bridge);
        entry.ended(ending, bridge);
      },
    });
    this.#bridges.add(bridge);
  }
}

/** An open socket to the provider and its place among the device's. */
interface ProviderLine {
  provider: WebSocket;
  leave(): void;
  hangUp(): void;
}

function onlyRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  throw error;
}

/** That a client goes is seen only while somebody reads; before its handshake is answered it has nothing to say. */
function watchedWhileWaiting(connection: Duplex, closing: AbortSignal): { gone: AbortSignal; over(): void } {
  const gone = new AbortController();
  const leave = (): void => gone.abort();
  connection.once('close', leave).once('end', leave).resume();
  return {
    gone: AbortSignal.any([gone.signal, closing]),
    over: () => void connection.off('close', leave).off('end', leave),
  };
}
