import { afterEach, describe, expect, it } from 'vitest';
import { AppendedSound } from '../../../relay/local/audio/appended-sound.ts';
import { encodeSound, type SoundFormat } from '../../../relay/local/audio/sound-format.ts';
import { burstOutput } from '../../../relay/local/output/burst-output.ts';
import { pacedOutput } from '../../../relay/local/output/paced-output.ts';
import { EngineScript } from '../../support/engine-script.ts';

const PCM: SoundFormat = { type: 'audio/pcm' };
const scripts: EngineScript[] = [];

function script(options: ConstructorParameters<typeof EngineScript>[0] = {}): EngineScript {
  const made = new EngineScript({ createOutput: burstOutput, ...options });
  scripts.push(made);
  return made;
}

afterEach(() => scripts.splice(0).forEach((each) => each.close()));

const base64 = (samples: Int16Array, format = PCM): string =>
  Buffer.from(encodeSound(samples, format)).toString('base64');
const tone = (ms: number, hz = 300): Int16Array =>
  Int16Array.from({ length: ms * 24 }, (_none, at) => 16_000 * Math.sin((2 * Math.PI * hz * at) / 24_000));
/** A steady level, which the scripted ears take for speech when it is loud. */
const level = (ms: number, value = 16_000): Int16Array => new Int16Array(ms * 24).fill(value);
const quiet = (ms: number): Int16Array => level(ms, 0);
function joined(...parts: Int16Array[]): Int16Array {
  const all = new Int16Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const each of parts) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}

describe('Sound in pieces', () => {
  it.each(['audio/pcm', 'audio/pcmu', 'audio/pcma'] as const)('%s loses nothing of its length', (type) => {
    const sound = new AppendedSound();
    const pieces = Array.from({ length: 10 }, () => sound.take(base64(tone(10), { type }), { type }).length);
    expect(pieces.reduce((sum, length) => sum + length)).toBe(1600);
  });

  it('has no seams: odd pieces are the same as one', () => {
    const whole = tone(200);
    const expected = new AppendedSound().take(base64(whole), PCM);
    const sound = new AppendedSound();
    const got: number[] = [];
    for (let at = 0; at < whole.length; at += 101) got.push(...sound.take(base64(whole.subarray(at, at + 101)), PCM));
    expect(got).toHaveLength(expected.length);
    got.forEach((sample, at) => expect(sample).toBeCloseTo(expected[at]!, 6));
  });

  it('begins anew when the format changes', () => {
    const sound = new AppendedSound();
    sound.take(base64(level(100)), PCM);
    const type = 'audio/pcmu';
    expect(Math.max(...sound.take(base64(quiet(100), { type }), { type }))).toBeLessThan(0.01);
  });
});

