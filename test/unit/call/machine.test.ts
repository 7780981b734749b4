import { describe, expect, it } from 'vitest';
import type { CallEvent, Effect } from '../../../lib/call/events.ts';
import { transition } from '../../../lib/call/machine.ts';
import { idleState, turnOf, type CallState } from '../../../lib/call/state.ts';
import { emptyTranscript, linesOf } from '../../../lib/call/transcript.ts';
import type { CallPlan } from '../../../lib/protocol/messages.ts';
import { isActive, microphoneTroubles, phases, type Phase } from '../../../lib/protocol/snapshot.ts';
import { news, plan, play, spokenCallUp, talking, type Happening } from './play.ts';

const at = 1000;
const sessionOpen: Happening = {
  type: 'session-open',
  attempt: 1,
  provider: 'local',
  model: 'local',
  transport: 'webrtc',
  reason: null,
};
const ready = news({ type: 'ready', expiresAt: null });

describe('a call', () => {
  it('opens microphone and session at the same time, and is live when both are there', () => {
    const { state, effects } = play([{ type: 'start', callId: 'c', plan: plan(), say: null }]);
    expect(effects.map(({ type }) => type)).toEqual(['open-microphone', 'open-session', 'await-live', 'book']);
    const parts: Happening[] = [{ type: 'microphone-open', attempt: 1 }, sessionOpen, ready];
    for (const missing of parts) {
      expect(
        play(
          parts.filter((part) => part !== missing),
          state,
        ).state.phase,
      ).toBe('connecting');
    }
    expect(play(parts, state).state.phase).toBe('live');
    expect(play(parts.toReversed(), state).state.phase).toBe('live');
  });

  it('asks for the microphone on a page when the browser must ask, holding no line meanwhile', () => {
    const asked = play([
      { type: 'start', callId: 'c', plan: plan(), say: null },
      { type: 'microphone-needed', attempt: 1 },
    ]);
    expect(asked.state.phase).toBe('asking-permission');
    expect(asked.last.map(({ type }) => type)).toEqual(['close-session', 'ask-permission']);
    const granted = play([{ type: 'permission', answer: 'granted' }], asked.state);
    expect(granted.state.phase).toBe('connecting');
    expect(granted.last.map(({ type }) => type)).toEqual(['open-microphone', 'open-session', 'await-live']);
    const denied = play([{ type: 'permission', answer: 'denied' }], asked.state);
    expect(denied.state).toMatchObject({ phase: 'failed', fault: { code: 'microphone-denied' } });
  });

  it('closes everything when it ends, and once only', () => {
    const ended = play([{ type: 'end' }], spokenCallUp());
    expect(ended.last.map(({ type }) => type)).toEqual(['release', 'finished']);
    expect(ended.state).toMatchObject({ phase: 'ended', endReason: 'hung-up', microphoneOpen: false });
    expect(play([{ type: 'end' }], ended.state).last).toEqual([]);
  });

  it('ignores what an older attempt still reports', () => {
    const up = spokenCallUp();
    const again = play([{ type: 'end' }, { type: 'start', callId: 'd', plan: plan(), say: null }], up);
    const late = play([{ type: 'session-failed', attempt: 1, fault: { code: 'internal' } }], again.state);
    expect(late.state).toBe(again.state);
  });

  it('stays one call when it is started twice', () => {
    const up = spokenCallUp();
    const twice = play([{ type: 'start', callId: 'other', plan: plan(), say: null }], up);
    expect(twice.state.callId).toBe(up.callId);
    expect(twice.last).toEqual([]);
  });

  it('fails with a sentence when the provider has no credit left for it, and can be started again', () => {
    const lost = play([news({ type: 'lost', fault: { code: 'provider-quota' } })], spokenCallUp());
    expect(lost.state).toMatchObject({ phase: 'failed', fault: { code: 'provider-quota' } });
    const again = play([{ type: 'start', callId: 'd', plan: plan(), say: null }], lost.state);
    expect(again.state).toMatchObject({ phase: 'connecting', fault: null });
  });

  it('gives up when coming up takes too long', () => {
    const started = play([{ type: 'start', callId: 'c', plan: plan(), say: null }]);
    expect(play([{ type: 'too-late', attempt: 1 }], started.state).state.phase).toBe('failed');
    expect(play([{ type: 'too-late', attempt: 1 }], spokenCallUp()).state.phase).toBe('live');
  });
});

