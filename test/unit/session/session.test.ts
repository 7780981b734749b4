import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { onTheLine } from './on-the-line.ts';

const created = (id: string) => ({ type: 'response.created', response: { id } });
const done = (id: string) => ({ type: 'response.done', response: { id, status: 'completed' } });
const call = (callId: string) => ({
  type: 'response.output_item.done',
  response_id: 'r1',
  item: {
    id: `item_${callId}`,
    type: 'function_call',
    status: 'completed',
    call_id: callId,
    name: 'read_page',
    arguments: '{}',
  },
});

describe('one response at a time', () => {
  it('asks for the answer to a tool result only when the running response is over', () => {
    const { session, server, types } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    session.answerTool('k1', '{}');
    expect(types()).toEqual(['conversation.item.create']);
    server(done('r1'));
    expect(types()).toEqual(['conversation.item.create', 'response.create']);
  });

  it('answers several calls of one response with one response', () => {
    const { session, server, types } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    session.answerTool('k1', '{}');
    server(call('k2'));
    server(done('r1'));
    expect(types()).toEqual(['conversation.item.create']);
    session.answerTool('k2', '{}');
    expect(types()).toEqual(['conversation.item.create', 'conversation.item.create', 'response.create']);
  });

  it('does not talk over the person: their turn brings the answer', () => {
    const { session, server, types } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    server(done('r1'));
    server({ type: 'input_audio_buffer.speech_started', item_id: 'u', audio_start_ms: 0 });
    session.answerTool('k1', '{}');
    server({ type: 'input_audio_buffer.speech_stopped', item_id: 'u', audio_end_ms: 900 });
    server(created('r2'));
    server(done('r2'));
    expect(types()).toEqual(['conversation.item.create']);
  });

  it('asks again when the provider says that one was running', () => {
    const { session, server, types } = onTheLine();
    session.say('i1', 'hello');
    server({ type: 'error', error: { code: 'conversation_already_has_active_response', message: 'busy' } });
    expect(types()).toEqual(['conversation.item.create', 'response.create']);
    server(done('r0'));
    expect(types()).toEqual(['conversation.item.create', 'response.create', 'response.create']);
    server(created('r1'));
    server(done('r1'));
    expect(types()).toHaveLength(3);
  });

  it('asks once more for an answer that does not come, and cancels one that has only begun', () => {
    const { session, server, types } = onTheLine();
    session.answer();
    session.answerAgain();
    expect(types()).toEqual(['response.create', 'response.create']);
    server(created('r1'));
    session.answerAgain();
    expect(types().slice(2)).toEqual(['response.cancel', 'response.create']);
  });

  it('asks for one answer, and not for two, where the late one crosses the question for it', () => {
    const { session, server, types } = onTheLine();
    session.answer();
    session.answerAgain();
    server(created('r1'));
    server({ type: 'error', error: { code: 'conversation_already_has_active_response', message: 'busy' } });
    server(done('r1'));
    expect(types()).toEqual(['response.create', 'response.create']);
  });

  it('is free for the next question once nobody waits for an answer any more', () => {
    const { session, types } = onTheLine();
    session.answer();
    session.forgetAnswer();
    session.say('i1', 'hello');
    expect(types()).toEqual(['response.create', 'conversation.item.create', 'response.create']);
  });

  it('answers a call once, and one it never saw not at all', () => {
    const { session, server, types } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    server(done('r1'));
    session.answerTool('k1', '{}');
    session.answerTool('k1', '{}');
    session.answerTool('never', '{}');
    expect(types()).toEqual(['conversation.item.create', 'response.create']);
  });
});

