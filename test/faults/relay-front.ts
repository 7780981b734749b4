/** Something in front of the relay, as a proxy is: it passes everything on until it is told otherwise. */
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Scene } from '../support/scene.ts';

/** True: answered here, or never. */
export type Behaviour = (asked: IncomingMessage, answer: ServerResponse) => boolean;

export interface Front {
  url: string;
  /** Grants and calls that were asked for. */
  readonly asked: number;
  behave(now: Behaviour): void;
  /** Whoever asks later finds nobody. */
  close(): void;
}

const isQuestion = ({ method, url }: IncomingMessage) => method === 'POST' && (url ?? '').startsWith('/v1/realtime/');

/** Leads the extension through it for as long as `play` takes. */
export async function behindFront<T>({ extension, relay }: Scene, play: (front: Front) => Promise<T>): Promise<T> {
  let asked = 0;
  let behaviour: Behaviour = () => false;
  const server = createServer((from, to) => {
    if (isQuestion(from)) {
      asked += 1;
      if (behaviour(from, to)) return;
    }
    const { method, headers, url } = from;
    const onward = request(new URL(url ?? '/', relay.url), { method: method ?? 'GET', headers }, (answer) => {
      to.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(to);
    });
    onward.on('error', () => to.destroy());
    from.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  await extension.writeSettings({ relay: { url, deviceToken: relay.deviceToken } });
  try {
    return await play({
      url,
      get asked() {
        return asked;
      },
      behave: (now) => void (behaviour = now),
      close,
    });
  } finally {
    close();
    await extension.writeSettings({ relay: { url: relay.url, deviceToken: relay.deviceToken } });
  }
}

/** The first of so many questions with this status and no word that an extension may read; the rest are passed on. */
export function failing(times: number, status: number): Behaviour {
  let left = times;
  return (asked, answer) => {
    if (left <= 0) return false;
    left -= 1;
    asked.resume();
    answer.writeHead(status, { 'Content-Type': 'text/html' });
    answer.end('<h1>Something went wrong</h1>');
    return true;
  };
}
