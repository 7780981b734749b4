import { describe, expect, it } from 'vitest';
import type { CallEvent } from '../../../lib/call/events.ts';
import { idleFrom, idleState, type Idle, type IdlePolicy } from '../../../lib/call/idle.ts';
import { idleOn } from '../../../lib/call/idle-signs.ts';
import { noFacts, type Facts } from '../../../lib/call/state.ts';
import type { News } from '../../../lib/session/news.ts';

const policy: IdlePolicy = { afterMs: 180_000, warningMs: 30_000 };
const news = (told: News): CallEvent => ({ type: 'news', attempt: 1, at: 0, news: told });

/** What happened, in seconds, and what was true after it. */
function call(...happened: [atS: number, event: CallEvent, facts?: Partial<Facts>][]): Idle {
  return happened.reduce(
    (idle, [atS, event, facts]) => idleOn(idle, event, { ...noFacts, ...facts }, atS * 1000),
    idleFrom(0),
  );
}
const at = (idle: Idle, seconds: number) => idleState(idle, seconds * 1000, policy).what;

describe('a call', () => {
  it('is in use when somebody is understood, types or presses', () => {
    const signs: CallEvent[] = [
      news({ type: 'person-text', itemId: 'a', text: 'And', final: false }),
      { type: 'say', text: 'And?', at: 0 },
      { type: 'mute', muted: true, at: 0 },
      { type: 'stop-answer', at: 0 },
      { type: 'talk-begin', at: 0 },
    ];
    for (const sign of signs) expect(at(call([100, sign]), 200)).toBe('alive');
  });

  it('is not in use because something is heard', () => {
    const signs: CallEvent[] = [
      news({ type: 'person-started', itemId: 'a' }),
      news({ type: 'person-stopped', itemId: 'a' }),
      news({ type: 'person-committed', itemId: 'a' }),
      news({ type: 'person-text', itemId: 'a', text: ' … ', final: true }),
      news({ type: 'person-unheard', itemId: 'a' }),
      news({ type: 'input-empty' }),
      { type: 'barge-in', at: 0 },
      { type: 'frames', flowing: true, at: 0 },
    ];
    for (const sign of signs) expect(at(call([170, sign]), 180)).toBe('end');
  });

  it('is in use while it answers or reads, and for a while after', () => {
    const asked: [number, CallEvent] = [10, { type: 'say', text: 'Read it to me', at: 0 }];
    const reading: [number, CallEvent, Partial<Facts>] = [
      12,
      news({ type: 'tool-call', itemId: 't', callId: 'c', name: 'read_page', argumentsText: '{}' }),
      { tools: ['c'] },
    ];
    const speaking: [number, CallEvent, Partial<Facts>] = [
      14,
      news({ type: 'voice-started', responseId: 'r' }),
      { playing: true, responding: true },
    ];
    expect(at(call(asked, reading), 500)).toBe('alive');
    expect(at(call(asked, reading, speaking), 900)).toBe('alive');
    const over = call(asked, reading, speaking, [
      900,
      news({ type: 'voice-stopped', responseId: 'r', cleared: false }),
    ]);
    expect([at(over, 1000), at(over, 1060), at(over, 1080)]).toEqual(['alive', 'warn', 'end']);
  });

  it('that a radio keeps talking to comes to its end', () => {
    const turns = Array.from({ length: 40 }, (_, index): [number, CallEvent, Partial<Facts>?][] => [
      [index * 15, news({ type: 'person-started', itemId: `${index}` })],
      [index * 15 + 5, news({ type: 'response-started', responseId: `${index}` }), { responding: true }],
      [index * 15 + 8, news({ type: 'person-unheard', itemId: `${index}` })],
    ]);
    expect(at(call(...turns.flat()), 600)).toBe('end');
  });
});