describe('what a tool brings', () => {
  const spoken = (id: string) => ({
    type: 'response.output_item.done',
    response_id: 'r1',
    item: { id, type: 'message', status: 'completed' },
  });

  it('beside an answer leads to no other answer', () => {
    const { session, server, types } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    session.answerTool('k1', '{}', 'quiet');
    server(spoken('m1'));
    server(done('r1'));
    expect(types()).toEqual(['conversation.item.create']);
  });

  it('alone is answered, even when it would be quiet', () => {
    const { session, server, types, news } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    server(done('r1'));
    session.answerTool('k1', '{}', 'quiet');
    expect(types()).toEqual(['conversation.item.create', 'response.create']);
    expect(news.at(-1)).toEqual({ type: 'answer-due' });
  });

  it('is not answered when it is the last', () => {
    const { session, server, types, news } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    server(done('r1'));
    session.answerTool('k1', '{}', 'last');
    expect(types()).toEqual(['conversation.item.create']);
    expect(news).not.toContainEqual({ type: 'answer-due' });
  });

  it('may be a picture, which is an item of its own before the answer', () => {
    const { session, server, sent, types } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    server(done('r1'));
    session.answerTool('k1', '{}', 'answer', 'data:image/jpeg;base64,AA==');
    expect(types()).toEqual(['conversation.item.create', 'conversation.item.create', 'response.create']);
    expect(sent[1]).toMatchObject({
      item: { role: 'user', content: [{ type: 'input_text' }, { image_url: 'data:image/jpeg;base64,AA==' }] },
    });
  });
});

describe('stopping an answer', () => {
  it('cancels what is generated and clears what is played, and only what is there', () => {
    const { session, server, types } = onTheLine();
    session.stopAnswer();
    expect(types()).toEqual([]);
    server(created('r1'));
    server({ type: 'output_audio_buffer.started', response_id: 'r1' });
    session.stopAnswer();
    expect(types()).toEqual(['response.cancel', 'output_audio_buffer.clear']);
  });
});

describe('what the provider sends', () => {
  it('passes by when it is unknown and is logged when it is malformed, and neither throws', () => {
    const { session, server, news, log } = onTheLine();
    server({ type: 'response.something_new', anything: [1, 2] });
    session.receive('not json');
    session.receive('null');
    session.receive('[]');
    server({ type: 'response.done', response: 7 });
    expect(news).toEqual([]);
    expect(log).toHaveLength(4);
  });

  it('does not run a call whose arguments were cut', () => {
    const { server, news } = onTheLine();
    const cut = call('k1');
    server({ ...cut, item: { ...cut.item, status: 'incomplete', arguments: '{"max' } });
    expect(news).toEqual([]);
  });

  it.each([
    ['session_expired', 'session-expired'],
    ['insufficient_quota', 'provider-quota'],
    ['invalid_api_key', 'provider-refused'],
  ])('ends the call on %s', (code, fault) => {
    const { server, news } = onTheLine();
    server({ type: 'error', error: { code, message: 'x' } });
    expect(news).toMatchObject([{ type: 'lost', fault: { code: fault } }]);
  });

  it('does not hang up for an error that is none, or that the session survives', () => {
    const { server, news } = onTheLine();
    server({ type: 'error', error: { code: 'response_cancel_not_active', message: 'x' } });
    server({ type: 'error', error: { code: null, message: 'The server had an error' } });
    expect(news).toMatchObject([{ type: 'warning', fault: { code: 'provider-error' } }]);
  });
});

describe('what the call has to say for itself', () => {
  it('waits for the next answer, unless it is wanted now', () => {
    const { session, sent, types } = onTheLine();
    session.note('The limit is near.', false);
    expect(sent).toMatchObject([{ item: { role: 'system', content: [{ text: 'The limit is near.' }] } }]);
    session.note('Is somebody there?', true);
    expect(types()).toEqual(['conversation.item.create', 'conversation.item.create', 'response.create']);
  });

  it('as its last words waits for the answer that runs, and nothing heard meanwhile leads to another', () => {
    const { session, server, sent, types } = onTheLine();
    server(created('r1'));
    session.lastWords('It ends.');
    expect(types()).toEqual(['session.update', 'input_audio_buffer.clear', 'conversation.item.create']);
    expect(sent[0]).toMatchObject({ session: { audio: { input: { turn_detection: null } } } });
    server(done('r1'));
    expect(types().at(-1)).toBe('response.create');
  });
});

