import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { audible, startListening } from '../support/listen.ts';
import { recognise } from '../support/recognise.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

const isSpeaking = ({ turn }: Snapshot) => turn === 'speaking';
const settings = { transport: 'websocket' } as const;

describe('over WebSocket', () => {
  it('a spoken question is answered aloud with the facts of the page', async () => {
    scene = await openScene({
      html: lighthouse,
      settings,
      says: [{ text: 'At what time does the tower open in the morning?' }],
    });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    const listening = await startListening(await extension.offscreen());
    await extension.waitForSnapshot(isSpeaking, 40_000, 'the answer to be spoken');
    const answered = await extension.waitForSnapshot(
      ({ turn }) => turn === 'listening',
      40_000,
      'the end of the answer',
    );
    const { samples, rate } = await listening.stop();
    expect(answered.transport).toBe('websocket');
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
    await extension.waitForSnapshot(({ turn }) => turn === 'listening', 5000, 'listening again');
    await expect.poll(() => listening.level(), { timeout: 3000, interval: 20 }).toBeLessThan(audible);
  });
});

describe('a refusal', () => {
  it('is named at once, and the microphone is off', async () => {
    scene = await openScene({ html: lighthouse, settings });
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

describe('where WebRTC cannot connect', () => {
  it('the call comes up over WebSocket by itself', async () => {
    scene = await openScene({ html: lighthouse });
    const { extension, page, relay } = scene;
    // The address for WebRTC leads nowhere.
    const blocked = await changeGrants(relay.url, (grant) =>
      grant.replace(/"url":"http:[^"]*\/calls"/, '"url":"http://127.0.0.1:9/calls"'),
    );
    try {
      await extension.writeSettings({ relay: { url: blocked.url, deviceToken: relay.deviceToken } });
      await extension.clickToolbar(page);
      const isDecided = ({ phase }: Snapshot) => phase === 'live' || phase === 'failed';
      const live = await extension.waitForSnapshot(isDecided, 30_000, 'the call');
      expect(live).toMatchObject({ phase: 'live', transport: 'websocket' });
    } finally {
      blocked.close();
    }
  });
});

/** The relay, with grants that somebody changed on the way. */
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
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() };
}
