import type { RawData, WebSocket } from 'ws';
import type { Clock } from '../session/clock.ts';
import { connectionOf, keptSilent, MAX_KEPT_BYTES } from './silence.ts';

/** As often as the API pings. */
const PING_MS = 20_000;
/** A client that reads so little of what it is sent does not read at all. */
const MAX_UNREAD_BYTES = 64 * 1024 * 1024;
/** The frame has room for no more. */
const MAX_REASON_BYTES = 123;

export interface LineHandlers {
  onText(text: string): void;
  onBinary(): void;
  /** Once, whoever closed it and whatever failed. */
  onClose(): void;
}

/** One open WebSocket, with its pings. */
export class Line {
  readonly #socket: WebSocket;
  readonly #clock: Clock;
  readonly #log: (line: string) => void;
  #stopPing: () => void;
  #speakAgain: (() => void) | null = null;
  #unsent: (string | Uint8Array)[] = [];
  #unsentBytes = 0;

  constructor(socket: WebSocket, handlers: LineHandlers, clock: Clock, log: (line: string) => void) {
    this.#socket = socket;
    this.#clock = clock;
    this.#log = log;
    this.#stopPing = this.#pingLater();
    socket.on('message', (data: RawData, isBinary: boolean) => {
      if (isBinary) handlers.onBinary();
      else handlers.onText(String(data));
    });
    // What a client does wrong on this level closes the socket, with the code for it.
    socket.on('error', (error) => log(`A WebSocket failed: ${error.message}`));
    socket.once('close', () => {
      this.#stopPing();
      handlers.onClose();
    });
  }

  /** Does nothing when the socket is closed. */
  send(message: string | Uint8Array): void {
    if (this.#socket.readyState !== this.#socket.OPEN) return;
    if (this.#speakAgain) return this.#keep(message);
    if (this.#socket.bufferedAmount > MAX_UNREAD_BYTES) {
      this.#log('A WebSocket was dropped: its client does not read.');
      return this.vanish();
    }
    this.#socket.send(message);
  }

  /** Harmless when repeated. */
  close(code: number, reason = ''): void {
    if (this.#speakAgain) return this.vanish();
    this.#socket.close(code, Buffer.from(reason).subarray(0, MAX_REASON_BYTES));
  }

  /** Breaks the connection without a word. */
  vanish(): void {
    this.#socket.terminate();
  }

  /** Breaks the connection with a TCP reset. */
  reset(): void {
    connectionOf(this.#socket)?.resetAndDestroy();
  }

  /** While silent it neither reads nor sends, answers no ping and sends none; then it all comes at once. */
  silence(silent: boolean): void {
    if (silent) {
      this.#speakAgain ??= keptSilent(this.#socket);
      return;
    }
    const back = this.#speakAgain;
    this.#speakAgain = null;
    for (const message of this.#unsent.splice(0)) this.send(message);
    this.#unsentBytes = 0;
    back?.();
  }

  #keep(message: string | Uint8Array): void {
    this.#unsentBytes += message.length;
    if (this.#unsentBytes > MAX_KEPT_BYTES) return this.vanish();
    this.#unsent.push(message);
  }

  #pingLater(): () => void {
    return this.#clock.after(PING_MS, () => {
      if (this.#socket.readyState !== this.#socket.OPEN) return;
      if (!this.#speakAgain) this.#socket.ping();
      this.#stopPing = this.#pingLater();
    });
  }
}