describe('typed words', () => {
  it('start a call without a microphone and are sent when it is up', () => {
    const typed = play([{ type: 'start', callId: 'c', plan: plan({ microphone: false }), say: 'What is this?' }]);
    expect(typed.effects.map(({ type }) => type)).toEqual(['open-session', 'await-live', 'book']);
    expect(linesOf(typed.state.transcript)).toMatchObject([{ kind: 'person', text: 'What is this?', typed: true }]);
    const greeted = play([ready], typed.state);
    expect(greeted.last).toEqual([]);
    // Not before the line is in our hands: words sent earlier would be lost.
    const up = play([sessionOpen], greeted.state);
    expect(up.last).toMatchObject([{ type: 'send-text', text: 'What is this?' }]);
    expect(turnOf(up.state)).toBe('thinking');
  });

  it('are part of a spoken call and keep their line when the provider confirms them', () => {
    const said = play([{ type: 'say', text: 'And the price?' }], spokenCallUp());
    const [sent] = said.last;
    expect(sent).toMatchObject({ type: 'send-text', text: 'And the price?' });
    const itemId = sent?.type === 'send-text' ? sent.itemId : '';
    const confirmed = play([news({ type: 'item-added', itemId, previousItemId: null, item: 'person' })], said.state);
    expect(linesOf(confirmed.state.transcript)).toMatchObject([{ text: 'And the price?', state: 'final' }]);
  });

  it('can be followed by talking: the typed call gets a microphone', () => {
    const typed = play([
      { type: 'start', callId: 'c', plan: plan({ microphone: false }), say: 'Hello' },
      sessionOpen,
      ready,
      { type: 'start', callId: 'd', plan: plan(), say: null },
    ]);
    expect(typed.last).toEqual([{ type: 'open-microphone', attempt: 1 }]);
    const joined = play([{ type: 'microphone-open', attempt: 1 }], typed.state);
    expect(joined.last.map(({ type }) => type)).toEqual(['use-output', 'open-uplink']);
    const refused = play(
      [{ type: 'microphone-failed', attempt: 1, fault: { code: 'microphone-missing' } }],
      typed.state,
    );
    expect(refused.state).toMatchObject({ phase: 'live', fault: { code: 'microphone-missing' } });
  });
});

