import type { Socket } from 'node:net';
import type { WebSocket } from 'ws';

/** More than this from a client that hears nothing, or for one, is not kept. */
export const MAX_KEPT_BYTES = 16 * 1024 * 1024;

/** The connection under a WebSocket, which the library does not show; null once it is closed. */
export function connectionOf(socket: WebSocket): Socket | null {
  const { _socket: connection } = socket as unknown as { _socket: Socket | null };
  return connection;
}

/**
 * Keeps all that a client sends from the WebSocket, pings and CLOSE too, as if nobody were there any more. That the client
 * itself has gone is still seen. Returns the way back: then it comes all at once, as after a broken network.
 */
export function keptSilent(socket: WebSocket): () => void {
  const connection = connectionOf(socket);
  if (!connection) return () => {};
  const readers = connection.listeners('data') as ((bytes: Buffer) => void)[];
  let kept: Buffer[] = [];
  let bytes = 0;
  const keep = (piece: Buffer): void => {
    bytes += piece.length;
    if (bytes <= MAX_KEPT_BYTES) kept.push(piece);
    else connection.destroy();
  };
  connection.removeAllListeners('data').on('data', keep);
  return () => {
    connection.off('data', keep);
    for (const reader of readers) connection.on('data', reader);
    for (const piece of kept) connection.emit('data', piece);
    kept = [];
  };
}
