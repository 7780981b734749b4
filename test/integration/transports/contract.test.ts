/** What every transport has to do, shown in a browser with each of them, against the local engine. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Grant } from '../../../lib/protocol/grant.ts';
import { startLocalEngine, type LocalEngine } from '../../../relay/local/engine-process.ts';
import { createSpeaking } from '../../../relay/local/speaking/speaking.ts';
import { Faults } from '../../support/faults.ts';
import { audible, startListening } from '../../support/listen.ts';
import { wordErrors } from '../../support/recognise.ts';
import { relayBefore, type RelayLine } from '../../support/relay-line.ts';
import {
  browserForTransports,
  openTransportBrowser,
  type DrivenLine,
  type TransportBrowser,
} from '../../support/transport-browser.ts';

const question = 'What time does the next train leave for London?';
const unheard = 'How long is the journey to the harbour?';
/** A dozen seconds, so that there is something to interrupt. */
const asksForMuch = 'Who are you?';
const rate = 24_000;

interface Kind {
  kind: string;
  /** Of WebRTC. */
  negotiated?: boolean;
}
const kinds: [string, Kind][] = [
  ['WebRTC', { kind: 'webrtc' }],
  ['WebRTC with a negotiated channel', { kind: 'webrtc', negotiated: true }],
  ['WebSocket', { kind: 'websocket' }],
  ['WebSocket through the relay', { kind: 'relay' }],
];

const executablePath = await browserForTransports();

