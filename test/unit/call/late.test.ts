import { describe, expect, it } from 'vitest';
import { transition } from '../../../lib/call/machine.ts';
import { snapshotOf } from '../../../lib/call/snapshot-of.ts';
import { turnOf, type CallState } from '../../../lib/call/state.ts';
import type { Turn } from '../../../lib/protocol/snapshot.ts';
import { news, play, plan, spokenCallUp, talking, type Happening } from './play.ts';

/** From now on time passes by itself: whatever the call waits for, its timer looks when it is due. */
function pass(from: CallState, forMs: number, startAt = 100_000) {
  let state = from;
  const effects: { type: string; atMs: number }[] = [];
  const turns: (Turn | null)[] = [turnOf(state)];
  const lates: (readonly [number, CallState['late']])[] = [];
  let at = startAt;
  while (state.wait && at + state.wait.lookInMs <= startAt + forMs) {
    at += state.wait.lookInMs;
    const step = transition(state, { type: 'patience', number: state.wait.number, at });
    if (step.state.late !== state.late) lates.push([at - startAt, step.state.late]);
    state = step.state;
    effects.push(...step.effects.map(({ type }) => ({ type, atMs: at - startAt })));
    turns.push(turnOf(state));
  }
  return { state, effects, turns, lates };
}

/** Happenings at one moment, just before time passes. */
function now(happenings: Happening[], from: CallState): CallState {
  return happenings.reduce((state, each) => transition(state, { ...each, at: 100_000 } as never).state, from);
}

const up = () => now([{ type: 'frames', flowing: true }], spokenCallUp());
const spoken: Happening[] = [
  news({ type: 'person-started', itemId: 'p1' }),
  news({ type: 'person-stopped', itemId: 'p1' }),
  news({ type: 'person-text', itemId: 'p1', text: 'When does it open?', final: true }),
];
const created = news({ type: 'response-started', responseId: 'r1' });
const word = news({ type: 'assistant-text', itemId: 'a1', delta: 'At nine' });
const sound = news({ type: 'voice-started', responseId: 'r1' });
const done = news({
  type: 'response-done',
  responseId: 'r1',
  inputTokens: 0,
  outputTokens: 0,
  fault: { code: 'provider-error' },
});

describe('an answer that does not come', () => {
  it.each<[string, Happening[]]>([
    ['spoken', spoken],
    ['typed', [{ type: 'say', text: 'When?' }]],
  ])('to something %s is asked for once more within 5 s, and said within 8', (_, asked) => {
    const { effects, lates, state } = pass(now(asked, up()), 60_000);
    expect(effects).toEqual([
      { type: 'ask-again', atMs: 4000 },
      { type: 'forget-answer', atMs: 7500 },
    ]);
    expect(lates).toEqual([
      [4000, 'asked-again'],
      [7500, 'missing'],
    ]);
    expect(turnOf(state)).toBe('listening');
    expect(snapshotOf(state, 'boot', 1).late).toBe('missing');
  });

  it('is not due before what was said has its words: it may have been noise', () => {
    const unwritten = now(spoken.slice(0, 2), up());
    expect(pass(unwritten, 60_000).effects[0]).toEqual({ type: 'ask-again', atMs: 12_000 });
    expect(pass(now(spoken.slice(2), unwritten), 60_000).effects[0]).toEqual({ type: 'ask-again', atMs: 4000 });
    expect(now([news({ type: 'person-unheard', itemId: 'p1' })], unwritten).wait).toBeNull();
  });

  it('that comes after all is not said to be late any more', () => {
    const late = pass(now(spoken, up()), 5000).state;
    expect(late.late).toBe('asked-again');
    const here = now([created, word], late);
    expect(here.late).toBeNull();
    const tooLate = pass(now(spoken, up()), 60_000).state;
    expect(now([created, word], tooLate).late).toBeNull();
  });

  it('is asked for again when the person wants it, and then waited for anew', () => {
    const missing = pass(now(spoken, up()), 60_000).state;
    const step = transition(missing, { type: 'ask-again', at: 200_000 });
    expect(step.effects).toEqual([{ type: 'ask-answer' }]);
    expect([step.state.late, turnOf(step.state)]).toEqual([null, 'thinking']);
    expect(transition(up(), { type: 'ask-again', at: 1 }).effects).toEqual([]);
  });

  it('has time to think once it has begun, and is then asked for again, too', () => {
    const { effects } = pass(now([...spoken, created], up()), 60_000);
    expect(effects[0]).toEqual({ type: 'ask-again', atMs: 20_000 });
    expect(effects.at(-1)?.type).toBe('forget-answer');
  });

  it('because it failed is said at once', () => {
    const failed = now([...spoken, created, done], up());
    expect([failed.late, turnOf(failed)]).toEqual(['missing', 'listening']);
  });

  it('and was stopped by the person is not missed', () => {
    const late = pass(now(spoken, up()), 5000).state;
    expect(now([{ type: 'stop-answer' }], late).late).toBeNull();
  });

  it('on a line that is in doubt waits for what becomes of the line', () => {
    const doubtful = now([news({ type: 'steady', steady: false })], now(spoken, up()));
    expect(pass(doubtful, 30_000).effects).toEqual([]);
    const steady = now([news({ type: 'steady', steady: true })], doubtful);
    expect(pass(steady, 30_000).effects[0]?.type).toBe('ask-again');
  });

  it('is not asked for in a call that has reached its limit', () => {
    const ending: CallState = { ...now(spoken, up()), ending: 'cap-call', wait: null };
    expect(pass(now([created], ending), 60_000).effects).toEqual([]);
  });
});

