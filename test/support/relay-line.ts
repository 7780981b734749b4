/** A relay in front of any provider, and clients that reach the provider through it as the extension does. */
import { once } from 'node:events';
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { WebSocket, type ClientOptions } from 'ws';
import { grant as grantSchema, type Grant } from '../../lib/protocol/grant.ts';
import { extensionId } from '../../lib/protocol/identity.ts';
import { loadConfig, type Environment } from '../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../relay/devices.ts';
import { createLog } from '../../relay/log/log.ts';
import { startRelay, type Relay } from '../../relay/server.ts';
import type { UpstreamAddress } from '../../relay/upstream/upstream.ts';
import { RealtimeSocket } from './realtime-socket.ts';

export const origin = `chrome-extension://${extensionId}`;
const model = 'gpt-realtime-2.1';
const plenty = {
  RATE_TOKEN_PER_MINUTE: '1000',
  RATE_TOKEN_PER_HOUR: '1000',
  RATE_ADDRESS_PER_MINUTE: '1000',
  RATE_FAILED_AUTH_PER_MINUTE: '1000',
  RATE_GLOBAL_PER_MINUTE: '1000',
};

export interface Asking {
  token?: string;
  secret?: string;
  /** After the `?`. */
  query?: string;
  path?: string;
  /** Instead of all three. */
  protocols?: string[];
  /** An empty one is left out. */
  headers?: Record<string, string>;
  client?: ClientOptions;
}

export interface RelayLine {
  relay: Relay;
  token: string;
  /** The relay's log, a JSON object a line. */
  lines: Record<string, unknown>[];
  grant(wishes?: object): Promise<Grant>;
  /** A client that speaks Realtime. */
  realtime(asking?: Asking): Promise<RealtimeSocket>;
  /** A bare socket, not waited for. */
  socket(asking?: Asking): WebSocket;
  /** What a request for a socket is answered when it gets none. */
  refusal(asking?: Asking): Promise<{ status: number; headers: IncomingHttpHeaders; code: string }>;
  close(): Promise<void>;
}

export async function relayBefore(upstream: UpstreamAddress, env: Environment = {}): Promise<RelayLine> {
  const lines: Record<string, unknown>[] = [];
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const relay = await startRelay({
    config: loadConfig({ ...plenty, ...env, PORT: '0' }),
    devices,
    log: createLog({ write: (line) => lines.push(JSON.parse(line)) }),
    upstream,
  });

  const asked = (asking: Asking) => {
    const { token: device = token, secret = 'ek_any', path = '/v1/realtime', query = `model=${model}` } = asking;
    const headers = Object.entries({ origin, ...asking.headers }).filter(([, value]) => value !== '');
    return {
      address: `${relay.url}${path}?${query}`,
      query: Object.fromEntries(new URLSearchParams(query)),
      protocols: asking.protocols ?? ['realtime', `openai-insecure-api-key.${secret}`, `parley-device.${device}`],
      headers: Object.fromEntries(headers),
      client: asking.client ?? {},
    };
  };

  return {
    relay,
    token,
    lines,
    socket(asking = {}) {
      const { address, protocols, headers, client } = asked(asking);
      return new WebSocket(address.replace('http', 'ws'), protocols, { ...client, headers }).on('error', () => {});
    },
    async grant(wishes = {}) {
      const response = await fetch(`${relay.url}/v1/realtime/token`, {
        method: 'POST',
        headers: { origin, authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: JSON.stringify(wishes),
      });
      return grantSchema.parse(await response.json());
    },
    realtime: (asking = {}) => {
      const { address: _address, ...rest } = asked(asking);
      return RealtimeSocket.open({ baseUrl: `${relay.url}/v1`, ...rest });
    },
    async refusal(asking = {}) {
      const { address, protocols, headers } = asked(asking);
      const handshake = {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        ...(protocols.length > 0 ? { 'sec-websocket-protocol': protocols.join(', ') } : {}),
      };
      const sent = request(address, { headers: { ...handshake, ...headers } }).end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      let body = '';
      for await (const piece of response) body += String(piece);
      return { status: response.statusCode ?? 0, headers: response.headers, code: JSON.parse(body).error.code };
    },
    close: () => relay.close(),
  };
}
