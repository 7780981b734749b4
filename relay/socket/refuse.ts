/** Two ways to refuse a WebSocket: by HTTP instead of it, and once it is open, where a browser can read why. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type { Refusal } from '../refusal.ts';
import { endingOf } from './ending.ts';

/** Answers by plain HTTP, with the same envelope as every other refusal, and hangs up. */
export function refuseUpgrade(connection: Duplex, refusal: Refusal, requestId: string): void {
  const body = JSON.stringify(refusal.envelope());
  const { status, extras } = refusal;
  connection.once('finish', () => connection.destroy());
  connection.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      `X-Request-Id: ${requestId}`,
      ...(extras.retryAfterS === undefined ? [] : [`Retry-After: ${extras.retryAfterS}`]),
      ...(status === 401 ? ['WWW-Authenticate: Bearer'] : []),
      ...(status === 426 ? ['Upgrade: websocket'] : []),
      '',
      body,
    ].join('\r\n'),
  );
}

/** As the Realtime API does it (realtime-protocol, 1.5): one `error` event, and a CLOSE that says the same in short. */
export function refuseSocket(client: WebSocket, refusal: Refusal): void {
  client.on('error', () => {});
  client.send(errorEvent(refusal));
  const { code, reason } = endingOf(refusal);
  client.close(code, reason);
}

export function errorEvent(refusal: Refusal): string {
  const { error } = refusal.envelope();
  return JSON.stringify({ type: 'error', event_id: `event_${randomUUID()}`, error: { ...error, event_id: null } });
}
