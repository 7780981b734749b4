/** Many clients that do nothing: sockets that wait in silence, and headers that never end. */
import { connect, type Socket } from 'node:net';
import { WebSocket } from 'ws';
import { origin } from '../../support/relay-line.ts';

/** Calls through the relay, one after the other and a few at once; returns the way to end them. */
export async function openSockets(url: string, tokens: readonly string[], count: number): Promise<() => void> {
  const sockets: WebSocket[] = [];
  const open = async (at: number): Promise<void> => {
    const token = tokens[at % tokens.length]!;
    const socket = new WebSocket(
      `${url.replace('http', 'ws')}/v1/realtime?model=gpt-realtime-2.1`,
      ['realtime', 'openai-insecure-api-key.ek_bench', `parley-device.${token}`],
      { headers: { origin }, perMessageDeflate: false },
    );
    sockets.push(socket);
    await new Promise((resolve, reject) => {
      socket.once('open', resolve).once('error', reject);
    });
  };
  for (let at = 0; at < count; at += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - at) }, (_none, index) => open(at + index)));
  }
  return () => sockets.forEach((socket) => socket.terminate());
}

/** Half a request on each of so many connections; returns the way to end them. */
export async function openSlow(port: number, count: number): Promise<() => void> {
  const sockets: Socket[] = [];
  for (let at = 0; at < count; at += 1) {
    const socket = connect(port, '127.0.0.1')
      .on('error', () => {})
      .resume();
    socket.once('connect', () => socket.write('GET /healthz HTTP/1.1\r\nX: '));
    sockets.push(socket);
    if (at % 100 === 99) await new Promise((resolve) => setImmediate(resolve));
  }
  return () => sockets.forEach((socket) => socket.destroy());
}
