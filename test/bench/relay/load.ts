/** Asks a server as fast as it answers, over kept connections. */
import * as http from 'node:http';
import { percentile } from '../statistics.ts';

export interface Target {
  url: string;
  method: string;
  headers: Record<string, string>;
  body: string;
}

export interface Loaded {
  perSecond: number;
  p99Ms: number;
  /** Answers that were not 200. */
  failed: number;
}

export async function load({ url, method, headers, body }: Target, seconds: number, atOnce = 32): Promise<Loaded> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  let failed = 0;
  const ask = (): Promise<void> =>
    new Promise((resolve) => {
      const started = performance.now();
      const request = http.request(url, { method, agent, headers }, (response) => {
        response.resume().on('end', () => {
          if (response.statusCode === 200) times.push(performance.now() - started);
          else failed += 1;
          resolve();
        });
      });
      // A kept connection that the server was just closing.
      request.on('error', () => resolve(request.reusedSocket ? undefined : void (failed += 1)));
      request.end(body);
    });
  const end = performance.now() + seconds * 1000;
  const one = async (): Promise<void> => {
    while (performance.now() < end) await ask();
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  agent.destroy();
  return { perSecond: times.length / seconds, p99Ms: percentile(times, 0.99), failed };
}
