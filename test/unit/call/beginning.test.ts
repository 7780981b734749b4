import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../lib/protocol/faults.ts';
import { idleState } from '../../../lib/call/state.ts';
import { news, plan, play, type Happening } from './play.ts';

const start: Happening = { type: 'start', callId: 'call-1', plan: plan(), say: null };
const fails = (fault: Fault): Happening => ({ type: 'session-failed', attempt: 1, fault });
const again: Happening = { type: 'retry', attempt: 1 };
const up: Happening[] = [
  { type: 'microphone-open', attempt: 1 },
  { type: 'session-open', attempt: 1, provider: 'p', model: 'm', transport: 'webrtc', reason: null },
  news({ type: 'ready', expiresAt: null }),
];
const types = (effects: { type: string }[]) => effects.map(({ type }) => type);
const busy: Fault = { code: 'provider-busy' };

describe('a call that comes up', () => {
  it.each(['provider-busy', 'provider-unreachable', 'relay-unreachable'] as const)(
    'is tried again at once where the other side is only busy or away: %s',
    (code) => {
      const { state, last } = play([start, fails({ code })]);
      expect([state.phase, state.fault]).toEqual(['connecting', null]);
      expect(types(last)).toEqual(['close-session', 'retry']);
      expect(play([again, ...up], state).state.phase).toBe('live');
    },
  );

  it('keeps the microphone that is being opened meanwhile', () => {
    const { state } = play([start, fails(busy), { type: 'microphone-open', attempt: 1 }, again]);
    expect(state.microphoneOpen).toBe(true);
  });

  it('is given up after three tries', () => {
    const { state, effects } = play([start, fails(busy), again, fails(busy), again, fails(busy)]);
    expect(state).toMatchObject({ phase: 'failed', fault: busy });
    expect(types(effects).filter((type) => type === 'open-session')).toHaveLength(3);
  });

  it('is given up after ten seconds', () => {
    const late: Happening[] = Array.from({ length: 12 }, () => ({ type: 'frames', flowing: false }));
    expect(play([start, fails(busy), ...late, again, fails(busy)]).state.phase).toBe('failed');
  });

  it('waits exactly as long as it is told, once, and can be ended meanwhile', () => {
    const limited: Fault = { code: 'relay-limit', retryAfterS: 2 };
    const { state, last } = play([start, fails(limited)]);
    expect(last).toMatchObject([{ type: 'close-session' }, { type: 'retry', leastMs: 2000 }]);
    expect(play([{ type: 'end' }], state).state.phase).toBe('ended');
    expect(play([again, fails(limited)], state).state).toMatchObject({ phase: 'failed', fault: limited });
  });

  it('says how long to wait where that is long', () => {
    const limited: Fault = { code: 'relay-limit', retryAfterS: 30 };
    expect(play([start, fails(limited)]).state).toMatchObject({ phase: 'failed', fault: limited });
    expect(play([start, fails({ code: 'relay-limit' })]).state.phase).toBe('failed');
  });

  it.each([
    'relay-refused',
    'relay-origin',
    'relay-rejected',
    'provider-refused',
    'provider-quota',
    'provider-error',
  ] as const)('is not tried again where that is of no use: %s', (code) => {
    const { state, effects } = play([start, fails({ code })]);
    expect(state).toMatchObject({ phase: 'failed', fault: { code } });
    expect(types(effects)).not.toContain('retry');
  });

  it('is not tried again when it was ended', () => {
    const { state } = play([start, fails(busy), { type: 'end' }]);
    expect(play([again], state)).toMatchObject({ state, effects: [] });
    expect(play([again], idleState).effects).toEqual([]);
  });
});
