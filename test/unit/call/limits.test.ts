import { describe, expect, it } from 'vitest';
import { snapshotOf } from '../../../lib/call/snapshot-of.ts';
import type { CallState } from '../../../lib/call/state.ts';
import type { CallLimits, CallPlan } from '../../../lib/protocol/messages.ts';
import { news, plan, play, type Happening } from './play.ts';

const noLimits: CallLimits = { callUsd: null, dayUsd: null, idleAfterMs: null };
const limited = (limits: Partial<CallLimits>, change: Partial<CallPlan> = {}) =>
  plan({ ...change, limits: { ...noLimits, ...limits } });

/** What a million tokens of sound cost that the model hears. */
const usdPerMillion = 32;
let answers = 0;
/** An answer that costs so many US dollars, give or take a rounded token. */
function answer(usd: number): Happening[] {
  answers += 1;
  const responseId = `r${answers}`;
  const tokens = Math.round((usd / usdPerMillion) * 1_000_000);
  const usage = { input_tokens: tokens, output_tokens: 0, input_token_details: { audio_tokens: tokens } };
  return [
    news({ type: 'response-started', responseId }),
    news({ type: 'voice-started', responseId }),
    news({ type: 'response-done', responseId, inputTokens: tokens, outputTokens: 0, usage, fault: null }),
  ];
}
const silence: Happening = news({ type: 'voice-stopped', responseId: 'r', cleared: false });
const booked = (usd: number, today: number): Happening => ({
  type: 'booked',
  callId: 'c',
  usd,
  today,
  month: today + 5,
});

function beginning(made: CallPlan, say: string | null = null): Happening[] {
  return [
    { type: 'start', callId: 'c', plan: made, say },
    ...(made.microphone ? [{ type: 'microphone-open', attempt: 1 } as const] : []),
  ];
}
const lineOf = (provider: string, model: string): Happening => ({
  type: 'session-open',
  attempt: 1,
  provider,
  model,
  transport: 'webrtc',
  reason: null,
});
const line = lineOf('openai', 'gpt-realtime-2.1');
const ready = news({ type: 'ready', expiresAt: null, recogniser: 'gpt-realtime-whisper' });

function paidCall(made: CallPlan = plan()): CallState {
  return play([...beginning(made), line, ready]).state;
}
const seen = (state: CallState) => snapshotOf(state, 'boot', 1);

describe('what a call costs', () => {
  it('is shown from the first answer on, and what was spent today and this month with it', () => {
    const up = paidCall();
    expect(seen(up).money).toBeNull();
    const first = play(answer(0.04), up);
    expect(first.last).toMatchObject([{ type: 'book', callId: 'c', usd: expect.closeTo(0.04, 4) }]);
    expect(seen(first.state).money).toMatchObject({ call: expect.closeTo(0.04, 4), today: null, level: 'below' });
    const told = play([booked(first.state.spend.usd, 1.04), ...answer(0.01)], first.state).state;
    expect(seen(told).money).toMatchObject({
      call: expect.closeTo(0.05, 4),
      today: expect.closeTo(1.05, 4),
      month: expect.closeTo(6.05, 4),
      partial: false,
    });
  });

  it('counts what the recogniser takes beside the model', () => {
    const written = play([news({ type: 'person-written', seconds: 60 })], paidCall());
    expect(seen(written.state).money?.call).toBeCloseTo(0.017, 6);
    expect(written.last).toMatchObject([{ type: 'book' }]);
  });

  it('counts an answer once, also when it is told twice', () => {
    const twice = answer(0.04);
    const { state } = play([...twice, ...twice], paidCall());
    expect(seen(state).money?.call).toBeCloseTo(0.04, 4);
  });

  it('is nothing with the local engine, whatever was spent before', () => {
    const made = limited({ callUsd: 0.01, dayUsd: 1 });
    const local = play([...beginning(made), booked(0, 99), lineOf('local', 'local'), ready, ...answer(5)]);
    expect(seen(local.state)).toMatchObject({ phase: 'live', money: null });
    expect(local.effects.map(({ type }) => type)).not.toContain('last-words');
  });

  it('of a model without a known price says that it is only a part', () => {
    const { state } = play([...beginning(plan()), lineOf('azure', 'mine'), ready, ...answer(5)]);
    expect(seen(state).money).toMatchObject({ call: 0, partial: true });
  });

  it('takes no notice of sums that belong to another call, or were overtaken', () => {
    const { state } = play([...answer(0.04), booked(0.04, 1)], paidCall());
    const odd: Happening[] = [booked(0.01, 7), { type: 'booked', callId: 'old', usd: 9, today: 9, month: 9 }];
    expect(play(odd, state).state).toBe(state);
  });

  it('begins anew with the next call', () => {
    const { state } = play([...answer(0.04), { type: 'end' }], paidCall());
    expect(seen(state).money?.call).toBeCloseTo(0.04, 4);
    const next = play([{ type: 'start', callId: 'd', plan: plan(), say: null }], state);
    expect(seen(next.state).money).toBeNull();
    expect(next.effects).toContainEqual({ type: 'book', callId: 'd', usd: 0 });
  });
});

