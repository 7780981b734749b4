/** Sound that goes up as events in a WebRTC call: faster than it is spoken, without a track, and before one. Real ears. */
import * as rtc from 'node-datachannel';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toFloat } from '../../relay/local/audio/pcm.ts';
import { resample } from '../../relay/local/audio/resample.ts';
import { startLocalEngine, type LocalEngine } from '../../relay/local/engine-process.ts';
import { createSpeaking, type Speaking } from '../../relay/local/speaking/speaking.ts';
import { Faults } from '../support/faults.ts';
import { mint, RealtimePeer } from '../support/realtime-peer.ts';
import { wordErrors } from '../support/recognise.ts';

const FIRST = 'What time does the next train leave for London?';
const SECOND = 'How long is the journey to the harbour?';
const RATE = 24_000;
/** What the resampling of appended sound delays it by, at 16 kHz. */
const DELAY = 32;

let engine: LocalEngine;
let faults: Faults;
let speaking: Speaking;
let first: Int16Array;
let second: Int16Array;
const peers: RealtimePeer[] = [];

beforeAll(async () => {
  engine = await startLocalEngine({ control: true });
  faults = new Faults(engine);
  speaking = createSpeaking();
  const say = async (text: string) => (await speaking.speak(text, { language: 'en', voice: 'cedar' })).samples;
  [first, second] = [await say(FIRST), await say(SECOND)];
});

afterEach(async () => {
  for (const peer of peers.splice(0)) peer.close();
  while ((await faults.calls()).length > 0) await new Promise((resolve) => setTimeout(resolve, 20));
});

afterAll(async () => {
  await Promise.all([engine?.close(), speaking?.close()]);
  rtc.cleanup();
});

/** A call that sends no RTP before it says something. */
async function dial(detection: object | null, options: { channelId?: number } = {}): Promise<RealtimePeer> {
  const input = { transcription: { language: 'en' }, turn_detection: detection };
  const key = await mint(engine, { audio: { input } });
  const peer = await RealtimePeer.connect({ baseUrl: engine.baseUrl, key, trackless: true, ...options });
  peers.push(peer);
  await peer.event('session.created');
  return peer;
}

function joined(...parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const quiet = (ms: number): Int16Array => new Int16Array((ms * RATE) / 1000);
const understood = async (peer: RealtimePeer, words: string, from = 0) => {
  const heard = await peer.event('conversation.item.input_audio_transcription.completed', { from });
  expect(wordErrors(words, heard.transcript)).toBeLessThanOrEqual(1);
  return heard;
};
const input = async () => (await faults.calls())[0]!;
const turns = (peer: RealtimePeer) => peer.events.filter(({ type }) => type === 'input_audio_buffer.committed').length;

/** How far what arrived from `at` on (16 kHz) is from what was sent (24 kHz), at its worst; 0 to 2. */
function difference(arrived: Float32Array, at: number, sent: Int16Array): number {
  const expected = resample(toFloat(sent), RATE, 16_000);
  return expected.reduce((worst, sample, index) => Math.max(worst, Math.abs(sample - (arrived[at + index] ?? 9))), 0);
}

describe('A sentence that was spoken before the line was there, appended at once to a call without a track', () => {
  it.each([
    ['server_vad', { type: 'server_vad', silence_duration_ms: 500 }],
    ['semantic_vad', { type: 'semantic_vad', eagerness: 'auto' }],
  ])('is heard as one turn by %s, and answered', async (_name, detection) => {
    const peer = await dial(detection);
    peer.append(joined(first, quiet(1000)));
    await understood(peer, FIRST);
    await peer.event('response.done');
    expect(turns(peer)).toBe(1);
    const { id, input: arrived } = await input();
    expect(arrived.heardMs).toBeCloseTo(((first.length + RATE) * 1000) / RATE, 0);
    expect(difference(await faults.sound(id), DELAY, first)).toBeLessThan(0.01);
  });

  it('is the turn that a commit makes of it, on a channel both sides knew', async () => {
    const peer = await dial(null, { channelId: 3 });
    peer.append(first);
    peer.send({ type: 'input_audio_buffer.commit' });
    peer.send({ type: 'response.create' });
    await understood(peer, FIRST);
    await peer.event('response.done');
    expect(peer.types()).not.toContain('input_audio_buffer.speech_started');
    expect(turns(peer)).toBe(1);
  });

  it('can be committed although turn detection listens', async () => {
    const peer = await dial({ type: 'server_vad', silence_duration_ms: 500 });
    peer.append(first);
    peer.send({ type: 'input_audio_buffer.commit' });
    await understood(peer, FIRST);
    expect(turns(peer)).toBe(1);
  });
});

describe('A turn that is appended as it is spoken, in a call without a track', () => {
  it('is not mixed with anything', async () => {
    const peer = await dial({ type: 'server_vad', silence_duration_ms: 500 });
    const spoken = joined(first, quiet(900));
    const began = performance.now();
    for (let sent = 0; sent < spoken.length; sent += 960) {
      await peer.until(() => performance.now() - began >= (sent * 1000) / RATE, 'the next piece');
      peer.append(spoken.slice(sent, sent + 960));
    }
    await understood(peer, FIRST);
    const stopped = await peer.event('input_audio_buffer.speech_stopped');
    expect(stopped.audio_end_ms).toBeLessThanOrEqual((spoken.length * 1000) / RATE);
    expect(turns(peer)).toBe(1);
  });
});

describe('A track that comes after an appended turn', () => {
  it.each([
    ['server_vad', { type: 'server_vad', silence_duration_ms: 500 }],
    ['push-to-talk', null],
  ])('goes on with the next turn: no word is lost and none is heard twice (%s)', async (_name, detection) => {
    const peer = await dial(detection);
    const endTurn = () => {
      if (detection) return;
      peer.send({ type: 'input_audio_buffer.commit' });
      peer.send({ type: 'response.create' });
    };
    peer.append(joined(first, quiet(1000)));
    endTurn();
    const heard = await understood(peer, FIRST);
    await peer.event('response.done', { from: heard.index });
    await peer.say(joined(second, quiet(1000)));
    endTurn();
    await understood(peer, SECOND, heard.index + 1);
    expect(turns(peer)).toBe(2);
    const { id, input: arrived } = await input();
    const sound = await faults.sound(id);
    expect(difference(sound, DELAY, first)).toBeLessThan(0.01);
    // As loud, for as long, as both were: neither is there twice.
    const loudMs = (samples: Int16Array) => loudnessMs(resample(toFloat(samples), RATE, 16_000));
    expect(Math.abs(arrived.loudMs - loudMs(first) - loudMs(second))).toBeLessThan(150);
  });
});

/** Of 16 kHz. */
function loudnessMs(samples: Float32Array): number {
  let ms = 0;
  for (let at = 0; at + 160 <= samples.length; at += 160) {
    const energy = samples.subarray(at, at + 160).reduce((sum, sample) => sum + sample * sample, 0);
    if (energy > 160 * 0.01 ** 2) ms += 10;
  }
  return ms;
}
