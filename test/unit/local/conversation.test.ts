import { afterEach, describe, expect, it } from 'vitest';
import { readPage } from '../../support/engine-script.ts';
import { TRANSCRIBED, TRAINS, call, hangUpAll, ANSWER, ANSWER_END } from './conversations.ts';

afterEach(hangUpAll);

describe('A call begins', () => {
  it('with the session as it is, in full', () => {
    const { events } = call({ session: { instructions: 'Be brief.' } });
    expect(events.map(({ type }) => type)).toEqual(['session.created']);
    const { session } = events[0]!;
    expect(session).toMatchObject({
      type: 'realtime',
      object: 'realtime.session',
      instructions: 'Be brief.',
      tracing: null,
      prompt: null,
      include: null,
      audio: {
        input: {
          transcription: null,
          noise_reduction: null,
          turn_detection: {
            type: 'server_vad',
            threshold: 0.5,
            prefix_padding_ms: 300,
            silence_duration_ms: 200,
            idle_timeout_ms: null,
          },
        },
      },
    });
    expect(session.expires_at - Date.now() / 1000).toBeGreaterThan(3590);
  });
});

describe('A spoken turn', () => {
  it('comes in the order of the Realtime API, sound starting before it is all made', async () => {
    const script = call({ session: TRANSCRIBED, turns: ['Who are you?'] });
    script.says();
    await script.event('output_audio_buffer.started');
    await script.event('rate_limits.updated');
    const order = script.order(1);
    expect(order.slice(0, 7)).toEqual([
      'input_audio_buffer.speech_started',
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.added',
      'conversation.item.done',
      'conversation.item.input_audio_transcription.delta',
      'conversation.item.input_audio_transcription.completed',
    ]);
    const started = order.indexOf('output_audio_buffer.started');
    expect(order.slice(7, 12)).toEqual(ANSWER.slice(0, 5));
    expect(started).toBeGreaterThan(order.indexOf('response.output_audio_transcript.delta'));
    expect(order.filter((type) => ANSWER_END.includes(type)).slice(-7)).toEqual(ANSWER_END);
    // Made faster than heard.
    expect(order).not.toContain('output_audio_buffer.stopped');
  });

  it('names the same item from the first sound to the transcript, and chains the answer to it', async () => {
    const script = call({ session: TRANSCRIBED, turns: ['Hello.'] });
    script.says();
    const done = await script.event('response.output_item.done');
    const { item_id: item } = script.events.find(({ type }) => type === 'input_audio_buffer.speech_started')!;
    for (const type of [
      'input_audio_buffer.speech_stopped',
      'input_audio_buffer.committed',
      'conversation.item.input_audio_transcription.completed',
    ]) {
      expect((await script.event(type)).item_id).toBe(item);
    }
    const added = script.events.filter(({ type }) => type === 'conversation.item.added');
    expect(added[1]).toMatchObject({ previous_item_id: item, item: { status: 'in_progress', content: [] } });
    const finished = script.events.filter(({ type }) => type === 'conversation.item.done');
    expect(finished[1]).toMatchObject({ previous_item_id: null, item: { id: done.item.id, status: 'completed' } });
  });

  it('has transcript deltas that add up to what is said, and tells when the voice has ended', async () => {
    const script = call({ turns: ['Hello.'], wordMs: 20 });
    script.says();
    const stopped = await script.event('output_audio_buffer.stopped');
    const deltas = script.events
      .filter(({ type }) => type === 'response.output_audio_transcript.delta')
      .map(({ delta }) => delta);
    expect(deltas.join('')).toBe(script.answers()[0]);
    expect(stopped.index).toBeGreaterThan((await script.event('response.done')).index);
  });

  it('of noise fails to be transcribed and gets no answer', async () => {
    const script = call({ session: TRANSCRIBED, turns: [{ fault: 'audio_unintelligible' }, 'Hello.'] });
    script.says();
    const failed = await script.event('conversation.item.input_audio_transcription.failed');
    expect(failed.error).toMatchObject({ type: 'transcription_error', code: 'audio_unintelligible' });
    // The next turn is answered, so the first one had its chance.
    script.says();
    await script.event('response.done');
    expect(script.order().filter((type) => type === 'response.created')).toHaveLength(1);
  });

  it('with no words at all counts as noise', async () => {
    const script = call({ session: TRANSCRIBED, turns: ['  '] });
    script.says();
    await script.event('conversation.item.input_audio_transcription.failed');
    expect(script.order()).not.toContain('response.created');
  });

  it('in a language nobody here understands is told so, aloud', async () => {
    const session = { audio: { input: { transcription: { language: 'pt-BR' } } } };
    const script = call({ session, turns: [{ fault: 'language_unsupported' }] });
    script.says();
    await script.event('response.done');
    expect(script.answers()).toEqual(['O motor offline só entende fala em inglês, mas você pode digitar para mim.']);
  });

  it('is heard but not answered when the client wants to answer itself', async () => {
    const session = {
      audio: { input: { transcription: {}, turn_detection: { type: 'server_vad', create_response: false } } },
    };
    const script = call({ session, turns: ['Hello.'] });
    script.says();
    await script.event('conversation.item.input_audio_transcription.completed');
    script.send('response.create');
    await script.event('response.done');
    expect(script.order().filter((type) => type === 'response.created')).toHaveLength(1);
  });

  it('that goes on while the first half is being recognised is answered once, as a whole', async () => {
    const recogniser = Promise.withResolvers<void>();
    const script = call({ session: TRANSCRIBED, turns: ['Who', 'are you?'], recogniserReady: recogniser.promise });
    script.says();
    await script.event('conversation.item.done');
    script.sounds(300);
    await script.event('input_audio_buffer.speech_started', 5);
    recogniser.resolve();
    await script.event('conversation.item.input_audio_transcription.completed');
    script.sounds(400, 0);
    await script.event('response.done');
    expect(script.answers()).toHaveLength(1);
    expect(script.answers()[0]).toContain('offline engine');
  });
});

