/** Opens a WebSocket to the provider. */
import type { IncomingMessage } from 'node:http';
import { WebSocket } from 'ws';
import { Refusal } from '../refusal.ts';
import { refusalFromAnswer } from '../upstream/refusal.ts';
import { maxDownBytes, socketOptions } from './bounds.ts';

const maxAnswerBytes = 64 * 1024;

export interface DialOptions {
  /** `wss://…/realtime?model=…` */
  url: string;
  /** The key: the secret of a grant, whose session it then is, or the relay's own. */
  headers: Record<string, string>;
  /** Until it is open. */
  timeoutMs: number;
  /** The client has gone, or the relay stops. */
  signal: AbortSignal;
}

/** Resolves with an open socket that does not read yet. Rejects with an `upstream_…` refusal. */
export async function dial({ url, headers, timeoutMs, signal }: DialOptions): Promise<WebSocket> {
  const provider = new WebSocket(url, {
    ...socketOptions,
    maxPayload: maxDownBytes,
    headers,
  });
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  const giveUp = (): void => provider.terminate();
  const timer = setTimeout(() => {
    reject(new Refusal('upstream_timeout', 'The provider could not be reached in time. Try again in a moment.'));
    giveUp();
  }, timeoutMs);
  signal.addEventListener('abort', giveUp, { once: true });

  provider.once('open', () => {
    // What comes before somebody listens would be lost.
    provider.pause();
    resolve(provider);
  });
  provider.once('unexpected-response', (request, response) => {
    void refusalOf(response)
      .then(reject)
      .finally(() => request.destroy());
  });
  // Stays for the life of the socket, whose end is told by `close`.
  provider.on('error', (error: NodeJS.ErrnoException) => reject(unreachable(error)));
  if (signal.aborted) giveUp();
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', giveUp);
  }
}

/** Its key is the client's secret, not the relay's. */
async function refusalOf(response: IncomingMessage): Promise<Refusal> {
  const status = response.statusCode ?? 0;
  const body = await readText(response).catch(() => '');
  if (status !== 401 && status !== 403) {
    return refusalFromAnswer({ status, retryAfter: response.headers['retry-after'], body });
  }
  const words = 'The provider refused the secret of this call. Start the call again.';
  return new Refusal('upstream_refused', words, { upstreamStatus: status });
}

/** Its first 64 KiB, or less when it breaks off. */
async function readText(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > maxAnswerBytes) break;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function unreachable({ code }: NodeJS.ErrnoException): Refusal {
  return new Refusal(
    'upstream_unreachable',
    "The relay cannot reach the provider. Check the relay's internet connection and REALTIME_BASE_URL.",
    { reason: code ?? 'handshake' },
  );
}
