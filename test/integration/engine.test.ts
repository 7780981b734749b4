/** The local engine as a process, called over real WebRTC by a peer that speaks and listens. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { createSpeaking, type Speaking } from '../../relay/local/speaking/speaking.ts';
import { pageOutput, readPage } from '../support/engine-script.ts';
import { mint, RealtimePeer } from '../support/realtime-peer.ts';
import { closeRecogniser, recognise, wordErrors } from '../support/recognise.ts';

const QUESTION = 'What time does the next train leave for London?';
const STATION = pageOutput(
  'Welcome to the harbour station, which was opened in 1874 and stands beside the old fish market. The next train to London leaves at 14:35 from platform 4. The journey takes one hour and fifty minutes.',
);
const SESSION = {
  tools: [readPage],
  audio: {
    input: { transcription: { language: 'en' }, turn_detection: { type: 'server_vad', silence_duration_ms: 500 } },
  },
};
const AUDIBLE = 0.01;

let engine: LocalEngine;
let bootMs: number;
let speaking: Speaking;
let question: Int16Array;
const lines: string[] = [];
const peers: RealtimePeer[] = [];

beforeAll(async () => {
  const began = performance.now();
  engine = await startLocalEngine({ log: (line) => lines.push(line) });
  bootMs = performance.now() - began;
  speaking = createSpeaking();
  ({ samples: question } = await speaking.speak(QUESTION, { language: 'en', voice: 'cedar' }));
});

afterEach(() => {
  for (const peer of peers.splice(0)) peer.close();
});

afterAll(async () => {
  await Promise.all([engine?.close(), speaking?.close(), closeRecogniser()]);
  rtc.cleanup();
});

async function dial(options: { channelId?: number; session?: Record<string, unknown> } = {}): Promise<RealtimePeer> {
  const key = await mint(engine, options.session ?? SESSION);
  const { channelId } = options;
  const peer = await RealtimePeer.connect({
    baseUrl: engine.baseUrl,
    key,
    ...(channelId === undefined ? {} : { channelId }),
  });
  peers.push(peer);
  await peer.event('session.created');
  return peer;
}

/** Answers the tool call that comes next as the extension would. */
async function answerTool(peer: RealtimePeer, from = 0): Promise<void> {
  const called = await peer.event('response.function_call_arguments.done', { from });
  const item = { type: 'function_call_output', call_id: called.call_id, output: JSON.stringify(STATION) };
  peer.send({ type: 'conversation.item.create', item });
  await peer.event('response.done', { from: called.index });
  peer.send({ type: 'response.create' });
}

async function askAboutTrains(peer: RealtimePeer): Promise<{ quietAt: number }> {
  await peer.say(question);
  const quietAt = performance.now();
  await answerTool(peer);
  return { quietAt };
}

/** The same pseudo-random noise at every run, 24 kHz. */
function hiss(seconds: number, level: number): Int16Array {
  let state = 42;
  return new Int16Array(seconds * 24_000).map(() => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return (state / 2 ** 30 - 1) * level;
  });
}

const hangUp = (peer: RealtimePeer) =>
  fetch(`${peer.callUrl}/hangup`, { method: 'POST', headers: { authorization: `Bearer ${engine.key}` } });

describe('The engine starts', () => {
  it('with everything it needs on this machine', () => {
    console.log(`boot ${Math.round(bootMs)} ms`);
    expect(lines.filter((line) => /missing|could not/.test(line))).toEqual([]);
  });
});

describe('A call', () => {
  it('begins with session.created, and answers the messages that are sent right away', async () => {
    const peer = await dial();
    console.log(`connect ${Math.round(peer.connectMs)} ms`);
    expect(peer.types()).toEqual(['session.created']);
    for (const speed of [1, 1.1, 1.2, 1.3]) {
      peer.send({ type: 'session.update', session: { type: 'realtime', audio: { output: { speed } } } });
    }
    await peer.event('session.updated', { where: ({ session }) => session.audio.output.speed === 1.3 });
    expect(peer.types()).toEqual(['session.created', ...Array.from({ length: 4 }, () => 'session.updated')]);
  });

  it('works on a data channel that both sides made by themselves', async () => {
    const peer = await dial({ channelId: 7 });
    peer.send({ type: 'session.update', session: { type: 'realtime', instructions: 'Seven.' } });
    expect((await peer.event('session.updated')).session.instructions).toBe('Seven.');
  });

  it('ends by hangup, once', async () => {
    const peer = await dial();
    expect((await hangUp(peer)).status).toBe(200);
    await peer.until(() => peer.closed, 'the channel to close');
    expect((await hangUp(peer)).status).toBe(400);
  });

  it('ends when the other side leaves', async () => {
    const peer = await dial();
    peer.close();
    await expect.poll(async () => (await hangUp(peer)).status, { timeout: 10_000 }).toBe(400);
  });

  it('outlives a binary message', async () => {
    const peer = await dial();
    peer.sendBinary(Uint8Array.of(1, 2, 3));
    expect((await peer.event('error')).error.code).toBe('invalid_event');
    peer.send({ type: 'session.update', session: { type: 'realtime' } });
    await peer.event('session.updated');
  });

  it('with an offer the WebRTC library cannot read is refused, and leaves nothing behind', async () => {
    const key = await mint(engine);
    const broken =
      'v=0\r\nm=audio 9 UDP/TLS/RTP/SAVPF 111\r\na=mid:0\r\na=rtpmap:111 opus/48000/2\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=mid:1\r\n';
    for (let attempt = 0; attempt < 10; attempt += 1) {
      const response = await fetch(`${engine.baseUrl}/realtime/calls`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/sdp' },
        body: broken,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ error: { code: 'invalid_offer' } });
    }
    await dial();
  });
});

