/** What a request for a WebSocket asks for. A browser cannot set its headers, so its credentials are subprotocols. */
import type { IncomingMessage } from 'node:http';
import { Refusal } from '../refusal.ts';

const deviceProtocol = 'parley-device.';
const secretProtocol = 'openai-insecure-api-key.';

export interface SocketRequest {
  path: string;
  query: URLSearchParams;
  protocols: readonly string[];
  /** Undefined when none came. */
  deviceToken: string | undefined;
}

/** Other upgrades, such as to HTTP/2, come with ordinary requests. */
export function isWebSocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket';
}

/** Takes any request, whatever is in it. */
export function readRequest({ url = '', headers }: IncomingMessage): SocketRequest {
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  const [path = '', query] = url.split('?', 2);
  return { path, query: new URLSearchParams(query), protocols, deviceToken: after(deviceProtocol, protocols) };
}

/** RFC 6455, 4.2.1: what the library would refuse in words of its own. Throws `invalid_request`. */
export function checkHandshake(request: IncomingMessage): void {
  if (!isWebSocket(request)) {
    throw new Refusal('invalid_request', 'This address answers to WebSockets only.', { status: 426 });
  }
  const { 'sec-websocket-key': key = '', 'sec-websocket-version': version } = request.headers;
  const offered = request.headers['sec-websocket-protocol'] ?? '';
  const good = version === '13' && /^[+/0-9A-Za-z]{22}==$/.test(key) && /^[\w!#$%&'*+.^`|~, -]{0,8192}$/.test(offered);
  if (!good) throw new Refusal('invalid_request', 'This is not the handshake of a WebSocket.');
}

/** The session at the provider: its model, and the secret of its grant. Throws `invalid_request`. */
export function readWish({ protocols, query }: SocketRequest): { model: string; secret: string } {
  const secret = after(secretProtocol, protocols);
  if (!secret || !protocols.includes('realtime')) {
    throw new Refusal(
      'invalid_request',
      'Offer the subprotocols realtime, openai-insecure-api-key.<value of the grant> and parley-device.<device token>.',
    );
  }
  const model = query.get('model') ?? '';
  if (query.size !== 1 || !/^[A-Za-z0-9._:-]{1,128}$/.test(model)) {
    throw new Refusal('invalid_request', 'Give one parameter: the model of the grant.', { param: 'model' });
  }
  return { model, secret };
}

function after(start: string, protocols: readonly string[]): string | undefined {
  return protocols.find((each) => each.startsWith(start))?.slice(start.length);
}
