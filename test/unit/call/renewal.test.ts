import { describe, expect, it } from 'vitest';
import { news, play, spokenCallUp, type Happening } from './play.ts';

const hour = news({ type: 'ready', expiresAt: 3601 });
const due: Happening = { type: 'renewal', attempt: 1, last: false, prepared: true };
const failed: Happening = { ...due, prepared: false };
const last: Happening = { type: 'renewal', attempt: 1, last: true, prepared: true };
const types = (effects: { type: string }[]) => effects.map(({ type }) => type);
const speaks: Happening[] = [
  news({ type: 'response-started', responseId: 'r1' }),
  news({ type: 'voice-started', responseId: 'r1' }),
];
const ends: Happening[] = [
  news({ type: 'response-done', responseId: 'r1', inputTokens: 1, outputTokens: 1, fault: null }),
  news({ type: 'voice-stopped', responseId: 'r1', cleared: false }),
];

describe('a session that lives an hour', () => {
  it('is renewed five minutes before its end, at the latest a minute and a half before', () => {
    expect(play([hour], spokenCallUp()).effects).toMatchObject([
      { type: 'await-renewal', afterMs: 3_300_000, last: false },
      { type: 'await-renewal', afterMs: 3_510_000, last: true },
    ]);
  });

  it('has its successor prepared first, and goes when nobody speaks', () => {
    const { state, last: prepared } = play([due], spokenCallUp());
    expect(types(prepared)).toEqual(['prepare', 'await-renewal']);
    const { state: after, last: taken } = play([due], state);
    expect(after.phase).toBe('reconnecting');
    expect(taken.find(({ type }) => type === 'retry')).toMatchObject({ leastMs: 0, mostMs: 0 });
  });

  it('does not go in the middle of an answer, but right after it', () => {
    const { state } = play([due, ...speaks, due], spokenCallUp());
    expect(state.phase).toBe('live');
    expect(play(ends, state).state.phase).toBe('reconnecting');
  });

  it('goes in the middle of an answer when it cannot wait any longer', () => {
    expect(play([due, ...speaks, due, last], spokenCallUp()).state.phase).toBe('reconnecting');
  });
});

describe('where no successor can be prepared', () => {
  it('the call stays on the session that it has, the person is told, and it is tried again', () => {
    const { state, last: again } = play([due, failed], spokenCallUp());
    expect(state).toMatchObject({ phase: 'live', fault: { code: 'relay-unreachable' } });
    expect(again).toMatchObject([{ type: 'prepare' }, { type: 'await-renewal', afterMs: 30_000 }]);
    expect(play([{ ...last, prepared: false } as Happening], state).state.phase).toBe('live');
    expect(play([due, due], state).state.phase).toBe('reconnecting');
  });
});

describe('where the clocks do not agree', () => {
  it.each([
    ['ours is an hour behind', 7201],
    ['ours is a day ahead', -86_400],
    ['the provider means milliseconds', 3_601_000_000],
  ])('a session is renewed as if it were new: %s', (_, expiresAt) => {
    expect(play([news({ type: 'ready', expiresAt })], spokenCallUp()).effects).toMatchObject([
      { type: 'await-renewal', afterMs: 3_300_000 },
      { type: 'await-renewal', afterMs: 3_510_000 },
    ]);
  });
});

describe('a session whose end nobody told', () => {
  it('is not renewed by the clock', () => {
    expect(play([news({ type: 'ready', expiresAt: null })], spokenCallUp()).effects).toEqual([]);
  });
});
