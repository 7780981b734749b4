import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { untilReachable } from '../../../lib/session/reachable.ts';

let server: Server | undefined;
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
  server?.closeAllConnections();
  server?.close();
});

async function relayThat(answer: RequestListener): Promise<string> {
  server = createServer(answer);
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const reach = (relayUrl: string, signal = new AbortController().signal) =>
  untilReachable({ relayUrl, deviceToken: 'token' }, signal);

it('a relay that answers is there, whatever it says', async () => {
  await reach(await relayThat((_, response) => response.writeHead(404).end()));
});

it('a look that hangs does not hold up the next, and all are over when one is answered', async () => {
  let hung = 0;
  const ended = Promise.withResolvers<void>();
  const url = await relayThat((request, response) => {
    if ((hung += 1) > 1) return response.end();
    request.on('close', () => ended.resolve());
  });
  await reach(url);
  await ended.promise;
});

it('a network that comes back is noticed though looks had failed', async () => {
  const found = vi.fn<typeof fetch>(async () => new Response());
  found.mockRejectedValueOnce(new TypeError('Failed to fetch')).mockRejectedValueOnce(new TypeError('Failed to fetch'));
  vi.stubGlobal('fetch', found);
  await reach('https://relay.example');
  expect(found).toHaveBeenCalledTimes(3);
});

it('where nobody answers it says so; where nobody waits any more it ends', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const end = new AbortController();
  const waiting = reach('https://relay.example', end.signal);
  end.abort(new Error('hung up'));
  await expect(waiting).rejects.toThrow('hung up');
  vi.spyOn(AbortSignal, 'timeout').mockReturnValue(AbortSignal.abort());
  await expect(reach('https://relay.example')).rejects.toMatchObject({ fault: { code: 'relay-unreachable' } });
});