describe('Without a voice', () => {
  it('the words still come, no sound is promised, and the log says why', async () => {
    const script = call({ wordMs: null });
    script.types('Hello');
    const done = await script.event('response.done');
    expect(done.response.status).toBe('completed');
    expect(script.answers()[0]).toMatch(/^Hello!/);
    expect(script.order()).not.toContain('output_audio_buffer.started');
    expect(script.log.join()).toContain('No voice for this answer');
  });
});

describe('A question about the page', () => {
  it('calls the tool, then quotes what it returned', async () => {
    const script = call({ session: { tools: [readPage] }, turns: ['When does the train to London leave?'] });
    script.says();
    const done = await script.event('response.done');
    expect(script.order(script.events.findIndex(({ type }) => type === 'response.created'))).toEqual([
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.function_call_arguments.delta',
      'response.function_call_arguments.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'rate_limits.updated',
    ]);
    const [called] = done.response.output;
    expect(called).toMatchObject({ type: 'function_call', name: 'read_page', arguments: '{}', status: 'completed' });
    script.answersTool(called.call_id, TRAINS);
    await script.event('response.done', done.index + 1);
    expect(script.answers()[0]).toContain('14:35 from platform 4');
    const output = script.events.find(
      ({ type, item }) => type === 'conversation.item.added' && item.type === 'function_call_output',
    );
    expect(output!.item).not.toHaveProperty('status');
  });

  it('refuses an output for a call it never made', () => {
    const script = call();
    script.send('conversation.item.create', {
      event_id: 'mine',
      item: { type: 'function_call_output', call_id: 'call_x', output: '{}' },
    });
    expect(script.events.at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'invalid_tool_call_id', event_id: null },
    });
  });
});

