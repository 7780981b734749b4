import { randomUUID } from 'node:crypto';
import type { Device } from '../devices.ts';
import type { Log, LogFields } from '../log/log.ts';
import type { RecordOptions } from '../routes/record.ts';
import type { Refusal } from '../refusal.ts';
import { socketPath } from '../transports.ts';
import type { Ending } from './ending.ts';

/** Bytes of text, up to the provider and down to the client. */
export interface Passed {
  bytesUp: number;
  bytesDown: number;
}

/** What the log gets of one WebSocket: a line when it is opened or refused, and one when it has ended. */
export class Entry {
  readonly requestId = randomUUID();
  readonly #log: Log;
  readonly #count: RecordOptions['count'];
  readonly #started = performance.now();
  readonly #fields: LogFields;

  /** `path` and `address` as they came. */
  constructor(log: Log, count: RecordOptions['count'], path: string, address: string) {
    this.#log = log;
    this.#count = count;
    const route = path === socketPath ? path : 'other';
    this.#fields = { requestId: this.requestId, method: 'GET', route, address };
  }

  /** Once it is known. */
  set device({ id, personId }: Pick<Device, 'id' | 'personId'>) {
    this.#fields.device = id;
    this.#fields.person = personId;
  }

  refused({ status, code, extras: { upstreamStatus, reason } }: Refusal): void {
    this.#count(this.#fields.route ?? 'other', status, code);
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
    this.#count(socketPath, 101, undefined);
    this.#log.info('request', this.#line(101));
  }

  /** A provider's reason may hold anything: only its code is written down. */
  ended({ code }: Ending, { bytesUp, bytesDown }: Passed, microUsd: number): void {
    this.#log.info('socket', { ...this.#line(code), bytesUp, bytesDown, microUsd });
  }

  #line(status: number): LogFields {
    return { ...this.#fields, status, ms: Math.round(performance.now() - this.#started) };
  }
}
