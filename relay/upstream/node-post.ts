/**
 * The POST to the provider on Node. Not `fetch`, which cannot tell "could not connect" from "was slow", and only the
 * first is safe to repeat. Follows no redirect, so the key goes nowhere else.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { PostError, type Post } from './post.ts';

/** A relay asks one provider, at a few addresses: to take them apart each time would be a tenth of the work. */
const addresses = new Map<string, http.RequestOptions>();
const mostAddresses = 100;

function addressOf(url: string): http.RequestOptions {
  const known = addresses.get(url);
  if (known) return known;
  const { protocol, hostname, port, path } = urlToHttpOptions(new URL(url));
  const address = { protocol, hostname, port, path } as http.RequestOptions;
  if (addresses.size >= mostAddresses) addresses.clear();
  addresses.set(url, address);
  return address;
}

export const nodePost: Post = ({ url, headers, body, connectTimeoutMs, maxAnswerBytes, signal }) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) return void reject(signal.reason);
    const address = addressOf(url);
    const secure = address.protocol === 'https:';
    const bytes = Buffer.byteLength(body);
    let connected = false;
    let connectTimer: NodeJS.Timeout | undefined;

    const request = (secure ? https : http).request({
      ...address,
      method: 'POST',
      headers: { ...headers, 'content-length': String(bytes) },
    });

    const settle = (): void => {
      clearTimeout(connectTimer);
      signal.removeEventListener('abort', leave);
    };
    const fail = (error: unknown): void => {
      settle();
      request.destroy();
      if (signal.aborted) reject(signal.reason);
      else if (error instanceof PostError) reject(error);
      else {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        const stale = request.reusedSocket && code === 'ECONNRESET';
        reject(new PostError(!connected ? 'connect' : stale ? 'stale' : 'broken', code));
      }
    };
    const leave = (): void => fail(signal.reason);
    // By hand: the request's own `signal` costs it more than all of ours.
    signal.addEventListener('abort', leave);

    request.on('socket', (socket) => {
      if (request.reusedSocket) {
        connected = true;
        return;
      }
      connectTimer = setTimeout(() => fail(new PostError('connect-timeout', 'ETIMEDOUT')), connectTimeoutMs);
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true;
        clearTimeout(connectTimer);
      });
    });
    request.on('error', fail);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxAnswerBytes) fail(new PostError('too-large', `over ${maxAnswerBytes} bytes`));
        else chunks.push(chunk);
      });
      response.on('error', fail);
      response.on('end', () => {
        settle();
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          location: response.headers.location,
          body: Buffer.concat(chunks).toString('utf8'),
        });
      });
    });
    // Plain ASCII, as most sessions are, goes out without being translated.
    request.end(body, bytes === body.length ? 'latin1' : 'utf8');
  });
