import { randomUUID } from 'node:crypto';
import type { Log, LogFields } from '../log.ts';
import type { Refusal } from '../refusal.ts';
import { socketPath } from '../transports.ts';
import type { Ending } from './ending.ts';

/** What the log gets of one WebSocket: a line when it is opened or refused, and one when it has ended. */
export class Entry {
  readonly requestId = randomUUID();
  readonly #log: Log;
  readonly #started = performance.now();
  readonly #fields: LogFields;

  /** `path` and `address` as they came. */
  constructor(log: Log, path: string, address: string) {
    this.#log = log;
    const route = path === socketPath ? path : 'other';
    this.#fields = { requestId: this.requestId, method: 'GET', route, address };
  }

  /** The id of the device, once it is known. */
  set device(id: string) {
    this.#fields.device = id;
  }

  refused({ status, code, extras: { upstreamStatus, reason } }: Refusal): void {
    this.#log[status < 500 ? 'warn' : 'error']('request', {
      ...this.#line(status),
      code,
      ...(upstreamStatus === undefined ? {} : { upstreamStatus }),
      ...(reason === undefined ? {} : { reason }),
    });
  }

  /** The client did not wait for its answer, or the relay stops. */
  left(): void {
    this.#log.info('request', { ...this.#fields, code: 'not_waited_for' });
  }

  opened(): void {
    this.#log.info('request', this.#line(101));
  }

  /** A provider's reason may hold anything: only its code is written down. */
  ended({ code }: Ending, bytes: { bytesUp: number; bytesDown: number }): void {
    this.#log.info('socket', { ...this.#line(code), ...bytes });
  }

  #line(status: number): LogFields {
    return { ...this.#fields, status, ms: Math.round(performance.now() - this.#started) };
  }
}