describe('Typing', () => {
  it('gets a text answer without sound when the session is text only', async () => {
    const script = call({ session: { output_modalities: ['text'] } });
    script.types('Hello');
    const done = await script.event('response.done');
    expect(script.order(1)).toEqual([
      'conversation.item.added',
      'conversation.item.done',
      'response.created',
      'response.output_item.added',
      'conversation.item.added',
      'response.content_part.added',
      'response.output_text.delta',
      'response.output_text.done',
      'response.content_part.done',
      'conversation.item.done',
      'response.output_item.done',
      'response.done',
      'rate_limits.updated',
    ]);
    expect(done.response.output[0].content[0]).toMatchObject({
      type: 'output_text',
      text: expect.stringMatching(/^Hello!/),
    });
    expect(script.frames.some(Boolean)).toBe(false);
  });

  it('gets a spoken answer to a text one, and a text one again, as the session is changed on the way', async () => {
    const script = call({ session: { output_modalities: ['text'] } });
    const kinds: string[] = [];
    let from = 0;
    for (const output_modalities of [['text'], ['audio'], ['text']]) {
      script.send('session.update', { session: { type: 'realtime', output_modalities } });
      script.types('Hello');
      const done = await script.event('response.done', from);
      from = done.index + 1;
      kinds.push(done.response.output[0].content[0].type);
    }
    expect(kinds).toEqual(['output_text', 'output_audio', 'output_text']);
  });

  it('is billed for the whole conversation each time, with a growing cached part', async () => {
    const script = call({ session: { output_modalities: ['text'], instructions: 'x'.repeat(1000) } });
    script.types('Hello');
    const first = await script.event('response.done');
    script.types('Thank you');
    const second = await script.event('response.done', first.index + 1);
    expect(second.response.usage.input_tokens).toBeGreaterThan(first.response.usage.input_tokens);
    expect(first.response.usage.input_token_details.cached_tokens).toBe(0);
    expect(second.response.usage.input_token_details.cached_tokens % 64).toBe(0);
    expect(second.response.usage.input_token_details.cached_tokens).toBeGreaterThan(0);
  });

  it('outside the conversation leaves nothing in it', async () => {
    const script = call();
    const input = [{ type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Thank you' }] }];
    script.send('response.create', {
      response: { conversation: 'none', input, output_modalities: ['text'], metadata: { topic: 'side' } },
    });
    const done = await script.event('response.done');
    expect(done.response).toMatchObject({ conversation_id: null, metadata: { topic: 'side' }, status: 'completed' });
    expect(script.order()).not.toContain('conversation.item.added');
  });
});

describe('What a client does wrong', () => {
  it.each([
    ['not JSON', '{', 'invalid_json', null],
    ['not an object', '[]', 'invalid_event', null],
    ['no type', '{}', 'missing_required_parameter', 'type'],
    ['an unknown type', '{"type":"ping"}', 'invalid_value', 'type'],
    ['a prototype name', '{"type":"constructor"}', 'invalid_value', 'type'],
    ['a session without type', '{"type":"session.update","session":{}}', 'missing_required_parameter', 'session.type'],
    [
      'an unknown field',
      '{"type":"session.update","session":{"type":"realtime","temperature":1}}',
      'unknown_parameter',
      'session.temperature',
    ],
    [
      'an unknown item to retrieve',
      '{"type":"conversation.item.retrieve","item_id":"x"}',
      'item_retrieve_invalid_item_id',
      'item_id',
    ],
    [
      'an unknown item to delete',
      '{"type":"conversation.item.delete","item_id":"x"}',
      'item_delete_invalid_item_id',
      'item_id',
    ],
    [
      'an unknown item to truncate',
      '{"type":"conversation.item.truncate","item_id":"x","content_index":0,"audio_end_ms":0}',
      'item_truncate_invalid_item_id',
      'item_id',
    ],
    ['nothing to cancel', '{"type":"response.cancel"}', 'response_cancel_not_active', null],
  ])('%s: one error event, and the call goes on', async (_what, text, code, param) => {
    const script = call();
    script.session.receive(text);
    expect(script.events.at(-1)).toMatchObject({
      type: 'error',
      error: { type: 'invalid_request_error', code, param },
    });
    script.types('Hello');
    await script.event('response.done');
  });

  it('a half wrong update changes nothing', () => {
    const script = call();
    script.send('session.update', {
      event_id: 'u1',
      session: { type: 'realtime', instructions: 'new', audio: { output: { speed: 9 } } },
    });
    expect(script.events.at(-1)).toMatchObject({
      type: 'error',
      error: { code: 'integer_above_max_value', param: 'session.audio.output.speed', event_id: 'u1' },
    });
    script.send('session.update', { session: { type: 'realtime' } });
    expect(script.events.at(-1)).toMatchObject({
      type: 'session.updated',
      session: { instructions: expect.not.stringContaining('new') },
    });
  });

  it('another voice after the first word is refused, the same voice is not', async () => {
    const script = call({ wordMs: 10 });
    script.types('Hello');
    await script.event('response.done');
    script.send('session.update', { session: { type: 'realtime', audio: { output: { voice: 'cedar' } } } });
    expect(script.events.at(-1)).toMatchObject({ error: { code: 'cannot_update_voice' } });
    script.send('session.update', { session: { type: 'realtime', audio: { output: { voice: 'alloy' } } } });
    expect(script.events.at(-1)!.type).toBe('session.updated');
  });

  it('a second response while one runs is refused with the name of the first', () => {
    const script = call({ mind: { think: () => new Promise(() => {}) } });
    script.send('response.create');
    script.send('response.create');
    const { id } = script.events.find(({ type }) => type === 'response.created')!.response;
    expect(script.events.at(-1)).toMatchObject({
      error: { code: 'conversation_already_has_active_response', message: expect.stringContaining(id) },
    });
  });

  it('a mind that breaks is a failed response, not a broken call', async () => {
    const script = call({
      mind: {
        think: () => {
          throw new Error('boom');
        },
      },
    });
    script.send('response.create');
    const done = await script.event('response.done');
    expect(done.response).toMatchObject({ status: 'failed', status_details: { error: { type: 'server_error' } } });
  });
});