describe('what is billed', () => {
  it('comes as the provider sent it', () => {
    const { server, news } = onTheLine();
    const usage = { input_tokens: 3, output_tokens: 4, input_token_details: { cached_tokens: 2 } };
    server({ type: 'response.done', response: { id: 'r1', status: 'cancelled', usage } });
    expect(news).toMatchObject([{ type: 'response-done', responseId: 'r1', inputTokens: 3, usage }]);
    server({ type: 'response.done', response: { id: 'r2', status: 'failed', usage: null } });
    expect(news[1]).toMatchObject({ responseId: 'r2', inputTokens: 0, usage: null });
  });

  it.each([
    [{ type: 'duration', seconds: 2.5 }, 2.5],
    [{ type: 'tokens', input_tokens: 32, input_token_details: { text_tokens: 7, audio_tokens: 25 } }, 2.5],
    [undefined, 0],
    [null, 0],
    [{ seconds: -1 }, 0],
    [{ seconds: 'long' }, 0],
  ])('for writing down, with %j, is %d s', (usage, seconds) => {
    const { server, news } = onTheLine();
    server({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: 'u',
      transcript: 'Hello',
      usage,
    });
    expect(news[1]).toEqual({ type: 'person-written', seconds });
  });

  it('is told with the name of who writes down', () => {
    const { server, news } = onTheLine();
    const audio = { input: { transcription: { model: 'gpt-realtime-whisper' } } };
    server({ type: 'session.created', session: { audio } });
    server({ type: 'session.created', session: { audio: { input: { transcription: null } } } });
    expect(news).toEqual([
      { type: 'ready', expiresAt: null, recogniser: 'gpt-realtime-whisper' },
      { type: 'ready', expiresAt: null },
    ]);
  });
});

describe('a path that is said to be back', () => {
  it('is not believed before the provider has answered on it', () => {
    const { session, server, sent, news } = onTheLine();
    server({ type: 'session.created', session: {} });
    session.steady(false);
    session.steady(true);
    expect(news.filter(({ type }) => type === 'steady').every((each) => 'steady' in each && !each.steady)).toBe(true);
    expect(sent.at(-1)).toEqual({ type: 'session.update', session: { type: 'realtime' } });
    server({ type: 'response.created', response: { id: 'r1' } });
    expect(news.at(-1)).toMatchObject({ type: 'response-started' });
    server({ type: 'session.updated', session: {} });
    expect(news.at(-1)).toEqual({ type: 'steady', steady: true });
    session.close();
  });

  it('is believed when the provider refuses to be asked', () => {
    const { session, server, news } = onTheLine();
    server({ type: 'session.created', session: {} });
    session.steady(true);
    server({ type: 'error', error: { code: 'missing_required_parameter', message: 'no' } });
    expect(news).toContainEqual({ type: 'steady', steady: true });
    session.close();
  });
});

describe('what comes twice', () => {
  const calls = (news: { type: string }[]) => news.filter(({ type }) => type === 'tool-call').length;

  it('a call of a tool is made once, however often it comes, also when it was answered', () => {
    const { session, server, sent, news } = onTheLine();
    server(created('r1'));
    server(call('k1'));
    server(call('k1'));
    session.answerTool('k1', '{}');
    server(call('k1'));
    session.answerTool('k1', '{}');
    expect(calls(news)).toBe(1);
    expect(sent).toHaveLength(1);
  });

  it('the end of a response is counted once, and an event that is delivered twice is one', () => {
    const { session, server, news } = onTheLine();
    server(created('r1'));
    server(done('r1'));
    server(done('r1'));
    const delta = { type: 'response.output_text.delta', response_id: 'r', output_index: 0, content_index: 0 };
    for (const event_id of ['same', 'same', 'other']) {
      session.receive(JSON.stringify({ event_id, item_id: 'a', delta: 'word ', ...delta }));
    }
    expect(news.map(({ type }) => type)).toEqual([
      'response-started',
      'response-done',
      'assistant-text',
      'assistant-text',
    ]);
  });
});

describe('a provider that is gone', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is not taken to be there because the voice that came before still plays', async () => {
    const { session, server, news } = onTheLine();
    server({ type: 'session.created', session: {} });
    for (let second = 0; second < 9; second += 1) {
      server({ type: 'output_audio_buffer.started', response_id: `r${second}` });
      await vi.advanceTimersByTimeAsync(1000);
    }
    expect(news).toContainEqual({ type: 'steady', steady: false });
    expect(news.at(-1)).toMatchObject({ type: 'voice-started' });
    expect(news.some(({ type }) => type === 'lost')).toBe(true);
    session.close();
  });
});
