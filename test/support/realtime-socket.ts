/** The client's side of a Realtime session over WebSocket, in Node: an event log, a voice in appends, and what it heard. */
import { WebSocket, type ClientOptions } from 'ws';
import { encodeSound, decodeSound, rateOf, type SoundFormat } from '../../relay/local/audio/sound-format.ts';
import { judge } from './event-judge.ts';
import type { ServerEvent } from './realtime-peer.ts';
import { inOrder, Waiting, type WaitOptions } from './waiting.ts';

export interface SocketOptions {
  /** `http://127.0.0.1:PORT/v1` */
  baseUrl: string;
  /** Sent as a header. */
  key?: string;
  query?: Record<string, string>;
  protocols?: string[];
  headers?: Record<string, string>;
  client?: ClientOptions;
}

/** What came instead of a socket. */
export class UpgradeRefused extends Error {
  readonly status: number;
  readonly body: string;

  constructor(status: number, body: string) {
    super(`${status}: ${body}`);
    this.status = status;
    this.body = body;
  }
}

const PCM: SoundFormat = { type: 'audio/pcm' };
const PIECE_MS = 100;

export class RealtimeSocket {
  /** Every event of the server in order, with the time it came (performance.now). */
  readonly events: (ServerEvent & { receivedAt: number })[] = [];
  readonly socket: WebSocket;
  pings = 0;
  /** From the request to `session.created`, ms. */
  connectMs = 0;
  closed: { code: number; reason: string } | null = null;
  readonly #waiting = new Waiting();

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      judge(String(data));
      this.events.push({ ...JSON.parse(String(data)), receivedAt: performance.now() });
      this.#waiting.wake();
    });
    socket.on('ping', () => {
      this.pings += 1;
      this.#waiting.wake();
    });
    socket.on('close', (code, reason) => {
      this.closed = { code, reason: String(reason) };
      this.#waiting.wake();
    });
    socket.on('error', () => {});
  }

  /** Resolves when the socket is open, whatever comes through it then; rejects with `UpgradeRefused`. */
  static async open({ baseUrl, key, query, protocols, headers, client }: SocketOptions): Promise<RealtimeSocket> {
    const url = `${baseUrl.replace('http', 'ws')}/realtime?${String(new URLSearchParams(query))}`;
    const began = performance.now();
    const socket = new WebSocket(url, protocols ?? [], {
      ...client,
      headers: { ...(key === undefined ? {} : { authorization: `Bearer ${key}` }), ...headers },
    });
    const made = new RealtimeSocket(socket);
    socket.once('message', () => (made.connectMs = performance.now() - began));
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
      socket.once('unexpected-response', (_request, response) => {
        let body = '';
        response.on('data', (data) => (body += String(data)));
        response.on('end', () => reject(new UpgradeRefused(response.statusCode ?? 0, body)));
      });
    });
    return made;
  }

  send(event: ServerEvent): void {
    this.socket.send(JSON.stringify(event));
  }

  append(samples: Int16Array, format = PCM): void {
    const audio = Buffer.from(encodeSound(samples, format)).toString('base64');
    this.send({ type: 'input_audio_buffer.append', audio });
  }

  /** Speaks (24 kHz) in real time as a microphone would, then sends silence until the returned function is called. */
  async say(samples: Int16Array, format = PCM): Promise<() => void> {
    const piece = PIECE_MS * 24;
    const origin = performance.now();
    let sent = 0;
    let done: (() => void) | undefined;
    const timer = setInterval(() => {
      while (sent * PIECE_MS <= performance.now() - origin) {
        const part = new Int16Array(piece);
        part.set(samples.subarray(sent * piece, (sent + 1) * piece));
        this.append(part, format);
        sent += 1;
        if (sent * piece >= samples.length) done?.();
      }
    }, 10);
    await new Promise<void>((resolve) => (done = resolve));
    return () => clearInterval(timer);
  }

  /** Resolves with the first event from index `from` on that fits; fails after `timeoutMs` with what came instead. */
  event(type: string, options: WaitOptions<ServerEvent & { receivedAt: number }> = {}) {
    return this.#waiting.event(this.events, type, options);
  }

  until(condition: () => boolean, what: string | (() => string), timeoutMs?: number): Promise<void> {
    return this.#waiting.until(condition, what, timeoutMs);
  }

  async gone(): Promise<{ code: number; reason: string }> {
    await this.until(
      () => this.closed !== null,
      () => 'the socket to close',
    );
    return this.closed!;
  }

  /** The types in order; runs of the same delta as one. */
  order(from = 0): string[] {
    return inOrder(this.events, from);
  }

  /** The voice of one response, and its rate. */
  heard(responseId: string, format = PCM): { samples: Float32Array; rate: number } {
    const pieces = this.events
      .filter(({ type, response_id: id }) => type === 'response.output_audio.delta' && id === responseId)
      .map(({ delta }) => Buffer.from(delta, 'base64'));
    return { samples: decodeSound(Buffer.concat(pieces), format), rate: rateOf(format) };
  }

  close(): void {
    this.socket.terminate();
  }
}
