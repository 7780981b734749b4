/**
 * The POST to the provider on Node. Not `fetch`, which cannot tell "could not connect" from "was slow", and only the
 * first is safe to repeat. Follows no redirect, so the key goes nowhere else.
 */
import * as http from 'node:http';
import * as https from 'node:https';
import { PostError, type Post } from './post.ts';

export const nodePost: Post = ({ url, headers, body, connectTimeoutMs, maxAnswerBytes, signal }) =>
  new Promise((resolve, reject) => {
    const secure = url.startsWith('https:');
    let connected = false;
    let connectTimer: NodeJS.Timeout | undefined;

    const request = (secure ? https : http).request(url, {
      method: 'POST',
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
      signal,
    });

    const fail = (error: unknown): void => {
      clearTimeout(connectTimer);
      request.destroy();
      if (signal.aborted) reject(signal.reason);
      else if (error instanceof PostError) reject(error);
      else {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown';
        const stale = request.reusedSocket && code === 'ECONNRESET';
        reject(new PostError(!connected ? 'connect' : stale ? 'stale' : 'broken', code));
      }
    };

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
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          retryAfter: response.headers['retry-after'],
          location: response.headers.location,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    request.end(body);
  });
