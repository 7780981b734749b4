import type { WebSocket } from 'ws';
import type { Refusal } from '../refusal.ts';
import { fewUnsentBytes, mostUnsentBytes } from './bounds.ts';
import { afterClient, afterProvider, endingOf, notText, providerLost, type Ending } from './ending.ts';
import { errorEvent } from './refuse.ts';

export interface BridgeOptions {
  /** Both open; the provider's does not read yet. */
  client: WebSocket;
  provider: WebSocket;
  /** A side that gives no sign of life between two pings is dead. */
  pingMs: number;
  /** Each text of the provider. */
  onDown(text: Buffer): void;
  /** Once, with what the client is told or has said. */
  onEnd(ending: Ending): void;
}

/** Two WebSockets that are one line: texts pass both ways, and the end of one is the end of the other. */
export class Bridge {
  readonly #client: WebSocket;
  readonly #provider: WebSocket;
  readonly #onEnd: (ending: Ending) => void;
  readonly #stopPings: (() => void)[];
  #ended = false;
  bytesUp = 0;
  bytesDown = 0;

  constructor({ client, provider, pingMs, onDown, onEnd }: BridgeOptions) {
    this.#client = client;
    this.#provider = provider;
    this.#onEnd = onEnd;
    // What a side does wrong on this level closes it, with the code for it.
    client.on('error', () => {});
    this.#pass(client, provider, ({ length }) => (this.bytesUp += length));
    this.#pass(provider, client, (text) => {
      this.bytesDown += text.length;
      onDown(text);
    });
    client.once('close', (code, reason) => this.#end({ code, reason: String(reason) }, 'client'));
    provider.once('close', (code, reason) => this.#end(afterProvider(code, String(reason)), 'provider'));
    this.#stopPings = [watch(client, pingMs), watch(provider, pingMs)];
    provider.resume();
  }

  /** Tells the client why, in words, and ends it. */
  refuse(refusal: Refusal): void {
    if (this.#ended) return;
    this.#client.send(errorEvent(refusal));
    this.#end(endingOf(refusal));
  }

  /** Says goodbye to both sides. Harmless when repeated. */
  close(ending: Ending): void {
    this.#end(ending);
  }

  #pass(from: WebSocket, to: WebSocket, seen: (text: Buffer) => void): void {
    const readOn = (): void => {
      if (from.isPaused && to.bufferedAmount <= fewUnsentBytes) from.resume();
    };
    from.on('message', (data: Buffer, isBinary) => {
      if (this.#ended) return;
      if (isBinary) return this.#refuseBinary(from);
      seen(data);
      to.send(data, { binary: false }, readOn);
      if (to.bufferedAmount > mostUnsentBytes) from.pause();
    });
  }

  #refuseBinary(from: WebSocket): void {
    if (from === this.#client) return this.#end(notText);
    from.close(notText.code, notText.reason);
    this.#end(providerLost);
  }

  #end(ending: Ending, closed?: 'client' | 'provider'): void {
    if (this.#ended) return;
    this.#ended = true;
    for (const stop of this.#stopPings) stop();
    // A side that is not read would not be seen to close.
    for (const side of [this.#client, this.#provider]) if (side.isPaused) side.resume();
    if (closed !== 'client') this.#client.close(ending.code, ending.reason);
    if (closed !== 'provider') {
      const { code, reason } = closed === 'client' ? afterClient(ending.code, ending.reason) : afterClient(1000, '');
      this.#provider.close(code, reason);
    }
    this.#onEnd(ending);
  }
}

/** Pings; breaks the connection when nothing at all came since the last ping. Not of a side that is not being read. */
export function watch(socket: WebSocket, everyMs: number): () => void {
  let alive = true;
  const sign = (): void => {
    alive = true;
  };
  socket.on('message', sign).on('ping', sign).on('pong', sign);
  const timer = setInterval(() => {
    if (!alive && !socket.isPaused) return socket.terminate();
    alive = false;
    socket.ping();
  }, everyMs);
  return () => clearInterval(timer);
}