describe('input_audio_buffer.append', () => {
  it('is not answered; the sound is there to be committed', async () => {
    const engine = script({ session: { audio: { input: { turn_detection: null } } }, turns: ['Hello.'] });
    for (let piece = 0; piece < 10; piece += 1) engine.send('input_audio_buffer.append', { audio: base64(tone(10)) });
    expect(engine.order()).toEqual(['session.created']);
    engine.send('input_audio_buffer.commit');
    expect(engine.order(1).slice(0, 3)).toEqual([
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
    ]);
  });

  it('of less than 100 ms is too little to commit', () => {
    const engine = script({ session: { audio: { input: { turn_detection: null } } } });
    engine.send('input_audio_buffer.append', { audio: base64(tone(90)) });
    engine.send('input_audio_buffer.commit');
    expect(engine.events.at(-1)?.error).toMatchObject({ code: 'input_audio_buffer_commit_empty' });
    expect(engine.events.at(-1)?.error.message).toContain('only has 90.00ms of audio');
  });

  it('of a whole turn at once is heard as a turn, and answered', async () => {
    const engine = script({ turns: ['What can you do?'] });
    engine.send('input_audio_buffer.append', { audio: base64(joined(quiet(500), level(2000), quiet(600))) });
    const done = await engine.event('response.done');
    expect(done.response.status).toBe('completed');
    const started = await engine.event('input_audio_buffer.speech_started');
    const stopped = await engine.event('input_audio_buffer.speech_stopped');
    expect(Math.abs(started.audio_start_ms - 200)).toBeLessThan(80);
    expect(Math.abs(stopped.audio_end_ms - 2700)).toBeLessThan(80);
  });

  it('of two turns at once is heard as two', async () => {
    const engine = script({ turns: ['What can you do?', 'What can you do?'] });
    const turn = joined(level(800), quiet(600));
    engine.send('input_audio_buffer.append', { audio: base64(joined(turn, turn)) });
    const first = await engine.event('input_audio_buffer.committed');
    const second = await engine.event('input_audio_buffer.committed', first.index + 1);
    expect(second.item_id).not.toBe(first.item_id);
    const words = engine.events.filter(({ type }) => type === 'input_audio_buffer.speech_started');
    expect(words.map((event) => event['item_id'])).toEqual([first.item_id, second.item_id]);
  });

  it('of nearly four minutes at once loses nothing', async () => {
    const engine = script({ turns: ['What can you do?'] });
    const audio = base64(joined(level(600), quiet(230_000)));
    engine.send('input_audio_buffer.append', { audio });
    await engine.event('input_audio_buffer.committed');
    const started = await engine.event('input_audio_buffer.speech_started');
    expect(started.audio_start_ms).toBeLessThan(100);
  });

  it('can be committed before its end is heard by turn detection', async () => {
    const engine = script({ turns: ['What can you do?'] });
    engine.send('input_audio_buffer.append', { audio: base64(level(1000)) });
    engine.send('input_audio_buffer.commit');
    engine.send('response.create');
    const { response } = await engine.event('response.done');
    expect(response.status).toBe('completed');
    // A token for each 100 ms: the whole second was in the turn.
    expect(response.usage.input_token_details.audio_tokens).toBe(10);
    expect(engine.order(1)[0]).toBe('input_audio_buffer.committed');
    expect(engine.events.filter(({ type }) => type === 'input_audio_buffer.speech_started')).toEqual([]);
  });

  it('is forgotten by clear, also what was not looked at yet', () => {
    const engine = script({ session: { audio: { input: { turn_detection: null } } } });
    engine.send('input_audio_buffer.append', { audio: base64(tone(150)) });
    engine.send('input_audio_buffer.clear');
    engine.send('input_audio_buffer.commit');
    expect(engine.order(1)).toEqual(['input_audio_buffer.cleared', 'error']);
    expect(engine.events.at(-1)?.error.message).toContain('only has 0.00ms of audio');
  });

  it.each([
    ['no base64', { audio: '!!!!' }, 'invalid_value'],
    ['base64 for web addresses', { audio: '-_-_' }, 'invalid_value'],
    ['base64 without its padding', { audio: 'AAA' }, 'invalid_value'],
    ['half a sample', { audio: 'AAAA' }, 'invalid_value'],
    ['numbers', { audio: [1, 2, 3] }, 'invalid_type'],
    ['nothing', {}, 'missing_required_parameter'],
    ['too much', { audio: 'A'.repeat(15 * 1024 * 1024 + 4) }, 'string_above_max_length'],
    ['more than sound', { audio: '', rate: 8000 }, 'unknown_parameter'],
  ])('with %s is refused, and the session goes on', (_what, fields, code) => {
    const engine = script();
    engine.send('input_audio_buffer.append', { ...fields, event_id: 'mine' });
    const { error } = engine.events[1]!;
    expect(error).toMatchObject({ type: 'invalid_request_error', code, event_id: 'mine' });
    expect(JSON.stringify(error).length).toBeLessThan(500);
    engine.send('session.update', { session: { type: 'realtime' } });
    expect(engine.events.at(-1)?.type).toBe('session.updated');
  });

  it('of G.711 may have any number of bytes', () => {
    const input = { format: { type: 'audio/pcmu' }, turn_detection: null };
    const engine = script({ session: { audio: { input } } });
    engine.send('input_audio_buffer.append', { audio: Buffer.alloc(801).toString('base64') });
    engine.send('input_audio_buffer.commit');
    expect(engine.events[1]?.type).toBe('input_audio_buffer.committed');
  });
});

describe('output_audio_buffer.clear', () => {
  it('does not exist over WebSocket: the events that do are listed as the API lists them', () => {
    const engine = script();
    engine.send('output_audio_buffer.clear');
    expect(engine.events[1]?.error).toMatchObject({ code: 'invalid_value', param: 'type' });
    expect(engine.events[1]?.error.message).toContain(
      "'output_audio_buffer.clear'. Supported values are: 'session.update'",
    );
    expect(engine.events[1]?.error.message.split('Supported values')[1]).not.toContain('output_audio_buffer');
  });

  it('exists over WebRTC', () => {
    const engine = script({ createOutput: pacedOutput(() => {}) });
    engine.send('output_audio_buffer.clear');
    expect(engine.order()).toEqual(['session.created']);
  });
});
