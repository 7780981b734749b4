/**
 * `GET /v1/realtime` as a WebSocket: a line to the provider for browsers whose network lets through nothing but the
 * relay. Who may have one is asked as for a grant. A stranger is refused by HTTP instead of a socket; a known device once
 * its socket is open, because a browser tells nobody what it was answered before.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { limitKey } from '../address.ts';
import { authenticate } from '../routes/authenticate.ts';
import { Meter, type MeterParts } from '../calls/meter.ts';
import type { Device, Devices } from '../devices.ts';
import { checkHost, checkOrigin, type GateOptions } from '../routes/gate.ts';
import type { Limits } from '../limits.ts';
import { errorFields, type Log } from '../log/log.ts';
import type { Moderation } from '../moderation/moderation.ts';
import type { RecordOptions } from '../routes/record.ts';
import { Refusal } from '../refusal.ts';
import { socketPath } from '../transports.ts';
import { accountOf, pricesOf, type Prices } from '../usage/prices.ts';
import { maxUpBytes, socketOptions } from './bounds.ts';
import { Bridge } from './bridge.ts';
import { relayStops } from './ending.ts';
import { Entry } from './entry.ts';
import { Places } from './places.ts';
import { openLine, type ProviderLine } from './provider-line.ts';
import { refuseSocket, refuseUpgrade } from './refuse.ts';
import { checkHandshake, readRequest, type SocketRequest } from './request.ts';

/** How long everybody has to say goodbye when the relay stops. */
const goodbyeMs = 1000;

export interface SocketsOptions extends GateOptions, MeterParts {
  devices: Pick<Devices, 'find' | 'team'>;
  limits: Pick<Limits, 'arrive' | 'failed' | 'connect'>;
  log: Log;
  countRequest: RecordOptions['count'];
  /** The provider's, without a slash at the end. */
  baseUrl: string;
  /** How many one device may have at once. */
  perDevice: number;
  prices: Prices;
  transcriptionModel: string | null;
  /** Null: nobody looks at what is said. */
  moderation: Moderation | null;
  addressOf(request: IncomingMessage): string;
  /** Default: 5 s, less than a client waits, so that it learns why. */
  connectTimeoutMs?: number;
  /** Default: 20 s, as the Realtime API does. */
  pingMs?: number;
  /** How often a call is looked at, ms. Default: 5 s. */
  lookMs?: number;
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

  /** Calls that run through here now. */
  get size(): number {
    return this.#bridges.size;
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
    const entry = new Entry(this.#options.log, this.#options.countRequest, asked.path, address);
    const waiting = watchedWhileWaiting(connection, this.#closing.signal);
    const device = await this.#admit(request, asked, address).catch(onlyRefusal);
    if (device instanceof Refusal) {
      entry.refused(device);
      return refuseUpgrade(connection, device, entry.requestId);
    }
    entry.device = device;

    const line = await openLine(this.#options, this.#places, { device, asked, address, signal: waiting.gone }).catch(
      onlyRefusal,
    );
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

  #join(client: WebSocket, { provider, place, who, model: named, giveBack }: ProviderLine, entry: Entry): void {
    entry.opened();
    const {
      pingMs = 20_000,
      lookMs = 5000,
      caps,
      usage,
      now,
      mayCall,
      onFail,
      prices,
      transcriptionModel,
      moderation,
    } = this.#options;
    const model = accountOf(named, prices);
    const meter = new Meter({
      caps,
      usage,
      now,
      mayCall,
      onFail,
      place,
      who,
      model,
      transcriptionModel,
      prices: pricesOf(named, prices),
      startedAt: now(),
      onOver: (why) => bridge.refuse(why),
    });
    const listener = moderation?.listen(who, (why) => bridge.refuse(why));
    const looks = setInterval(() => void meter.look().catch(onFail), lookMs);
    const bridge = new Bridge({
      client,
      provider,
      pingMs,
      onDown: (text) => {
        meter.heard(text);
        listener?.heard(text);
      },
      onEnd: (ending) => {
        clearInterval(looks);
        listener?.close();
        giveBack();
        this.#bridges.delete(bridge);
        void meter
          .close()
          .catch(onFail)
          .then(() => entry.ended(ending, bridge, meter.used.microUsd));
      },
    });
    this.#bridges.add(bridge);
    void usage.record({ who, model, calls: 1 }).catch(onFail);
  }
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
