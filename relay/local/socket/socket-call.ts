import type { WebSocket } from 'ws';
import { gated, type Gate } from '../line/gate.ts';
import { burstOutput } from '../output/burst-output.ts';
import type { Clock } from '../session/clock.ts';
import { Session, type SessionOptions } from '../session/session.ts';
import { Line } from './line.ts';

export interface SocketCallOptions extends Pick<
  SessionOptions,
  'config' | 'hearing' | 'speaking' | 'mind' | 'log' | 'ids'
> {
  /** Open. */
  socket: WebSocket;
  clock: Clock;
  /** What stands between session and client. */
  gate: Gate;
  /** Once, when the call is over, whoever ended it. */
  onClosed(call: SocketCall): void;
}

/** One call over a WebSocket: the session begins at once, and sound travels inside its events. */
export class SocketCall {
  readonly #options: SocketCallOptions;
  readonly #line: Line;
  #session: Session | undefined;
  #closed = false;

  constructor(options: SocketCallOptions) {
    this.#options = options;
    const { socket, gate, onClosed: _onClosed, ...rest } = options;
    this.#line = new Line(
      socket,
      {
        onText: (text) => gate.toSession(text, (passed) => this.#session?.receive(passed)),
        onBinary: () => this.#session?.receiveBinary(),
        onClose: () => this.#end(),
      },
      options.clock,
      options.log,
    );
    gate.attach?.({
      send: (message) => this.#line.send(message),
      receive: (text) => this.#session?.receive(text),
      end: (way) => {
        if (way.how === 'socket') this.close(way.code, way.reason);
        if (way.how === 'reset') this.#line.reset();
        if (way.how === 'silence') this.#line.silence(way.silent);
      },
    });
    this.#session = new Session({
      ...rest,
      ...gated(gate, rest.mind),
      createOutput: burstOutput,
      send: (text) => gate.toClient(text, (passed) => this.#line.send(passed)),
      onExpired: (reason) => this.close(1001, reason),
    });
    // A gate may end the call at its first event.
    if (this.#closed) this.#session.close();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Ends it with a CLOSE frame. Harmless when repeated. */
  close(code: number, reason: string): void {
    this.#end();
    this.#line.close(code, reason);
  }

  #end(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#session?.close();
    this.#options.gate.close();
    this.#options.onClosed(this);
  }
}
