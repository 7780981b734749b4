/** A provider that mints the same secret for whoever asks. */
import { once } from 'node:events';
import * as http from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GrantProvider {
  baseUrl: string;
  /** How often it was asked. */
  readonly asked: number;
  close(): void;
}

export async function startGrantProvider(): Promise<GrantProvider> {
  let asked = 0;
  const server = http.createServer((request, response) => {
    asked += 1;
    request.resume().on('end', () => response.end('{"value":"ek_1","expires_at":1790000000}'));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get asked() {
      return asked;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
