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
    const stripping = await between(engine.baseUrl);
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

  const badAnswers: [string, (sdp: string) => string, string][] = [
    ['garbage', () => '\u0000\ufffd{"sdp"', 'provider-error'],
    ['nothing', () => '', 'provider-error'],
    ['a web page', () => '<!doctype html><h1>It works!</h1>', 'provider-error'],
    ['a megabyte', (sdp) => sdp + 'a=x-filling:0\r\n'.repeat(70_000), 'provider-error'],
    ['its first line', () => 'v=0\r\n', 'provider-error'],
    ['half of it', (sdp) => sdp.slice(0, sdp.length / 2), 'provider-error'],
    ['no sound in it', (sdp) => sdp.replace(/m=audio[\s\S]*?(?=m=application)/, ''), 'provider-error'],
    ['no channel in it', (sdp) => sdp.replace(/m=application[\s\S]*/, ''), 'provider-error'],
    ['its sections swapped', (sdp) => sdp.replace(/(m=audio[\s\S]*?)(m=application[\s\S]*)/, '$2$1'), 'provider-error'],
    ['a fingerprint that is none', (sdp) => sdp.replaceAll(/(a=fingerprint:sha-256 ).*/g, '$1XY:ZZ'), 'provider-error'],
    [
      'the fingerprint of somebody else',
      (sdp) => sdp.replaceAll(/(a=fingerprint:sha-256 )..:..:..:../g, '$100:11:22:33'),
      'connection-failed',
    ],
  ];

  it.each(badAnswers)('whose answer is, or has, %s is given up', async (_, change, code) => {
    const lying = await between(engine.baseUrl, change);
    try {
      expect(await open(false, lying.baseUrl)).toMatchObject({ code });
    } finally {
      await lying.hangUp();
      lying.close();
    }
  });

  it('to nobody is given up', async () => {
    expect(await open(true, 'http://127.0.0.1:9/v1')).toMatchObject({ code: 'provider-unreachable' });
  });
});

/** A proxy in front of the provider that takes `?dcid=` off the address, and may change the answer. */
async function between(
  to: string,
  change = (answer: string) => answer,
): Promise<{ baseUrl: string; queries: string[]; hangUp(): Promise<void>; close(): void }> {
  const queries: string[] = [];
  /** Calls that a provider holds open for whoever could not read its answer; it has room for a few. */
  const opened: { url: URL; authorization: string }[] = [];
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
    const location = answer.headers.get('location');
    if (location) opened.push({ url: new URL(`${location}/hangup`, to), authorization: passed.authorization });
    const text = await answer.text();
    response.end(method === 'POST' ? change(text) : text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    queries,
    async hangUp() {
      for (const { url, authorization } of opened.splice(0)) {
        await fetch(url, { method: 'POST', headers: { authorization } });
      }
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