describe('A spoken question about the page', () => {
  it('is understood, and the answer that is heard has the facts of the page', async () => {
    const peer = await dial();
    const { quietAt } = await askAboutTrains(peer);
    const understood = await peer.event('conversation.item.input_audio_transcription.completed');
    expect(wordErrors(QUESTION, understood.transcript)).toBeLessThanOrEqual(1);
    const started = await peer.event('output_audio_buffer.started');
    await peer.until(() => peer.heard.some(({ at, level }) => at > quietAt && level > AUDIBLE), 'a voice');
    const firstSound = peer.heard.find(({ at, level }) => at > quietAt && level > AUDIBLE)!.at;
    console.log(
      `turn: ${Math.round(started.receivedAt - quietAt)} ms to the event, ${Math.round(firstSound - quietAt)} ms to the sound`,
    );
    await peer.event('output_audio_buffer.stopped', { timeoutMs: 30_000 });
    const { transcript } = await peer.event('response.output_audio_transcript.done');
    expect(transcript).toContain('14:35 from platform 4');
    const heard = await recognise(peer.heardSince(started.receivedAt - 100), 16_000);
    expect(heard.toLowerCase()).toMatch(/train to london/);
    expect(heard.toLowerCase()).toMatch(/platform (4|four)/);
  });

  it('is found among noise: nothing else becomes a message', async () => {
    const peer = await dial();
    // Hiss, knocks on the table, then the question.
    await peer.say(hiss(1.5, 2000));
    for (let knock = 0; knock < 3; knock += 1)
      await peer.say(Int16Array.from([...hiss(0.02, 12_000), ...hiss(0.4, 30)]));
    await peer.say(question);
    const understood = await peer.event('conversation.item.input_audio_transcription.completed');
    expect(wordErrors(QUESTION, understood.transcript)).toBeLessThanOrEqual(1);
    await peer.event('response.done');
    const messages = peer.events.filter(
      ({ type, item }) => type === 'conversation.item.added' && item.type === 'message',
    );
    expect(messages.map(({ item }) => item.id)).toEqual([understood.item_id]);
  });

  it('is cut short when talked over: silence at once, and the next question is answered', async () => {
    const peer = await dial();
    await askAboutTrains(peer);
    const started = await peer.event('output_audio_buffer.started');
    await peer.until(() => performance.now() - started.receivedAt > 1000, 'a second of the answer');
    const onset = performance.now();
    void peer.say(question);
    const cleared = await peer.event('output_audio_buffer.cleared');
    const truncated = await peer.event('conversation.item.truncated', { from: cleared.index });
    expect(truncated.audio_end_ms % 20).toBe(0);
    const heardMs = peer.heard.filter(({ at, level }) => at > started.receivedAt && level > AUDIBLE).length * 20;
    expect(Math.abs(truncated.audio_end_ms - heardMs)).toBeLessThan(400);
    await peer.until(() => peer.heard.filter(({ at }) => at > cleared.receivedAt).length > 20, 'frames after the cut');
    const lastLoud = peer.heard.findLast(({ level }) => level > AUDIBLE)!.at;
    console.log(
      `barge-in: ${Math.round(cleared.receivedAt - onset)} ms from onset to event, ${Math.round(lastLoud - cleared.receivedAt)} ms from event to silence`,
    );
    // What was on its way may still be heard; nothing new is sent.
    expect(peer.heard.filter(({ at, level }) => at > cleared.receivedAt && level > AUDIBLE).length).toBeLessThan(6);
    // The page was just read: the same question again is answered from it.
    const again = await peer.event('output_audio_buffer.started', { from: cleared.index });
    expect(again.response_id).not.toBe(started.response_id);
  });
});

describe('The process', () => {
  it('is gone after close, and closing twice is harmless', async () => {
    const other = await startLocalEngine();
    await mint(other);
    await Promise.all([other.close(), other.close()]);
    await expect(mint(other)).rejects.toThrow();
  });

  it('is started again at the same address when it crashes', async () => {
    const other = await startLocalEngine();
    await mint(other);
    process.kill(other.pid()!, 'SIGKILL');
    await expect
      .poll(
        () =>
          mint(other).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 10_000, interval: 50 },
      )
      .toBe('gone');
    await expect
      .poll(
        () =>
          mint(other).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 10_000 },
      )
      .toBe('answers');
    await other.close();
  });

  it('ends when its parent is killed', async () => {
    const source = new URL('../../relay/local/engine-process.ts', import.meta.url).href;
    const program = `const { startLocalEngine } = await import(${JSON.stringify(source)}); const { baseUrl, key } = await startLocalEngine(); console.log(JSON.stringify({ baseUrl, key }));`;
    const parent = spawn(process.execPath, ['--input-type=module', '-e', program], {
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const told = await new Promise<string>((resolve) => parent.stdout.once('data', (data) => resolve(String(data))));
    const orphan = JSON.parse(told) as { baseUrl: string; key: string };
    await mint(orphan);
    parent.kill('SIGKILL');
    await expect
      .poll(
        () =>
          mint(orphan).then(
            () => 'answers',
            () => 'gone',
          ),
        { timeout: 5000 },
      )
      .toBe('gone');
  });
});