/** What is shown, what it is shown for, and what becomes of it when the word that ends it never comes. */
const table: [shown: Turn, because: string, happens: Happening[], then: Turn][] = [
  ['thinking', 'a turn is over', spoken, 'listening'],
  ['thinking', 'a response has begun', [...spoken, created], 'listening'],
  ['speaking', 'a voice has begun', [...spoken, created, sound, { type: 'silence', of: 'voice' }], 'speaking'],
  ['interrupting', 'an answer was stopped', [...spoken, created, sound, { type: 'stop-answer' }], 'listening'],
  ['hearing', 'the provider hears somebody', [spoken[0]!], 'hearing'],
];

describe('what is shown never stays for ever', () => {
  it.each(table)('%s, because %s', (shown, _because, happens, then) => {
    const state = now(happens, up());
    expect(turnOf(state)).toBe(shown);
    const after = pass(state, 300_000).state;
    // Sound and speech have our own ear for evidence, and not the clock.
    expect(turnOf(after)).toBe(then);
    const quiet = now(
      [
        { type: 'silence', of: 'person' },
        { type: 'silence', of: 'voice' },
      ],
      after,
    );
    expect(turnOf(quiet)).toBe('listening');
  });

  it('writing, because words have come: the answer is taken to be over', () => {
    const typed = play([
      { type: 'start', callId: 'c', plan: plan({ microphone: false }), say: 'When?' },
      { type: 'session-open', attempt: 1, provider: 'local', model: 'm', transport: 'websocket', reason: null },
      news({ type: 'ready', expiresAt: null }),
    ]).state;
    const writing = now([created, word], typed);
    expect(turnOf(writing)).toBe('writing');
    const { state, effects } = pass(writing, 300_000);
    expect([turnOf(state), state.late]).toEqual(['waiting', null]);
    expect(effects.map(({ type }) => type)).toEqual(['forget-answer']);
  });

  it('words that keep coming are waited for', () => {
    let state = now([created, word], now(spoken, up()));
    for (let at = 110_000; at < 200_000; at += 10_000) {
      state = transition(state, { ...word, at } as never).state;
      const { wait } = state;
      expect(transition(state, { type: 'patience', number: wait!.number, at: at + 1 }).effects).toEqual([]);
      state = transition(state, { type: 'patience', number: wait!.number, at: at + 1 }).state;
    }
    expect(state.facts.responding).toBe(true);
  });

  it('hearing, when the turn was made without a word of its end', () => {
    const heard = now([spoken[0]!, news({ type: 'person-committed', itemId: 'p1' })], up());
    expect(turnOf(heard)).toBe('thinking');
  });

  it('listening, when no frames come; held and reading have limits of their own', () => {
    expect(turnOf(now([{ type: 'frames', flowing: false }], up()))).toBe('waiting');
    const held = now([{ type: 'talk-begin' }], spokenCallUp(talking({ mode: 'hold' })));
    expect([turnOf(held), held.wait]).toEqual(['held', null]);
    const reading = now(
      [
        ...spoken,
        created,
        news({ type: 'tool-call', itemId: 't', callId: 'c1', name: 'read_page', argumentsText: '{}' }),
      ],
      up(),
    );
    expect([turnOf(reading), reading.wait]).toEqual(['reading', null]);
  });
});
