/** How a WebRTC line comes up: prepared beforehand, by either kind of channel, or not at all. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../../relay/local/engine-process.ts';
import { Faults } from '../../support/faults.ts';
import { mint } from '../../support/official-clients.ts';
import { browserForTransports, openTransportBrowser, type TransportBrowser } from '../../support/transport-browser.ts';

const executablePath = await browserForTransports();

describe.skipIf(!executablePath)('A line over WebRTC', () => {
  let engine: LocalEngine;
  let faults: Faults;
  let browser: TransportBrowser;

  beforeAll(async () => {
    [engine, browser] = await Promise.all([startLocalEngine({ control: true }), openTransportBrowser(executablePath!)]);
    faults = new Faults(engine);
  });
  afterEach(async () => {
    await faults.remove();
    await browser.line.close();
    await expect.poll(() => browser.line.notClosed(), { timeout: 10_000 }).toBe(0);
  });
  afterAll(async () => {
    await Promise.all([browser?.close(), engine?.close()]);
  });

  async function open(negotiated: boolean, baseUrl = engine.baseUrl) {
    const offer = { kind: 'webrtc', url: `${baseUrl}/realtime/calls`, negotiated };
    const grant = {
      value: await mint(engine),
      expiresAt: 0,
      model: 'm',
      voice: 'v',
      provider: 'local',
      transports: [offer],
    };
    return browser.line.open({ offer, grant, relay: { relayUrl: '', deviceToken: '' } });
  }

  const greeted = () => browser.line.event('session.created');
  const prepare = () => browser.page.evaluate(() => window.line.prepare('webrtc'));

  it.each([true, false])(
    'is made of what was prepared, whatever the grant then says (negotiated: %s)',
    async (given) => {
      await prepare();
      expect(await browser.line.notClosed()).toBe(1);
      expect(await open(given)).toBeNull();
      await greeted();
      expect(await browser.line.notClosed()).toBe(1);
    },
  );

  it('a provider that does not know the negotiated channel is heard all the same, and the next time at once', async () => {
    const stripping = await withoutQuery(engine.baseUrl);
    try {
      expect(await open(true, stripping.baseUrl)).toBeNull();
      await greeted();
      await browser.line.types('Thank you');
      await browser.line.event('response.done');
      await browser.line.close();
      expect(await open(true, stripping.baseUrl)).toBeNull();
      await greeted();
      expect(stripping.queries).toEqual(['?dcid=100', '']);
    } finally {
      stripping.close();
    }
  });

  it.each(['ice', 'dtls', 'channel'] as const)('that gets stuck (%s) is given up', async (stage) => {
    await faults.add('never-connects', { stage });
    expect(await open(true)).toMatchObject({ code: 'connection-failed' });
  });

  it('to a provider that connects and never says a word is given up', async () => {
    await faults.add('drop-events');
    expect(await open(true)).toMatchObject({ code: 'connection-failed' });
  });

  it('to nobody is given up', async () => {
    expect(await open(true, 'http://127.0.0.1:9/v1')).toMatchObject({ code: 'provider-unreachable' });
  });
});

/** A proxy in front of the provider that takes `?dcid=` off the address. */
async function withoutQuery(to: string): Promise<{ baseUrl: string; queries: string[]; close(): void }> {
  const queries: string[] = [];
  const server: Server = createServer(async (request, response) => {
    const { pathname, search } = new URL(request.url ?? '', to);
    const { method = 'GET', headers } = request;
    const body = await new Response(request as never).text();
    if (method === 'POST') queries.push(search);
    const passed = { authorization: headers.authorization ?? '', 'content-type': headers['content-type'] ?? '' };
    const answer = await fetch(new URL(pathname, to), {
      method,
      ...(method === 'POST' ? { headers: passed, body } : { headers: headers as Record<string, string> }),
    });
    const { 'content-length': _length, ...kept } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, { ...kept, 'access-control-allow-origin': '*' });
    response.end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    queries,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
