import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../lib/protocol/faults.ts';
import { snapshotOf } from '../../../lib/call/snapshot-of.ts';
import type { CallState } from '../../../lib/call/state.ts';
import { news, plan, play, spokenCallUp, type Happening } from './play.ts';

const gone: Fault = { code: 'connection-lost', detail: 'channel closed' };
const lost = news({ type: 'lost', fault: gone });

/** Another line comes up. */
function back(attempt: number): Happening[] {
  return [
    { type: 'retry', attempt },
    { type: 'session-open', attempt, provider: 'local', model: 'local', transport: 'webrtc', reason: null },
    { type: 'news', attempt, news: { type: 'ready', expiresAt: null } },
  ];
}

const asked: Happening[] = [
  news({ type: 'person-started', itemId: 'p1' }),
  news({ type: 'person-stopped', itemId: 'p1' }),
  news({ type: 'person-text', itemId: 'p1', text: 'When does it open?', final: true }),
];

const answering: Happening[] = [
  ...asked,
  news({ type: 'response-started', responseId: 'r1' }),
  news({ type: 'item-added', itemId: 'a1', previousItemId: 'p1', item: 'assistant' }),
  news({ type: 'assistant-text', itemId: 'a1', delta: 'At nine' }),
  news({ type: 'voice-started', responseId: 'r1' }),
];

const types = (effects: { type: string }[]) => effects.map(({ type }) => type);
const shown = (state: CallState) => snapshotOf(state, 'boot', 1);

describe('a line that is lost in mid-call', () => {
  it('is closed before another is opened, and the microphone stays', () => {
    const { state, last } = play([lost], spokenCallUp());
    expect(shown(state)).toMatchObject({ phase: 'reconnecting', fault: null, microphone: true });
    expect(types(last)).toEqual(['cancel-tools', 'close-session', 'retry']);
    expect(types(play(back(2).slice(0, 1), state).last)).toEqual(['open-session', 'await-live']);
  });

  it('is followed by one that is told what was said, before any sound', () => {
    const { state } = play([...asked, lost], spokenCallUp());
    const { effects, state: after } = play(back(2), state);
    expect(after.phase).toBe('live');
    expect(types(effects)).toEqual(['open-session', 'await-live', 'recall', 'open-uplink', 'ask-answer']);
    expect(effects.find(({ type }) => type === 'recall')).toMatchObject({
      lost: true,
      lines: [{ kind: 'person', text: 'When does it open?' }],
    });
  });

  it('in the middle of an answer: what was written stays, and the answer is asked for again', () => {
    const { state } = play([...answering, lost], spokenCallUp());
    expect(shown(state).lines).toMatchObject([{ text: 'When does it open?' }, { text: 'At nine', state: 'final' }]);
    expect(types(play(back(2), state).effects)).toContain('ask-answer');
  });

  it('when nobody had asked anything: nothing is said by itself', () => {
    const { state } = play([lost], spokenCallUp());
    expect(types(play(back(2), state).effects)).not.toContain('ask-answer');
  });

  it('what is typed meanwhile is sent once, and not told as said', () => {
    const { state } = play([lost, { type: 'say', text: 'And on Sundays?' }], spokenCallUp());
    const { effects } = play(back(2), state);
    expect(effects.filter(({ type }) => type === 'send-text')).toMatchObject([{ text: 'And on Sundays?' }]);
    expect(effects.find(({ type }) => type === 'recall')).toMatchObject({ lines: [] });
  });

  it('what the old line still says means nothing', () => {
    const { state } = play([lost], spokenCallUp());
    const late = play([news({ type: 'assistant-text', itemId: 'a9', delta: 'too late' }), lost], state);
    expect(shown(late.state).lines).toEqual([]);
    expect(late.effects).toEqual([]);
  });

  it('is tried again and again, and ends with the last reason when it does not come back', () => {
    let { state } = play([lost], spokenCallUp());
    let tries = 0;
    while (state.phase === 'reconnecting' && tries < 50) {
      tries += 1;
      const failed: Fault = { code: 'relay-unreachable' };
      const at = 1000 + tries * 4000;
      // Each try takes its time.
      const step = play(
        [
          { type: 'retry', attempt: state.attempt },
          { type: 'session-failed', attempt: state.attempt, fault: failed },
        ],
        { ...state, retries: state.retries && { ...state.retries, lostAt: state.retries.lostAt - at } },
      );
      state = step.state;
    }
    expect(tries).toBeLessThan(50);
    expect(shown(state)).toMatchObject({ phase: 'failed', fault: { code: 'relay-unreachable' } });
  });

  it('again, before it was up: it is closed too, and is one of the tries', () => {
    const { state } = play([lost, ...back(2).slice(0, 2)], spokenCallUp());
    const step = play([{ type: 'news', attempt: 2, news: { type: 'lost', fault: gone } }], state);
    expect(types(step.last)).toEqual(['close-session', 'retry']);
    expect(step.state.retries).toMatchObject({ lostAt: state.retries?.lostAt, count: 1 });
  });

  it('again and again within seconds gets no more than six grants, that of the call among them', () => {
    let { state } = play([lost], spokenCallUp());
    let opened = 0;
    for (; state.phase === 'reconnecting' && opened < 20; opened += 1) {
      state = play(
        [...back(state.attempt), { type: 'news', attempt: state.attempt, news: { type: 'lost', fault: gone } }],
        state,
      ).state;
    }
    expect(opened).toBe(5);
  });

  it('is not tried again when somebody must act first', () => {
    const { state } = play([news({ type: 'lost', fault: { code: 'provider-quota' } })], spokenCallUp());
    expect(shown(state)).toMatchObject({ phase: 'failed', fault: { code: 'provider-quota' } });
  });

  it('can be hung up on at once', () => {
    const { state, last } = play([lost, { type: 'end' }], spokenCallUp());
    expect(state.phase).toBe('ended');
    expect(types(last)).toEqual(['release', 'finished']);
    expect(play(back(2), state).effects).toEqual([]);
  });

  it('before the call had begun ends it, as before', () => {
    const coming = play([{ type: 'start', callId: 'c', plan: plan(), say: null }]).state;
    expect(play([lost], coming).state.phase).toBe('failed');
  });
});