describe.skipIf(!executablePath)('Every line', () => {
  let engine: LocalEngine;
  let faults: Faults;
  let relay: RelayLine;
  let browser: TransportBrowser;
  let line: DrivenLine;
  let spoken: Record<'question' | 'unheard', Int16Array>;

  beforeAll(async () => {
    [engine, browser] = await Promise.all([startLocalEngine({ control: true }), openTransportBrowser(executablePath!)]);
    ({ line } = browser);
    faults = new Faults(engine);
    const { baseUrl, key } = engine;
    relay = await relayBefore({ baseUrl, key, provider: 'local' }, { ALLOWED_ORIGINS: browser.origin });
    const speaking = createSpeaking();
    const say = async (text: string) => {
      const { samples } = await speaking.speak(text, { language: 'en', voice: 'cedar' });
      // The silence that ends the turn is part of it.
      const turn = new Int16Array(samples.length + rate * 1.2);
      turn.set(samples);
      return turn;
    };
    spoken = { question: await say(question), unheard: await say(unheard) };
    await speaking.close();
  });

  afterEach(async () => {
    await faults.remove();
    await line.close();
    await expect.poll(() => line.notClosed(), { timeout: 10_000 }).toBe(0);
    await expect.poll(() => faults.calls(), { timeout: 10_000 }).toEqual([]);
  });

  afterAll(async () => {
    await browser?.close();
    await relay?.close();
    await engine?.close();
  });

  async function requestOf({ kind, negotiated = false }: Kind, grant?: Grant) {
    const given = grant ?? (await relay.grant({ language: 'en' }));
    const offer = given.transports.find((each) => each.kind === kind);
    if (!offer) throw new Error(`The relay offers no ${kind}`);
    return {
      offer: { ...offer, negotiated },
      grant: given,
      relay: { relayUrl: relay.relay.url, deviceToken: relay.token },
    };
  }

  async function open(kind: Kind): Promise<void> {
    expect(await line.open(await requestOf(kind))).toBeNull();
    await line.event('session.created');
  }

  describe.each(kinds)('%s', (_name, kind) => {
    const isSocket = kind.kind !== 'webrtc';

    it('is open before it says anything, and then greets', async () => {
      await open(kind);
      expect(line.told.slice(0, 2)).toEqual(['opened', 'session.created']);
      expect(await line.facts()).toMatchObject({ carriesTrack: !isSocket, backlog: 0 });
    });

    it('carries texts both ways, and needs no sound for them', async () => {
      const typed = await relay.grant({ language: 'en', output: 'text' });
      expect(await line.open(await requestOf(kind, typed))).toBeNull();
      await line.event('session.created');
      const connections = await line.notClosed();
      await line.types('Thank you');
      expect((await line.event('response.output_text.done'))['text']).toBe('You are welcome.');
      await line.event('response.done');
      expect(await line.notClosed()).toBe(connections);
    });

    it('lets the voice be heard, and says when it sounds', async () => {
      const listening = await startListening(browser.page);
      await open(kind);
      await line.types('Hello');
      const { response_id: started } = await line.event('output_audio_buffer.started');
      const { response_id: stopped } = await line.event('output_audio_buffer.stopped');
      const heardMs = soundMs((await listening.stop()).samples);
      expect(started).toBe(stopped);
      // "Hello! Ask me something about the page you are looking at." takes 3.5 s.
      expect(heardMs).toBeGreaterThan(3000);
      expect(heardMs).toBeLessThan(5000);
    });

    it('never runs out of voice, though the page stands still now and then', async () => {
      await open(kind);
      const stalls = await browser.page.evaluate(standStill);
      await line.types('Hello');
      await line.event('output_audio_buffer.stopped');
      await browser.page.evaluate((timer) => clearInterval(timer), stalls);
      expect(await line.facts()).toMatchObject({ starved: 0 });
    });

    it('carries what is said in events, however fast', async () => {
      await open(kind);
      await line.appends(spoken.question);
      const { transcript } = await line.event('conversation.item.input_audio_transcription.completed');
      expect(wordErrors(question, transcript)).toBeLessThanOrEqual(1);
    });

    it('carries the track while it is there, and not what is said without it', async () => {
      await open(kind);
      await line.useTrack(isSocket);
      await line.speaks(spoken.unheard);
      const [call] = await faults.calls();
      expect(call?.input.loudMs).toBe(0);
      await line.useTrack(!isSocket);
      if (isSocket) await line.appends(spoken.question);
      else await line.speaks(spoken.question);
      const { transcript } = await line.event('conversation.item.input_audio_transcription.completed');
      expect(wordErrors(question, transcript)).toBeLessThanOrEqual(1);
    });

    it('is silent when it is cleared, and the conversation keeps what was heard', async () => {
      const listening = await startListening(browser.page);
      await open(kind);
      await line.types(asksForMuch);
      await line.event('output_audio_buffer.started');
      await expect.poll(() => soundMs(listening.heard().samples), { timeout: 10_000 }).toBeGreaterThan(1000);
      await line.send({ type: 'output_audio_buffer.clear' });
      await line.event('output_audio_buffer.cleared');
      const { audio_end_ms: end } = await line.event('conversation.item.truncated');
      await expect.poll(() => listening.level(), { timeout: 5000 }).toBeLessThan(audible);
      const heard = soundMs((await listening.stop()).samples);
      // What was on its way through the browser when it was stopped is counted on one side only.
      expect(Math.abs(end - heard)).toBeLessThan(250);
      expect(line.told).not.toContain('output_audio_buffer.stopped');
    });

    it('stops when the person talks over it', async () => {
      const listening = await startListening(browser.page);
      await open(kind);
      await line.types(asksForMuch);
      await line.event('output_audio_buffer.started');
      await expect.poll(() => listening.level(), { timeout: 10_000 }).toBeGreaterThan(audible);
      await line.appends(spoken.question);
      await line.event('output_audio_buffer.cleared');
      await line.event('conversation.item.truncated');
      await expect.poll(() => listening.level(), { timeout: 5000 }).toBeLessThan(audible);
      await listening.stop();
    });

    it('refuses a message that is too large, and goes on', async () => {
      await open(kind);
      expect(await line.send({ type: 'session.update', event_id: 'é'.repeat(31 * 1024) })).toMatchObject({
        code: 'internal',
      });
      await line.types('Thank you');
      await line.event('response.done');
    });

    it('says once that it is lost when the provider goes', async () => {
      await open(kind);
      await faults.add(isSocket ? 'close-socket' : 'close-peer');
      await line.until(() => line.lost.length > 0, 'the line to be lost');
      expect(line.lost).toMatchObject([{ code: 'connection-lost' }]);
      expect(await line.send({ type: 'response.create' })).toMatchObject({ code: 'connection-lost' });
      expect(line.told.filter((each) => each === 'lost')).toEqual(['lost']);
    });

    it('says nothing of its own end, and is closed twice without harm', async () => {
      await open(kind);
      await line.close();
      await line.close();
      await line.useTrack(true);
      await expect.poll(() => faults.calls()).toEqual([]);
      await expect.poll(() => line.notClosed()).toBe(0);
      expect(line.told).not.toContain('lost');
      expect(await line.send({ type: 'response.create' })).toMatchObject({ code: 'connection-lost' });
    });

    it('names a refusal of the secret', async () => {
      const grant = { ...(await relay.grant()), value: 'ek_wrong' };
      const refused = await line.open(await requestOf(kind, grant));
      if (!isSocket) expect(refused).toMatchObject({ code: 'provider-refused' });
      else {
        await line.until(() => line.lost.length > 0, 'the refusal');
        expect(line.lost).toMatchObject([{ code: 'provider-refused' }]);
      }
    });

    it('leaves nothing open when it is given up while it opens', async () => {
      const route = isSocket ? 'websocket' : 'calls';
      const hang = await faults.add('http-hang', { route });
      const request = await requestOf(kind);
      const opening = line.open(request);
      await expect.poll(async () => (await faults.log()).map(({ fault }) => fault), { timeout: 5000 }).toContain(hang);
      await browser.page.evaluate(() => window.line.giveUp());
      expect(await opening).toMatchObject({ detail: expect.stringContaining('AbortError') });
      await expect.poll(() => line.notClosed()).toBe(0);
      expect(line.told).toEqual([]);
    });
  });
});

/** Runs in the page: 50 ms of every 200 nothing else does. */
function standStill(): number {
  const stall = () => {
    const until = performance.now() + 50;
    while (performance.now() < until);
  };
  return Number(setInterval(stall, 200));
}

/** From the first sound to the last. */
function soundMs(samples: Float32Array): number {
  const first = samples.findIndex((sample) => Math.abs(sample) > audible);
  const last = samples.findLastIndex((sample) => Math.abs(sample) > audible);
  return ((last - first) * 1000) / rate;
}
