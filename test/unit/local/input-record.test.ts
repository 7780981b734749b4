import { afterEach, describe, expect, it } from 'vitest';
import { encodeSound } from '../../../relay/local/audio/sound-format.ts';
import { readWav } from '../../../relay/local/audio/wav.ts';
import { InputRecord } from '../../../relay/local/faults/input-record.ts';
import { EngineScript } from '../../support/engine-script.ts';

const scripts: EngineScript[] = [];
afterEach(() => scripts.splice(0).forEach((each) => each.close()));

const level = (ms: number, value: number): Float32Array => new Float32Array(ms * 16).fill(value);
const soundOf = (record: InputRecord): Float32Array => readWav(record.wav()).samples;

describe('What arrived at a call’s input', () => {
  it('is nothing at first', () => {
    const record = new InputRecord();
    expect(record.summary).toEqual({ heardMs: 0, loudMs: 0, peak: 0 });
    expect(soundOf(record)).toHaveLength(0);
  });

  it('is told apart from silence, in pieces of any length', () => {
    const record = new InputRecord();
    for (const [ms, value] of [
      [995, 0],
      [7, 0.5],
      [498, -0.25],
      [500, 0.005],
    ] as const)
      record.push(level(ms, value));
    expect(record.summary).toEqual({ heardMs: 2000, loudMs: 510, peak: 0.5 });
  });

  it('can be listened to: the last minute of it, in its order', () => {
    const record = new InputRecord();
    record.push(level(30_000, 0.1));
    record.push(level(40_000, 0.2));
    record.push(level(10_000, -0.3));
    const sound = soundOf(record);
    expect(sound).toHaveLength(60 * 16_000);
    const at = (second: number) => Number(sound[second * 16_000]!.toFixed(3));
    expect([at(0), at(9), at(11), at(49), at(51)]).toEqual([0.1, 0.1, 0.2, 0.2, -0.3]);
    expect(record.summary.heardMs).toBe(80_000);
  });
});

it('The input of a session is the track, what is appended, and the sound of items, as they come', () => {
  const record = new InputRecord();
  const script = new EngineScript({
    session: { audio: { input: { turn_detection: null } } },
    heard: (samples) => record.push(samples),
  });
  scripts.push(script);
  const base64 = (ms: number, value: number): string =>
    Buffer.from(encodeSound(new Int16Array(ms * 24).fill(value * 32_768), { type: 'audio/pcm' })).toString('base64');
  script.session.hear(level(100, 0.1));
  script.send('input_audio_buffer.append', { audio: base64(100, 0.2) });
  script.send('conversation.item.create', {
    item: { type: 'message', role: 'user', content: [{ type: 'input_audio', audio: base64(100, 0.3) }] },
  });
  // Nothing comes from the track any more: what stands for it is not what arrived.
  script.session.trackStalled(100);
  const middles = [50, 150, 250].map((ms) => Number(soundOf(record)[ms * 16]!.toFixed(2)));
  expect(middles).toEqual([0.1, 0.2, 0.3]);
  expect(record.summary.heardMs).toBe(300);
});

describe('A track that falls silent in the middle of a turn', () => {
  const silence = (script: EngineScript): void => {
    for (let times = 0; times < 8; times += 1) script.session.trackStalled(100);
  };

  it('has its turn ended by as much silence', async () => {
    const script = new EngineScript({ turns: ['Hello.'] });
    scripts.push(script);
    script.sounds(500);
    await script.event('input_audio_buffer.speech_started');
    silence(script);
    await script.event('input_audio_buffer.speech_stopped');
  });

  it('is no reason to end a turn that is appended', async () => {
    const script = new EngineScript({ turns: ['Hello.'] });
    scripts.push(script);
    const audio = Buffer.from(encodeSound(new Int16Array(12_000).fill(16_000), { type: 'audio/pcm' })).toString(
      'base64',
    );
    script.send('input_audio_buffer.append', { audio });
    await script.event('input_audio_buffer.speech_started');
    silence(script);
    script.send('input_audio_buffer.append', { audio });
    script.send('input_audio_buffer.commit');
    await script.event('input_audio_buffer.committed');
    expect(script.order()).not.toContain('input_audio_buffer.speech_stopped');
  });
});
