import { afterEach, describe, expect, it } from 'vitest';
import { isActive } from '../../lib/protocol/snapshot.ts';
import { audible, startListening } from '../support/listen.ts';
import { closeRecogniser, recognise, wordErrors } from '../support/recognise.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { endsOfLine } from '../support/way.ts';
import { isAnswered, isSpeaking, linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

describe('a spoken question about the page', () => {
  it('is understood, the page is read, and the answer that is heard has the facts', async () => {
    const question = 'Please tell me when the tower opens in the morning.';
    scene = await openScene({ html: lighthouse, says: [{ text: question }] });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    const listening = await startListening(await extension.offscreen());
    await extension.waitForSnapshot(isSpeaking, 40_000, 'the answer to be spoken');
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'a finished answer');
    const { samples, rate } = await listening.stop();

    const asked = linesOf(answered, 'person')[0]?.text ?? '';
    expect(wordErrors(question, asked), `understood: ${asked}`).toBeLessThanOrEqual(1);
    expect(linesOf(answered, 'tool')).toMatchObject([
      { name: 'page_outline', state: 'done', source: { title: 'Visiting the lighthouse' } },
      { name: 'search_page', state: 'done', source: { title: 'Visiting the lighthouse' } },
      { name: 'point_at', state: 'done', quote: { text: expect.stringMatching(/opens at nine/) } },
    ]);
    expect(linesOf(answered, 'assistant').at(-1)?.text).toMatch(/nine/);
    expect((await recognise(samples, rate)).toLowerCase()).toMatch(/nine|9/);
    await closeRecogniser();
  });
});

describe('talking over the answer', () => {
  it('stops it, marks where it was cut, and is heard itself', async () => {
    scene = await openScene({
      html: lighthouse,
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
      (snapshot) => linesOf(snapshot, 'assistant').some(({ state }) => state === 'cut'),
      30_000,
      'the answer to be cut',
    );
    await expect.poll(() => listening.level(), { timeout: 3000, interval: 20 }).toBeLessThan(audible);
    const line = linesOf(cut, 'assistant').find(({ state }) => state === 'cut');
    expect(line?.heardChars).toBeLessThan(line?.text.length ?? 0);
    const next = await extension.waitForSnapshot(
      (snapshot) =>
        linesOf(snapshot, 'person').length === 2 &&
        linesOf(snapshot, 'assistant').some(({ text }) => /twelve/.test(text)),
      30_000,
      'the answer to the second question',
    );
    expect(linesOf(next, 'person')[1]?.text.toLowerCase()).toContain('ticket');
  });
});

describe('the worker killed in mid-call', () => {
  it('does not stop the sound, and a panel opened afterwards shows the call', async () => {
    scene = await openScene({ html: lighthouse, says: [{ text: 'Can you tell me what this page is about?' }] });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    const listening = await startListening(await extension.offscreen());
    await extension.waitForSnapshot(isSpeaking, 30_000, 'the answer to be spoken');
    await extension.killWorker();
    const killedAt = Date.now();
    await expect.poll(() => listening.firstSoundAt(killedAt + 500), { timeout: 5000 }).not.toBeNull();

    const panel = await extension.openPage('sidepanel');
    await panel.waitForFunction(() => document.body.innerText.includes('lighthouse'), { timeout: 5000 });
    await page.bringToFront();
    expect(extension.snapshots.last?.phase).toBe('live');
    // The worker wakes for the next intent, as if nothing had been.
    await extension.send({ type: 'end' });
    await extension.waitForSnapshot(({ phase }) => phase === 'ended', 5000, 'the end of the call');
  });
});

describe('a line that is lost, where the provider lets nobody in any more', () => {
  it('ends the call with the reason, and the microphone is off', async () => {
    scene = await openScene({ html: lighthouse, control: true });
    const { extension, page, engine } = scene;
    const popup = await extension.clickToolbar(page);
    await extension.waitForSnapshot(({ phase }) => phase === 'live', 20_000, 'the call');
    await engine.add('http-refuse', { status: 401 });
    await engine.add(endsOfLine[0]);
    const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 20_000, 'the end');
    expect(fault?.code).toBe('provider-refused');
    await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);
    const alert = await popup.waitForSelector('[role=alert]');
    expect(await alert?.evaluate((element) => element.textContent)).toMatch(/provider/i);
  });
});

describe('hanging up', () => {
  it('leaves no live track, no open context and no open connection, and the call document is closed', async () => {
    scene = await openScene({ html: lighthouse, says: [{ text: 'Can you tell me what this page is about?' }] });
    const { extension, page } = scene;
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(isSpeaking, 30_000, 'the answer to be spoken');
    const host = await extension.offscreen();
    // Keeps the document, so that what is left in it can be counted; closing it would hide a leak.
    const worker = await extension.worker();
    await worker.evaluate(() => {
      const { closeDocument } = chrome.offscreen;
      chrome.offscreen.closeDocument = () => Promise.resolve();
      Object.assign(globalThis, { reallyClose: closeDocument.bind(chrome.offscreen) });
    });
    await extension.send({ type: 'end' });
    await extension.waitForSnapshot(({ phase }) => phase === 'ended', 5000, 'the end of the call');
    const open = () => countOpen(host);
    await expect.poll(open, { timeout: 2000 }).toEqual({ tracks: 0, contexts: 0, connections: 0, sockets: 0 });
    await worker.evaluate(() => (globalThis as unknown as { reallyClose(): Promise<void> }).reallyClose());

    // And without that hand in the machine, the document goes by itself.
    await extension.clickToolbar(page);
    await extension.waitForSnapshot(({ phase }) => phase === 'live', 15_000, 'the next call');
    await extension.killWorker();
    await extension.send({ type: 'end' });
    await expect.poll(() => extension.hasOffscreen(), { timeout: 5000 }).toBe(false);
    expect(isActive(extension.snapshots.last?.phase ?? 'live')).toBe(false);
  });
});

/** Counts what lives in the page's heap and is not closed. */
async function countOpen(host: Awaited<ReturnType<Scene['extension']['offscreen']>>) {
  const count = async (prototype: string, isOpen: string) => {
    const handle = await host.evaluateHandle(`${prototype}.prototype`);
    const all = await host.queryObjects(handle as never);
    return host.evaluate(
      (objects, test) => {
        const [property, open] = test.split('=') as [string, string];
        return (objects as unknown as Record<string, unknown>[]).filter((object) =>
          open.startsWith('!') ? String(object[property]) !== open.slice(1) : object[property] === open,
        ).length;
      },
      all,
      isOpen,
    );
  };
  return {
    tracks: await count('MediaStreamTrack', 'readyState=live'),
    contexts: await count('AudioContext', 'state=!closed'),
    connections: await count('RTCPeerConnection', 'connectionState=!closed'),
    sockets: await count('WebSocket', 'readyState=!3'),
  };
}
