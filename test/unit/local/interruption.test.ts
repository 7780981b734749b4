import { afterEach, describe, expect, it } from 'vitest';
import { EngineScript } from '../../support/engine-script.ts';
import { call, hangUpAll } from './conversations.ts';

afterEach(hangUpAll);

describe('Talking over the answer', () => {
  const question = { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Who are you?' }] };

  async function answering(script: EngineScript): Promise<number> {
    script.send('conversation.item.create', { item: question });
    script.send('response.create');
    await script.event('output_audio_buffer.started');
    return (await script.event('response.done')).index;
  }

  it('stops it at once, and says how much of it was heard', async () => {
    const script = call({ wordMs: 200 });
    const done = await answering(script);
    script.sounds(200);
    const truncated = await script.event('conversation.item.truncated');
    const onset = script.events.findIndex(({ type }) => type === 'input_audio_buffer.speech_started');
    expect(onset).toBeGreaterThan(done);
    expect(script.order(onset)).toEqual([
      'input_audio_buffer.speech_started',
      'output_audio_buffer.cleared',
      'conversation.item.truncated',
    ]);
    const sounding = script.frames.filter(Boolean).length;
    expect(truncated.audio_end_ms).toBe(sounding * 20);
    // Silence follows, and no more of the voice.
    const left = script.frames.length;
    await expect.poll(() => script.frames.length).toBeGreaterThan(left + 5);
    expect(script.frames.slice(left).some(Boolean)).toBe(false);
    expect(script.order()).not.toContain('output_audio_buffer.stopped');
  });

  it('makes the server forget the words of what was cut', async () => {
    const script = call({ wordMs: 200 });
    await answering(script);
    script.sounds(200);
    const { item_id: id } = await script.event('conversation.item.truncated');
    script.send('conversation.item.retrieve', { item_id: id });
    expect((await script.event('conversation.item.retrieved')).item.content).toEqual([
      { type: 'output_audio', audio: expect.any(String) },
    ]);
  });

  it('cancels an answer that is still being made', async () => {
    const thought = Promise.withResolvers<{ say: string }>();
    const script = call({ mind: { think: () => thought.promise } });
    script.send('response.create');
    script.sounds(200);
    const done = await script.event('response.done');
    expect(done.response).toMatchObject({
      status: 'cancelled',
      status_details: { type: 'cancelled', reason: 'turn_detected' },
      output: [],
    });
    thought.resolve({ say: 'Too late.' });
    script.sounds(400, 0);
    await script.event('input_audio_buffer.committed');
    expect(script.answers()).toEqual([]);
  });

  it('does not stop it when the session says so', async () => {
    const session = {
      audio: { input: { turn_detection: { type: 'server_vad', interrupt_response: false, create_response: false } } },
    };
    const script = call({ session, wordMs: 20 });
    await answering(script);
    script.sounds(200);
    await script.event('output_audio_buffer.stopped');
    expect(script.order()).not.toContain('output_audio_buffer.cleared');
  });

  it('by the stop button ends making and playing', async () => {
    const script = call({ wordMs: 200 });
    await answering(script);
    script.send('response.cancel', { event_id: 'stop' });
    script.send('output_audio_buffer.clear');
    expect(await script.event('error')).toMatchObject({
      error: { code: 'response_cancel_not_active', event_id: 'stop' },
    });
    await script.event('output_audio_buffer.cleared');
    await script.event('conversation.item.truncated');
  });
});

describe('Push-to-talk', () => {
  const session = { audio: { input: { turn_detection: null, transcription: {} } } };

  it('takes what was said between clear and commit, and answers when asked', async () => {
    const script = call({ session, turns: ['Hello.'] });
    script.sounds(300);
    script.send('input_audio_buffer.clear');
    script.sounds(600);
    script.send('input_audio_buffer.commit');
    script.send('response.create');
    await script.event('response.done');
    expect(script.order(1).slice(0, 4)).toEqual([
      'input_audio_buffer.cleared',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
    ]);
    expect(script.order()).not.toContain('input_audio_buffer.speech_started');
    expect(script.answers()[0]).toMatch(/^Hello!/);
  });

  it('refuses an empty commit', () => {
    const script = call({ session });
    script.send('input_audio_buffer.commit');
    expect(script.events.at(-1)).toMatchObject({ error: { code: 'input_audio_buffer_commit_empty' } });
  });
});
