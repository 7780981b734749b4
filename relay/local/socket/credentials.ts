import type { IncomingMessage } from 'node:http';

const KEY_PROTOCOL = 'openai-insecure-api-key.';

export interface Credentials {
  /** Null: none came. */
  key: string | null;
  /** Asks for the protocol as it was before its general availability. */
  beta: boolean;
}

/**
 * Who asks for a socket: by header from a server, by subprotocol from a browser, which cannot set headers. Organization
 * and project may come along and mean nothing here (realtime-protocol 1.5, 1.6).
 */
export function readCredentials({ headers }: Pick<IncomingMessage, 'headers'>): Credentials {
  const protocols = (headers['sec-websocket-protocol'] ?? '').split(',').map((each) => each.trim());
  const bearer = /^Bearer (\S{1,512})$/i.exec(headers.authorization ?? '')?.[1];
  const insecure = protocols.find((each) => each.startsWith(KEY_PROTOCOL))?.slice(KEY_PROTOCOL.length);
  return {
    key: bearer ?? (insecure || null),
    beta: headers['openai-beta'] !== undefined || protocols.some((each) => each.startsWith('openai-beta.')),
  };
}
