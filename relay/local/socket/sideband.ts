import type { WebSocket } from 'ws';
import type { Call, Companion } from '../peer/call.ts';
import type { Clock } from '../session/clock.ts';
import { Line } from './line.ts';

/** A second control connection to a WebRTC call: it sees and sends what the browser does. Its end is not the call's. */
export function joinCall(call: Call, socket: WebSocket, clock: Clock, log: (line: string) => void): void {
  let companion: Companion | undefined;
  const line = new Line(
    socket,
    {
      onText: (text) => companion?.receive(text),
      onBinary: () => companion?.receiveBinary(),
      onClose: () => companion?.leave(),
    },
    clock,
    log,
  );
  companion = call.join({ onText: (text) => line.send(text), onClose: () => line.close(1000) });
}
