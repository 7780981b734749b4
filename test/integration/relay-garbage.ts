/** Requests that no honest client sends, made from a seed: the same number is the same bytes. */
import { connect, type Socket } from 'node:net';
import { extensionId } from '../../lib/protocol/identity.ts';

const origin = `chrome-extension://${extensionId}`;
const paths = ['/v1/realtime/token', '/v1/realtime/calls', '/v1/realtime', '/v1/pair', '/v1/me', '/metrics', '/', '*'];
const methods = ['GET', 'POST', 'DELETE', 'OPTIONS', 'PRI', 'CONNECT', 'TRACE', 'g\0t', 'POST POST', ''];
const headers = [
  'Content-Length: -1',
  'Content-Length: 5\r\nContent-Length: 7',
  'Content-Length: 18446744073709551616',
  'Transfer-Encoding: chunked\r\nContent-Length: 4',
  'Transfer-Encoding: xchunked',
  'Transfer-Encoding : chunked',
  'Transfer-Encoding: chunked, identity',
  ' folded: yes',
  'No colon at all',
  `Long: ${'x'.repeat(9000)}`,
  'Nul: \0',
  'Host: evil.example\r\nHost: 127.0.0.1',
  `Origin: ${origin}\r\nOrigin: https://evil.example`,
  `Origin: ${origin}`,
  'Authorization: Bearer \u00FF\u00FE',
  `Authorization: Bearer ${'A'.repeat(5000)}`,
  'Upgrade: websocket\r\nConnection: Upgrade',
  `Origin: ${origin}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x`,
  'Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA',
  'Expect: 100-continue',
  'Content-Encoding: gzip',
];
const bodies = [
  '',
  '{',
  '[['.repeat(8000),
  `{"a":${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}}`,
  '{"__proto__":{"x":1},"constructor":{"prototype":{"x":1}}}',
  `{"code":"${'9'.repeat(300)}"}`,
  '{"deviceToken":1e999999,"sdp":"v=0"}',
  'fffffffffffffffff\r\nx',
  '5\r\nab\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: x\r\n\r\n',
  '\u0000\u00FF\u00FE'.repeat(200),
  '"\\ud800"',
];

export function garbage(number: number): Buffer {
  let state = number + 1;
  const random = (below: number): number => {
    // mulberry32
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
  const pick = <T>(list: readonly T[]): T => list[random(list.length)]!;
  const body = pick(bodies);
  const lines = Array.from({ length: random(4) }, () => pick(headers));
  const version = pick(['HTTP/1.1', 'HTTP/1.1', 'HTTP/1.0', 'HTTP/2.0', 'HTP/1.1', '']);
  const host = pick(['Host: 127.0.0.1', 'Host: 127.0.0.1', 'Host: evil.example', 'Host:']);
  const length = pick([`Content-Length: ${Buffer.byteLength(body)}`, 'Transfer-Encoding: chunked', 'X: y']);
  const text = [`${pick(methods)} ${pick(paths)} ${version}`, host, length, ...lines, '', body].join('\r\n');
  const bytes = Buffer.from(text, 'latin1');
  for (let flips = random(3); flips > 0; flips -= 1) bytes[random(bytes.length)] = random(256);
  return bytes;
}

/** Sends what `from` to `to` make, `atOnce` connections at a time, and hangs up on each. */
export async function sendGarbage(port: number, from: number, to: number, atOnce = 50): Promise<void> {
  let next = from;
  const one = async (): Promise<void> => {
    while (next < to) {
      const bytes = garbage(next);
      next += 1;
      await exchange(port, bytes);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
}

/** Until it is answered, or nothing is to be expected any more. */
function exchange(port: number, bytes: Buffer): Promise<void> {
  return new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1');
    const over = (): void => void socket.destroy();
    socket
      .setTimeout(200, over)
      .on('error', over)
      .on('close', () => resolve())
      .once('data', over);
    socket.end(bytes);
  });
}