describe('the turn', () => {
  const turnAfter = (...happenings: Happening[]) => turnOf(play(happenings, spokenCallUp()).state);

  it('is listening only while frames flow', () => {
    expect(turnAfter()).toBe('waiting');
    expect(turnAfter({ type: 'frames', flowing: true })).toBe('listening');
    expect(turnAfter({ type: 'frames', flowing: true }, { type: 'frames', flowing: false })).toBe('waiting');
  });

  it.each(microphoneTroubles)('is never listening while nothing can be heard: %s', (trouble) => {
    const told: Happening[] = [
      { type: 'frames', flowing: true },
      { type: 'microphone-trouble', trouble },
    ];
    expect(turnAfter(...told)).toBe(trouble === 'replaced' ? 'listening' : 'waiting');
    expect(turnAfter(...told, { type: 'microphone-trouble', trouble: null })).toBe('listening');
  });

  it('follows a spoken turn from hearing to the last sound of the answer', () => {
    const started = news({ type: 'person-started', itemId: 'u' });
    const stopped = news({ type: 'person-stopped', itemId: 'u' });
    const responding = news({ type: 'response-started', responseId: 'r' });
    const playing = news({ type: 'voice-started', responseId: 'r' });
    const done = news({ type: 'response-done', responseId: 'r', inputTokens: 3, outputTokens: 4, fault: null });
    const silent = news({ type: 'voice-stopped', responseId: 'r', cleared: false });
    expect(turnAfter(started)).toBe('hearing');
    expect(turnAfter(started, stopped)).toBe('thinking');
    expect(turnAfter(started, stopped, responding)).toBe('thinking');
    expect(turnAfter(started, stopped, responding, playing, done)).toBe('speaking');
    expect(turnAfter(started, stopped, responding, playing, done, silent)).toBe('waiting');
  });

  it('does not hang on "thinking" when it was only noise', () => {
    const heard = [news({ type: 'person-started', itemId: 'u' }), news({ type: 'person-stopped', itemId: 'u' })];
    expect(turnAfter(...heard, news({ type: 'person-unheard', itemId: 'u' }))).toBe('waiting');
  });

  it('is reading while a tool runs, and the answer goes to the model once', () => {
    const call = news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' });
    const running = play([call, call], spokenCallUp());
    expect(running.effects.filter(({ type }) => type === 'run-tool')).toHaveLength(1);
    expect(turnOf(running.state)).toBe('reading');
    const done: Happening = { type: 'tool-done', callId: 'k', itemId: 'f', outcome: { output: '{}' }, ms: 12 };
    const answered = play([done, done], running.state);
    expect(answered.effects.filter(({ type }) => type === 'answer-tool')).toHaveLength(1);
    expect(turnOf(answered.state)).toBe('thinking');
    const quiet: Happening = { ...done, outcome: { output: '{}', quiet: true } };
    expect(turnOf(play([quiet], running.state).state)).toBe('waiting');
    expect(turnOf(play([quiet, news({ type: 'answer-due' })], running.state).state)).toBe('thinking');
  });

  it('stops reading at the hand, and keeps what is read when the person only begins to talk', () => {
    const call = news({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' });
    const running = play([call], spokenCallUp());
    const stopped = play([{ type: 'stop-answer' }], running.state);
    expect(stopped.last).toEqual([{ type: 'cancel-tools' }]);
    const outcome = { output: '{}', fault: 'interrupted' as const, last: true };
    const cancelled = play([{ type: 'tool-done', callId: 'k', itemId: 'f', outcome, ms: 1 }], stopped.state);
    expect(turnOf(cancelled.state)).toBe('waiting');
    const begun = play([news({ type: 'person-started', itemId: 'u' })], running.state);
    expect(begun.last).toEqual([]);
    expect(turnOf(begun.state)).toBe('hearing');
  });

  it('looks over the page once, at the start, where that is wanted', () => {
    const begin: Happening = { type: 'start', callId: 'c', plan: plan({ digest: true }), say: null };
    expect(play([begin, begin]).effects.filter(({ type }) => type === 'brief')).toHaveLength(1);
    const other: Happening = { type: 'start', callId: 'c', plan: plan(), say: null };
    expect(play([other]).effects.filter(({ type }) => type === 'brief')).toEqual([]);
  });

  it('tells of the page before what was typed', () => {
    const brief: Happening = { type: 'briefed', itemId: 'b', outcome: { output: '{}' }, ms: 3 };
    const { effects } = play([
      { type: 'start', callId: 'c', plan: plan({ digest: true, microphone: false }), say: 'hello' },
      brief,
      { type: 'session-open', attempt: 1, provider: 'local', model: 'local', transport: 'webrtc', reason: null },
      news({ type: 'ready', expiresAt: null }),
    ]);
    expect(effects.slice(-2).map(({ type }) => type)).toEqual(['send-brief', 'send-text']);
    expect(play([brief], spokenCallUp()).last).toMatchObject([{ type: 'send-brief' }]);
  });

  it('is interrupting from the hand until silence', () => {
    const speaking = play([news({ type: 'voice-started', responseId: 'r' })], spokenCallUp());
    const stopped = play([{ type: 'stop-answer' }], speaking.state);
    expect(stopped.last).toEqual([{ type: 'stop-answer' }]);
    expect(turnOf(stopped.state)).toBe('interrupting');
    const silent = play([news({ type: 'voice-stopped', responseId: 'r', cleared: true })], stopped.state);
    expect(turnOf(silent.state)).toBe('waiting');
  });

  it('can be stopped before the answer begins: it is cut when it does, and the next question is answered', () => {
    const asked = [news({ type: 'person-started', itemId: 'u' }), news({ type: 'person-stopped', itemId: 'u' })];
    const began = news({ type: 'response-started', responseId: 'r' });
    const stopped = play([...asked, { type: 'stop-answer' }], spokenCallUp());
    expect(turnOf(stopped.state)).toBe('waiting');
    const cut = play([began], stopped.state);
    expect(cut.last).toEqual([{ type: 'stop-answer' }]);
    expect(play([...asked, began], stopped.state).last).toEqual([]);
  });

  it('closes the turn when the person mutes in mid-sentence', () => {
    const speaking = play([news({ type: 'person-started', itemId: 'u' })], spokenCallUp());
    expect(play([{ type: 'mute', muted: true }], speaking.state).last).toEqual([
      { type: 'close-turn', detection: expect.objectContaining({ type: 'server_vad' }) },
      { type: 'set-muted', muted: true },
    ]);
    expect(turnAfter({ type: 'mute', muted: true })).toBe('muted');
  });
});

describe('tap and hold', () => {
  const up = (change = {}) => spokenCallUp(talking({ mode: 'hold', ...change }));
  const frames: Happening = { type: 'frames', flowing: true };

  it('rest until the key goes down, and hold the turn until it goes up', () => {
    const resting = play([frames], up()).state;
    expect(turnOf(resting)).toBe('resting');
    const held = play([{ type: 'talk-begin' }], resting);
    expect([turnOf(held.state), held.last]).toEqual(['held', [{ type: 'begin-turn' }]]);
    const sent = play([{ type: 'talk-end', send: true }], held.state);
    expect([turnOf(sent.state), sent.last]).toEqual(['thinking', [{ type: 'end-turn', send: true }]]);
  });

  it('end the turn where the microphone goes: what was said until then is sent, and no other turn begins', () => {
    const held = play([frames, { type: 'talk-begin' }], up()).state;
    const gone = play([{ type: 'microphone-trouble', trouble: 'blocked' }], held);
    expect(gone.last).toEqual([{ type: 'end-turn', send: true }]);
    const over = play([{ type: 'turn-over', sent: false, wanted: true }, { type: 'talk-begin' }], gone.state);
    expect([turnOf(over.state), over.last]).toEqual(['waiting', []]);
  });

  it('say that nothing was heard, and rest again', () => {
    const nothing: Happening[] = [
      frames,
      { type: 'talk-begin' },
      { type: 'talk-end', send: true },
      { type: 'turn-over', sent: false, wanted: true },
    ];
    const { state } = play(nothing, up());
    expect([turnOf(state), state.heardNothing]).toEqual(['resting', true]);
    expect(play([{ type: 'talk-begin' }], state).state.heardNothing).toBe(false);
  });

  it('stop the answer when the key goes down', () => {
    const speaking = play(
      [
        news({ type: 'response-started', responseId: 'r' }),
        news({ type: 'voice-started', responseId: 'r' }),
        { type: 'talk-begin' },
      ],
      up(),
    );
    expect(speaking.last).toEqual([{ type: 'stop-answer' }, { type: 'begin-turn' }]);
  });

  it('begin while the line comes up: what is said is kept and that is shown', () => {
    const early = play([
      { type: 'start', callId: 'c', plan: talking({ mode: 'tap' }), say: null },
      { type: 'talk-begin' },
      { type: 'microphone-open', attempt: 1 },
      frames,
    ]);
    expect([early.state.phase, turnOf(early.state)]).toEqual(['connecting', 'held']);
  });

  it('do not begin while muted, and a mute ends the turn', () => {
    const muted = play([{ type: 'mute', muted: true }, { type: 'talk-begin' }], up());
    expect(muted.state.facts.held).toBe(false);
    expect(play([{ type: 'talk-begin' }, { type: 'mute', muted: true }], up()).last).toEqual([
      { type: 'end-turn', send: true },
      { type: 'set-muted', muted: true },
    ]);
  });

  it('drop the open turn when the mode changes', () => {
    const changed = play([{ type: 'talk-begin' }, { type: 'adjust', ...plan() }], up());
    expect(changed.state.facts.held).toBe(false);
    expect(changed.last).toMatchObject([
      { type: 'end-turn', send: false },
      { type: 'adjust', session: { input: { turn_detection: { type: 'server_vad' } } } },
    ]);
  });
});

describe('hands-free', () => {
  const speaking: Happening[] = [
    news({ type: 'response-started', responseId: 'r' }),
    news({ type: 'voice-started', responseId: 'r' }),
  ];

  it('stops the answer when we hear the person over it, but in a noisy room only a key does', () => {
    expect(play([...speaking, { type: 'barge-in' }], spokenCallUp()).last).toEqual([{ type: 'stop-answer' }]);
    const noisy = spokenCallUp(talking({ noisyRoom: true }));
    expect(play([...speaking, { type: 'barge-in' }], noisy).last).toEqual([]);
    expect(play([...speaking, { type: 'talk-begin' }], noisy).last).toEqual([{ type: 'stop-answer' }]);
  });

  it('takes "I am done" for the end of a turn', () => {
    const talkingNow = play([news({ type: 'person-started', itemId: 'u' })], spokenCallUp());
    const done = play([{ type: 'talk-end', send: true }], talkingNow.state);
    expect([turnOf(done.state), done.last]).toMatchObject(['thinking', [{ type: 'close-turn' }]]);
    expect(play([{ type: 'talk-end', send: true }], spokenCallUp()).last).toEqual([]);
  });

  it('tells the provider only what it must know', () => {
    const change = (to: Partial<CallPlan['sound']>) =>
      play([{ type: 'adjust', ...plan(), sound: { ...plan().sound, ...to } }], spokenCallUp()).last;
    expect(change({ microphoneId: 'other' })).toMatchObject([{ type: 'adjust', session: null }]);
    expect(change({ noiseReduction: 'off' })).toMatchObject([{ session: { input: { noise_reduction: null } } }]);
  });
});

/** Everything that can happen, with every kind of news; attempts match the state's, so that nothing is thrown away. */
function alphabet(attempt: number): Happening[] {
  const fault = { code: 'internal' as const };
  const told = (value: Extract<CallEvent, { type: 'news' }>['news']): Happening => ({
    type: 'news',
    attempt,
    news: value,
  });
  return [
    { type: 'start', callId: 'c', plan: plan(), say: null },
    { type: 'start', callId: 'c', plan: plan({ microphone: false }), say: 'hi' },
    { type: 'end' },
    { type: 'mute', muted: true },
    { type: 'mute', muted: false },
    { type: 'stop-answer' },
    { type: 'say', text: 'hi' },
    { type: 'talk-begin' },
    { type: 'talk-end', send: true },
    { type: 'talk-end', send: false },
    { type: 'turn-over', sent: false, wanted: true },
    { type: 'barge-in' },
    { type: 'adjust', ...talking({ mode: 'hold' }), answers: 'captions' },
    { type: 'adjust', ...plan() },
    { type: 'adjust', ...plan({ answers: 'text' }) },
    { type: 'booked', callId: 'c', usd: 0, today: 1, month: 1 },
    { type: 'idle', endsAt: 1 },
    { type: 'idle', endsAt: null },
    { type: 'idle-over' },
    { type: 'last-words-over' },
    { type: 'microphone-name', name: 'm' },
    { type: 'microphone-trouble', trouble: 'silent' },
    { type: 'permission', answer: 'granted' },
    { type: 'permission', answer: 'dismissed' },
    { type: 'microphone-open', attempt },
    { type: 'microphone-needed', attempt },
    { type: 'microphone-failed', attempt, fault: { code: 'microphone-busy' } },
    { type: 'frames', flowing: true },
    { type: 'frames', flowing: false },
    { type: 'session-open', attempt, provider: 'p', model: 'm', transport: 'webrtc', reason: null },
    { type: 'session-failed', attempt, fault },
    { type: 'too-late', attempt },
    { type: 'tool-done', callId: 'k', itemId: 'f', outcome: { output: '{}' }, ms: 1 },
    told({ type: 'ready', expiresAt: null }),
    told({ type: 'person-started', itemId: 'u' }),
    told({ type: 'person-stopped', itemId: 'u' }),
    told({ type: 'person-unheard', itemId: 'u' }),
    told({ type: 'person-committed', itemId: 'u' }),
    told({ type: 'input-empty' }),
    told({ type: 'response-started', responseId: 'r' }),
    told({ type: 'response-done', responseId: 'r', inputTokens: 0, outputTokens: 0, fault: null }),
    told({ type: 'voice-started', responseId: 'r' }),
    told({ type: 'voice-stopped', responseId: 'r', cleared: true }),
    told({ type: 'tool-call', itemId: 'f', callId: 'k', name: 'read_page', argumentsText: '{}' }),
    told({ type: 'steady', steady: false }),
    told({ type: 'steady', steady: true }),
    told({ type: 'warning', fault }),
    told({ type: 'lost', fault }),
  ];
}

/** What of a state matters for where it can go. */
function essence(state: CallState): string {
  const { phase, microphoneOpen, muted, facts, plan: itsPlan, unsent, liveAt } = state;
  const line = [state.sessionOpen, state.ready, microphoneOpen];
  const talks = [itsPlan?.microphone, itsPlan?.talk.mode, itsPlan?.answers, state.output];
  return JSON.stringify([phase, line, muted, facts, talks, unsent.length > 0, liveAt !== null]);
}

describe('every reachable state', () => {
  const seen = new Map<string, CallState>();
  const frontier: CallState[] = [idleState];
  const steps: { from: CallState; event: CallEvent; state: CallState; effects: Effect[] }[] = [];
  for (let state = frontier.shift(); state; state = frontier.shift()) {
    for (const happening of alphabet(state.attempt)) {
      const event = { ...happening, at } as CallEvent;
      const { state: next, effects } = transition(state, event);
      steps.push({ from: state, event, state: next, effects });
      const forgotten = { ...next, transcript: emptyTranscript, unsent: next.unsent.slice(0, 1) };
      const key = essence(forgotten);
      if (seen.has(key)) continue;
      seen.set(key, forgotten);
      frontier.push(forgotten);
    }
  }

  it('is worth walking: there are many, and every phase is among them', () => {
    expect(seen.size).toBeGreaterThan(100);
    const reached = new Set([...seen.values()].map(({ phase }) => phase));
    expect([...reached].toSorted()).toEqual([...phases].toSorted());
  });

  it('can be left: one press ends a call, one press starts the next', () => {
    for (const state of seen.values()) {
      const ended = transition(state, { type: 'end', at }).state;
      expect(isActive(ended.phase)).toBe(false);
      const started = transition(ended, { type: 'start', callId: 'n', plan: plan(), say: null, at }).state;
      expect(started.phase).toBe('connecting');
    }
  });

  it('releases everything exactly when the call is over', () => {
    const wrong = steps.filter(({ from, state, effects }) => {
      const isOver = isActive(from.phase) && !isActive(state.phase);
      return ['release', 'finished'].some((type) => effects.some((effect) => effect.type === type) !== isOver);
    });
    expect(wrong).toEqual([]);
  });

  it('has a turn exactly while the call is up, and no microphone when it is over', () => {
    const kept: Partial<Record<Phase, string[]>> = { connecting: ['listening', 'held'], reconnecting: ['held'] };
    for (const state of seen.values()) {
      const turn = turnOf(state);
      if (state.phase === 'live' || state.phase === 'unstable') expect(turn).not.toBeNull();
      // What is said while the line comes up is kept, so it may be shown that it is heard.
      else expect([null, ...(kept[state.phase] ?? [])]).toContain(turn);
      if (!isActive(state.phase)) expect(state).toMatchObject({ microphoneOpen: false, ready: false });
    }
  });

  it('holds a turn only in tap and hold, and a key that goes up ends it', () => {
    for (const state of seen.values()) {
      if (!state.facts.held) continue;
      expect(isActive(state.phase) && state.plan?.talk.mode !== 'hands-free').toBe(true);
      expect(transition(state, { type: 'talk-end', send: true, at }).state.facts.held).toBe(false);
    }
  });

  it('ends for good when its limit is reached, whatever is going on', () => {
    const limits = { callUsd: null, dayUsd: 1, idleAfterMs: null };
    const paid = [...seen.values()].filter(({ phase }) => phase === 'live' || phase === 'unstable');
    expect(paid.length).toBeGreaterThan(50);
    for (const state of paid) {
      const late = { ...state, provider: 'openai', booked: { usd: 0, today: 2, month: 2 } };
      const ending = transition(late, { type: 'adjust', ...plan({ limits }), at }).state;
      const ended = transition(ending, { type: 'last-words-over', at }).state;
      expect(ended).toMatchObject({ phase: 'ended', endReason: 'cap-day' });
    }
  });

  it('says why when it failed', () => {
    for (const state of seen.values()) if (state.phase === 'failed') expect(state.fault).not.toBeNull();
  });
});