describe('a limit that comes near', () => {
  it('is said once, with the next answer and not as one of its own', () => {
    const near = play(answer(0.41), paidCall(limited({ callUsd: 0.5 })));
    expect(near.last).toContainEqual({
      type: 'note',
      text: expect.stringMatching(/limit for this call/),
      answer: false,
    });
    expect(seen(near.state).money?.level).toBe('near');
    expect(play(answer(0.01), near.state).effects.map(({ type }) => type)).not.toContain('note');
  });

  it('may be the day’s, by what was spent before', () => {
    const made = limited({ callUsd: 5, dayUsd: 20 });
    const { effects, state } = play([...beginning(made), booked(0, 17), line, ready]);
    expect(effects).toContainEqual({ type: 'note', text: expect.stringMatching(/limit for today/), answer: false });
    expect(seen(state).phase).toBe('live');
  });

  it('is only shown where nobody listens', () => {
    const near = play(answer(0.41), paidCall(limited({ callUsd: 0.5 }, { microphone: false })));
    expect(seen(near.state).money?.level).toBe('near');
    expect(near.effects.map(({ type }) => type)).not.toContain('note');
  });

  it('is far again when the person raises it, and is said again when it is near again', () => {
    const raise: Happening = { type: 'adjust', ...plan({ limits: { ...noLimits, callUsd: 1 } }) };
    const raised = play([...answer(0.41), raise], paidCall(limited({ callUsd: 0.5 })));
    expect(seen(raised.state).money?.level).toBe('below');
    expect(play(answer(0.41), raised.state).last).toContainEqual(expect.objectContaining({ type: 'note' }));
  });
});

describe('a limit that is reached', () => {
  const over: Happening = { type: 'last-words-over' };

  it('lets the answer be heard, has the call say why it ends, and ends it', () => {
    const reached = play(answer(0.51), paidCall(limited({ callUsd: 0.5 })));
    expect(reached.last).toContainEqual({ type: 'last-words', text: expect.stringMatching(/this call is used up/) });
    expect(seen(reached.state)).toMatchObject({ phase: 'live', turn: 'speaking', money: { level: 'reached' } });
    const said = play([silence, ...answer(0.01), silence, over], reached.state);
    expect(seen(said.state)).toMatchObject({ phase: 'ended', endReason: 'cap-call', money: { level: 'reached' } });
    expect(said.effects.filter(({ type }) => type === 'last-words')).toEqual([]);
  });

  it('ends a typed call without a word more', () => {
    const reached = play([...answer(0.51)], paidCall(limited({ callUsd: 0.5 }, { microphone: false })));
    expect(reached.effects.map(({ type }) => type)).not.toContain('last-words');
    expect(seen(play([silence, over], reached.state).state)).toMatchObject({ phase: 'ended', endReason: 'cap-call' });
  });

  it('lets nothing begin any more, and keeps what is typed to be seen', () => {
    const late: Happening[] = [
      { type: 'say', text: 'One more thing' },
      { type: 'talk-begin' },
      { type: 'go-on' },
      news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' }),
    ];
    const { state } = play(answer(0.51), paidCall(limited({ callUsd: 0.5 })));
    const after = play(late, state);
    expect(after.effects).toEqual([]);
    const typed = play(answer(0.51), paidCall(limited({ callUsd: 0.5 }, { microphone: false }))).state;
    expect(play([{ type: 'start', callId: 'd', plan: plan(), say: null }], typed).effects).toEqual([]);
    expect(seen(after.state).lines).toMatchObject([{ kind: 'person', text: 'One more thing' }]);
  });

  it('drops the open turn and what is being read', () => {
    const made = limited({ dayUsd: 20 }, { talk: { ...plan().talk, mode: 'hold' } });
    const reading = news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' });
    const reached = play([reading, { type: 'talk-begin' }, booked(0, 20)], paidCall(made));
    expect(reached.last.map(({ type }) => type)).toEqual(['end-turn', 'cancel-tools', 'last-words']);
    expect(reached.state.facts.held).toBe(false);
  });

  it('of the day begins no call: nothing that was said or typed goes out', () => {
    const made = limited({ dayUsd: 20 }, { microphone: false });
    const { state, effects } = play([...beginning(made, 'How high is it?'), booked(0, 20), line, ready]);
    expect(seen(state)).toMatchObject({ phase: 'ended', endReason: 'cap-day', lines: [{ text: 'How high is it?' }] });
    expect(effects.map(({ type }) => type)).not.toContain('send-text');
  });

  it('does not hold a person who hangs up', () => {
    const { state } = play([...answer(0.51), { type: 'end' }], paidCall(limited({ callUsd: 0.5 })));
    expect(seen(state)).toMatchObject({ phase: 'ended', endReason: 'hung-up' });
    expect(play([over], state).state).toBe(state);
  });
});
