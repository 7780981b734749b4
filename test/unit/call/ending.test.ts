/** Calls that end by themselves, by the clock. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallPlan } from '../../../lib/protocol/messages.ts';
import type { CallParts } from '../../../lib/call/call.ts';
import { plan } from './play.ts';
import { grant, setTheStage } from './stage.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const limits = { callUsd: null, dayUsd: null, idleAfterMs: 180_000 };
const pass = (seconds: number) => vi.advanceTimersByTimeAsync(seconds * 1000);

async function callOf(provider: string, change: Partial<CallPlan> = {}, parts: Partial<CallParts> = {}) {
  const model = 'gpt-realtime-2.1';
  const stage = setTheStage({
    now: () => Date.now(),
    requestGrant: async () => ({ ...grant, provider, model }),
    ...parts,
  });
  await stage.live(plan({ limits, ...change }));
  stage.sent.length = 0;
  stage.heard.length = 0;
  const heardWords = (text: string) =>
    stage.server({
      type: 'conversation.item.input_audio_transcription.completed',
      item_id: `u${Math.random()}`,
      transcript: text,
    });
  return { ...stage, heardWords, seen: () => stage.call.snapshot() };
}

describe('a call on a relay that allows only so much', () => {
  it('shows where the relay will end it', async () => {
    const requestAllowed = vi.fn(async () => ({ ms: 90_000, usd: 5 }));
    const { seen } = await callOf('openai', {}, { requestAllowed });
    expect(requestAllowed).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ deviceToken: 'token' }));
    expect(seen().relayEnd.nearUsd).toBe(4);
    expect(Math.abs(seen().relayEnd.at! - Date.now() - 90_000)).toBeLessThan(1000);
  });

  it('goes on where the relay does not tell', async () => {
    const requestAllowed = () => Promise.reject(new Error('no such route'));
    const { seen } = await callOf('openai', {}, { requestAllowed });
    await pass(1);
    expect(seen()).toMatchObject({ phase: 'live', fault: null, relayEnd: { at: null, nearUsd: null } });
  });
});

describe('a call that nobody uses', () => {
  it('asks whether somebody is there, shows when it ends, and ends once', async () => {
    const { seen, sent, finished } = await callOf('openai');
    await pass(149);
    expect(seen().endsIdleAt).toBeNull();
    await pass(1);
    expect(seen().endsIdleAt! - Date.now()).toBeGreaterThan(29_000);
    expect(sent).toMatchObject([
      { item: { role: 'system', content: [{ text: expect.stringContaining('in 30 seconds') }] } },
      { type: 'response.create' },
    ]);
    await pass(30);
    expect(seen()).toMatchObject({ phase: 'ended', endReason: 'idle', endsIdleAt: null });
    await pass(600);
    expect(finished).toHaveBeenCalledOnce();
  });

  it('is not kept alive by its own question', async () => {
    const { seen, server } = await callOf('openai');
    await pass(151);
    server({ type: 'response.created', response: { id: 'r' } });
    server({ type: 'output_audio_buffer.started', response_id: 'r' });
    server({ type: 'response.done', response: { id: 'r', status: 'completed' } });
    await pass(5);
    server({ type: 'output_audio_buffer.stopped', response_id: 'r' });
    expect(seen().endsIdleAt).not.toBeNull();
    await pass(25);
    expect(seen().endReason).toBe('idle');
  });

  it('goes on when a person answers, and gives them the whole time again', async () => {
    const { seen, heardWords } = await callOf('openai');
    await pass(160);
    heardWords('Yes, I am here');
    expect(seen().endsIdleAt).toBeNull();
    await pass(149);
    expect(seen()).toMatchObject({ phase: 'live', endsIdleAt: null });
    await pass(31);
    expect(seen().endReason).toBe('idle');
  });

  it('goes on at any press, such as a mute that changes nothing', async () => {
    const { call, seen } = await callOf('openai');
    await pass(160);
    call.mute(false);
    expect(seen().endsIdleAt).toBeNull();
    await pass(100);
    expect(seen().phase).toBe('live');
  });

  it('is not kept alive by a noise in which no word is made out', async () => {
    const { seen, server, heardWords } = await callOf('openai');
    for (let at = 0; at < 180; at += 10) {
      server({ type: 'input_audio_buffer.speech_started', item_id: `n${at}`, audio_start_ms: 0 });
      server({ type: 'input_audio_buffer.speech_stopped', item_id: `n${at}`, audio_end_ms: 0 });
      heardWords(' ');
      server({ type: 'input_audio_buffer.committed', item_id: `n${at}` });
      await pass(10);
    }
    expect(seen().endReason).toBe('idle');
  });

  it('knows a person by their turns where nothing is written down', async () => {
    const { seen, server } = await callOf('openai');
    for (let at = 0; at < 600; at += 60) {
      server({ type: 'input_audio_buffer.committed', item_id: `t${at}` });
      await pass(60);
    }
    expect(seen().phase).toBe('live');
  });

  it('waits while somebody speaks in a turn of their own', async () => {
    const hold = { ...plan().talk, mode: 'hold' as const };
    const { call, seen, onset, measured } = await callOf('openai', {
      talk: hold,
      limits: { ...limits, idleAfterMs: 30_000 },
    });
    call.talkBegin();
    onset('maybe');
    onset('sure');
    for (let at = 0; at < 60; at += 1) {
      measured({ microphone: 0.1, voice: 0, microphoneFrames: 1200, microphoneZero: false });
      await pass(1);
    }
    expect(seen()).toMatchObject({ phase: 'live', endsIdleAt: null });
    onset('over');
    for (let at = 0; at < 30; at += 1) {
      measured({ microphone: 0.1, voice: 0, microphoneFrames: 1200, microphoneZero: false });
      await pass(1);
    }
    expect(seen().endReason).toBe('idle');
  });

  it('warns by a tone with the local engine, which would answer the last question again', async () => {
    const { heard, sent } = await callOf('local');
    await pass(150);
    expect([heard, sent]).toEqual([['end'], []]);
  });

  it('only shows it where nobody listens', async () => {
    const { seen, heard, sent } = await callOf('openai', { microphone: false });
    await pass(150);
    expect(seen().endsIdleAt).not.toBeNull();
    expect([heard, sent]).toEqual([[], []]);
    await pass(30);
    expect(seen().endReason).toBe('idle');
  });

  it('stays as long as the person likes when they switched this off, also in the middle of it', async () => {
    const never = { ...limits, idleAfterMs: null };
    const { seen } = await callOf('openai', { limits: never });
    await pass(3000);
    expect(seen().phase).toBe('live');

    const other = await callOf('openai');
    await pass(160);
    other.call.adjust({ ...plan(), limits: never });
    await pass(3000);
    expect(other.seen()).toMatchObject({ phase: 'live', endsIdleAt: null });
  });

  it('ends sooner when the person wants that from now on', async () => {
    const { call, seen } = await callOf('openai');
    await pass(10);
    call.adjust({ ...plan(), limits: { ...limits, idleAfterMs: 30_000 } });
    await pass(20);
    expect(seen().endsIdleAt).not.toBeNull();
    await pass(10);
    expect(seen().endReason).toBe('idle');
  });

  it('leaves no timer behind', async () => {
    const { call } = await callOf('openai');
    await pass(160);
    call.end();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('money', () => {
  const tokens = (audio_tokens: number) => ({ input_tokens: audio_tokens, input_token_details: { audio_tokens } });
  /** 100,000 tokens of sound that is heard are 3.20 US dollars. */
  const dear = (id: string) => ({
    type: 'response.done',
    response: { id, status: 'completed', usage: tokens(100_000) },
  });

  it('is told to the books after every answer, and their answer is shown', async () => {
    const spent = vi.fn(async (_callId: string, usd: number) => ({ today: 1 + usd, month: 2 + usd, kept: true }));
    const { seen, server } = await callOf('openai', {}, { spent });
    server(dear('a'));
    await vi.waitFor(() => expect(seen().money).toMatchObject({ today: 4.2, month: 5.2 }));
    server(dear('b'));
    await vi.waitFor(() => expect(seen().money).toMatchObject({ call: 6.4, today: 7.4 }));
    expect(spent.mock.calls.map(([, usd]) => usd)).toEqual([0, 3.2, 6.4]);
  });

  it.each<[string, CallParts['spent']]>([
    ['cannot be reached', () => Promise.reject(new Error('no receiver'))],
    ['answer nonsense', async () => null],
  ])('is counted also when the books %s', async (_, spent) => {
    const { seen, server } = await callOf('openai', {}, { spent });
    server(dear('a'));
    await pass(1);
    expect(seen()).toMatchObject({ phase: 'live', money: { call: 3.2, today: null } });
  });

  it('that is used up: the call hears no more, says why, and ends when that was heard', async () => {
    const { seen, sent, server } = await callOf('openai', { limits: { ...limits, callUsd: 3 } });
    server({ type: 'response.created', response: { id: 'a' } });
    server({ type: 'output_audio_buffer.started', response_id: 'a' });
    server(dear('a'));
    expect(sent).toMatchObject([
      { type: 'session.update', session: { audio: { input: { turn_detection: null } } } },
      { type: 'input_audio_buffer.clear' },
      { item: { role: 'system' } },
      { type: 'response.create' },
    ]);
    await pass(5);
    server({ type: 'output_audio_buffer.stopped', response_id: 'a' });
    server({ type: 'response.created', response: { id: 'b' } });
    server({ type: 'response.done', response: { id: 'b', status: 'completed', usage: tokens(10) } });
    server({ type: 'output_audio_buffer.started', response_id: 'b' });
    await pass(4);
    expect(seen()).toMatchObject({ phase: 'live', turn: 'speaking' });
    server({ type: 'output_audio_buffer.stopped', response_id: 'b' });
    await pass(2);
    expect(seen()).toMatchObject({ phase: 'ended', endReason: 'cap-call' });
  });

  it('that is used up ends the call also when the last words never come', async () => {
    const { seen, server } = await callOf('openai', { limits: { ...limits, callUsd: 3 } });
    server({ type: 'response.created', response: { id: 'a' } });
    server(dear('a'));
    await pass(29);
    expect(seen().phase).toBe('live');
    await pass(2);
    expect(seen()).toMatchObject({ phase: 'ended', endReason: 'cap-call' });
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a call', () => {
  it('is kept for later only where the person wants it', async () => {
    expect((await callOf('openai', { keep: true })).call.keeps).toBe(true);
    expect((await callOf('openai', { keep: false })).call.keeps).toBe(false);
  });
});
