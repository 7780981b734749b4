/**
 * TCP as over a line of a given round trip, on loopback: every piece comes half a round trip later, and the first of a
 * connection a whole one more, because its handshake would have taken that.
 */
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { halves } from './halves.ts';

export interface DelayedTcp {
  port: number;
  /** Breaks what is open. */
  drop(): void;
  /** Breaks what is open. */
  close(): Promise<void>;
}

/** In front of 127.0.0.1:`target`. */
export async function openDelayedTcp(target: number, rttMs: number): Promise<DelayedTcp> {
  const sockets = new Set<Socket>();
  const { upMs, downMs } = halves(rttMs);
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (near) => {
    const far = connect({ port: target, host: '127.0.0.1', noDelay: true, allowHalfOpen: true });
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {
        near.destroy();
        far.destroy();
      });
      socket.on('close', () => sockets.delete(socket));
    }
    const acceptedAt = performance.now() + rttMs;
    pass(near, far, () => Math.max(0, acceptedAt - performance.now()) + upMs);
    pass(far, near, () => downMs);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const drop = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    drop,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        drop();
      }),
  };
}

/** In order, whatever the timers do. */
function pass(from: Socket, to: Socket, waitMs: () => number): void {
  const waiting: { due: number; action: () => void }[] = [];
  let timer: NodeJS.Timeout | undefined;
  const drain = () => {
    timer = undefined;
    for (let head = waiting[0]; head && head.due <= performance.now() + 0.5; head = waiting[0]) {
      waiting.shift();
      head.action();
    }
    if (waiting[0]) timer = setTimeout(drain, Math.max(1, waiting[0].due - performance.now()));
  };
  const later = (action: () => void) => {
    waiting.push({ due: performance.now() + waitMs(), action });
    if (timer === undefined) drain();
  };
  from.on('data', (piece: Buffer) => later(() => to.writable && to.write(piece)));
  from.on('end', () => later(() => to.writable && to.end()));
  from.on('close', () => later(() => to.destroy()));
}
