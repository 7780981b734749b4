/** A provider on a real socket. All that was opened ends with the test. */
import * as http from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { afterEach } from 'vitest';

export const closers: (() => void)[] = [];
afterEach(() => closers.splice(0).forEach((close) => close()));

export async function listen(server: http.Server | Server): Promise<string> {
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve());
  });
  closers.push(() => {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
}

export interface Seen {
  method: string | undefined;
  url: string | undefined;
  headers: http.IncomingHttpHeaders;
  body: string;
}

/** Answers as told; the last answer repeats. */
export async function provider(...answers: ((response: http.ServerResponse) => void)[]) {
  const seen: Seen[] = [];
  const server = http.createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      seen.push({
        method: request.method,
        url: request.url,
        headers: request.headers,
        body: Buffer.concat(chunks).toString(),
      });
      answers[Math.min(seen.length, answers.length) - 1]!(response);
    });
  });
  return { baseUrl: await listen(server), seen };
}

export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}) =>
  (response: http.ServerResponse) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  };
