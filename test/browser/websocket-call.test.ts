import { createServer } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { audible, startListening } from '../support/listen.ts';
import { recognise } from '../support/recognise.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesToChoose, onlyOver } from '../support/way.ts';
import { isSpeaking } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const listens = ({ phase, turn }: Snapshot) => phase === 'live' && turn === 'listening';

describe('over WebSocket', () => {
  const settings = { transport: linesToChoose.at(-1)! };

  for (const [name, transport, options] of [
    ['straight to the provider', 'websocket', onlyOver(['call', 'grant'], 'this relay offers no other line')],
    ['through the relay', 'relay', {}],
  ] as const)
    it(`a spoken question is answered aloud with the facts of the page: ${name}`, options, async () => {
      scene = await openScene({
        html: lighthouse,
        settings: { transport },
        says: [{ text: 'Please tell me when the tower opens in the morning.' }],
      });
      const { extension, page } = scene;
      await extension.clickToolbar(page);
      const listening = await startListening(await extension.offscreen());
      await extension.waitForSnapshot(isSpeaking, 40_000, 'the answer to be spoken');
      const answered = await extension.waitForSnapshot(listens, 40_000, 'the end of the answer');
      const { samples, rate } = await listening.stop();
      expect(answered).toMatchObject({ transport, transportReason: 'chosen' });
      expect(answered.lines.find(({ kind }) => kind === 'tool')).toMatchObject({ state: 'done' });
      expect((await recognise(samples, rate)).toLowerCase()).toMatch(/nine|9/);
    });

  it('talking over the answer stops it, and it is cut where it was heard', async () => {
    scene = await openScene({
      html: lighthouse,
      settings,
      says: [
        { text: 'Can you tell me what this page is about?' },
        { text: 'Stop. Tell me how much a ticket costs.', afterS: 5 },
      ],
    });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    const listening = await startListening(await extension.offscreen());
    await extension.waitForSnapshot(isSpeaking, 30_000, 'the answer to be spoken');
    const cut = await extension.waitForSnapshot(
      ({ lines }) => lines.some((line) => line.kind === 'assistant' && line.state === 'cut'),
      30_000,
      'the answer to be cut',
    );
    await expect.poll(() => listening.level(), { timeout: 3000, interval: 20 }).toBeLessThan(audible);
    const line = cut.lines.find((each) => each.kind === 'assistant' && each.state === 'cut');
    expect(line?.kind === 'assistant' && (line.heardChars ?? 0) < line.text.length).toBe(true);
    await extension.waitForSnapshot(
      ({ lines }) => lines.some((each) => each.kind === 'assistant' && /twelve/.test(each.text)),
      30_000,
      'the answer to the second question',
    );
  });

  it('the hand stops the answer', async () => {
    scene = await openScene({
      html: lighthouse,
      settings,
      says: [{ text: 'Can you tell me what this page is about?' }],
    });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    const listening = await startListening(await extension.offscreen());
    await extension.waitForSnapshot(isSpeaking, 30_000, 'the answer to be spoken');
    await extension.send({ type: 'stop-answer' });
    await extension.waitForSnapshot(listens, 5000, 'listening again');
    await expect.poll(() => listening.level(), { timeout: 3000, interval: 20 }).toBeLessThan(audible);
  });
});

describe('a refusal', () => {
  it('is named at once, and the microphone is off', async () => {
    scene = await openScene({ html: lighthouse, settings: { transport: linesToChoose.at(-1)! } });
    const { extension, page, relay } = scene;
    const spoilt = await changeGrants(relay.url, (grant) => grant.replace(/"value":"[^"]*"/, '"value":"ek_wrong"'));
    try {
      await extension.writeSettings({ relay: { url: spoilt.url, deviceToken: relay.deviceToken } });
      await extension.clickToolbar(page);
      const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 15_000, 'the refusal');
      expect(fault?.code).toBe('provider-refused');
      await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);
    } finally {
      spoilt.close();
    }
  });
});

describe(
  'where a network blocks the better ways',
  onlyOver(['call', 'grant'], 'this relay offers no better line'),
  () => {
    const nowhere = '"url":"$1://127.0.0.1:9/';
    it.each([
      ['WebRTC', 'websocket', (grant: string) => grant.replace(/"url":"(http):[^"]*\/(?=calls")/, nowhere)],
      ['WebRTC and WebSocket', 'relay', (grant: string) => grant.replaceAll(/"url":"(http|ws):\/\/[^/]*\//g, nowhere)],
    ] as const)('the call comes up by itself without %s, and says so', async (_name, transport, change) => {
      scene = await openScene({ html: lighthouse });
      const { extension, page, relay } = scene;
      const blocked = await changeGrants(relay.url, change);
      try {
        await extension.writeSettings({ relay: { url: blocked.url, deviceToken: relay.deviceToken } });
        const popup = await extension.clickToolbar(page);
        const isDecided = ({ phase }: Snapshot) => phase === 'live' || phase === 'failed';
        const live = await extension.waitForSnapshot(isDecided, 30_000, 'the call');
        expect(live).toMatchObject({ phase: 'live', transport, transportReason: 'blocked' });
        await popup.waitForFunction(() => /blocked/i.test(document.body.innerText), { timeout: 5000 });
      } finally {
        blocked.close();
      }
    });
  },
);

/** The relay, with grants that somebody changed on the way; sockets pass through. */
async function changeGrants(
  relayUrl: string,
  change: (grant: string) => string,
): Promise<{ url: string; close(): void }> {
  const server = createServer(async (request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const body = method === 'POST' ? await new Response(Readable.toWeb(request) as never).text() : undefined;
    const { host: _host, ...passed } = headers;
    const answer = await fetch(new URL(url, relayUrl), { method, headers: passed as never, ...(body ? { body } : {}) });
    const text = change(await answer.text());
    const { 'content-length': _length, ...kept } = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, kept);
    response.end(text);
  });
  server.on('upgrade', (request, client: Socket, head: Buffer) => {
    const { hostname, port } = new URL(relayUrl);
    const upstream = connect(Number(port), hostname, () => {
      const lines = [`${request.method} ${request.url} HTTP/1.1`];
      for (let each = 0; each < request.rawHeaders.length; each += 2) {
        lines.push(`${request.rawHeaders[each]}: ${request.rawHeaders[each + 1]}`);
      }
      upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
      upstream.write(head);
      upstream.pipe(client).pipe(upstream);
    });
    for (const socket of [client, upstream]) socket.on('error', () => void [client.destroy(), upstream.destroy()]);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
