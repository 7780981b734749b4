import type { Duplex } from 'node:stream';
import { STATUS_CODES } from 'node:http';
import { HttpRefusal } from '../http/refusal.ts';
import { errorBody, ProtocolError } from '../session/errors.ts';

/** Refuses a socket once it is open: whose key is wrong closes with 3000, whose request is wrong with 4000. */
export class SocketRefusal extends Error {
  readonly code: 3000 | 4000;
  readonly error: ProtocolError;

  constructor(code: 3000 | 4000, error: ProtocolError) {
    super(error.message);
    this.code = code;
    this.error = error;
  }

  /** The reason of the CLOSE frame, as the API writes it. */
  get reason(): string {
    return this.error.code === null ? this.error.type : `${this.error.type}.${this.error.code}`;
  }
}

/** Answers a request for a socket by plain HTTP, with the API's envelope, and hangs up. */
export function refuseUpgrade(connection: Duplex, refusal: unknown): void {
  const known = refusal instanceof HttpRefusal;
  const { status, error } = known
    ? refusal
    : new HttpRefusal(500, null, 'The local engine had an error.', 'server_error');
  const body = JSON.stringify({ error: errorBody(error) });
  connection.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Connection: close',
      'Content-Type: application/json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
