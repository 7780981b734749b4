/** A kept call that is taken up again. */
import { describe, expect, it } from 'vitest';
import type { Effect } from '../../../lib/call/events.ts';
import { snapshotOf } from '../../../lib/call/snapshot-of.ts';
import type { Earlier } from '../../../lib/call/state.ts';
import { newsOf } from '../../../lib/session/events-to-news.ts';
import { news, plan, play, type Happening } from './play.ts';

const earlier: Earlier = {
  callId: 'kept',
  at: 5,
  lines: [
    { kind: 'person', id: 'p', at: 3, text: 'How high is it?', state: 'final', typed: false },
    { kind: 'assistant', id: 'a', at: 4, text: 'It is', state: 'streaming' },
  ],
};
const start = (say: string | null = null, change = {}): Happening => ({
  type: 'start',
  callId: 'part-2',
  plan: plan(change),
  say,
  earlier,
});
const open: Happening = {
  type: 'session-open',
  attempt: 1,
  provider: 'openai',
  model: 'gpt-realtime-2.1',
  transport: 'webrtc',
  reason: null,
};
const ready = news({ type: 'ready', expiresAt: null });
const typesOf = (effects: Effect[]) => effects.map(({ type }) => type);

describe('a call that goes on with a kept one', () => {
  it('has its name and its lines from the start, settled, and the new ones behind them', () => {
    const { state } = play([start('And how old?', { microphone: false })]);
    const shown = snapshotOf(state, 'boot', 1);
    expect(shown).toMatchObject({ callId: 'kept', earlierLines: 2 });
    expect(shown.lines).toMatchObject([
      { text: 'How high is it?' },
      { text: 'It is', state: 'final' },
      { text: 'And how old?', typed: true },
    ]);
  });

  it('tells what was said before any sound and any word goes out', () => {
    const spoken = play([start(), { type: 'microphone-open', attempt: 1 }, open]).last;
    expect(typesOf(spoken)).toEqual(['recall', 'open-uplink']);
    const typed = play([start('And how old?', { microphone: false }), ready, open]).last;
    expect(typesOf(typed)).toEqual(['recall', 'send-text']);
  });

  it('tells it again on another line, when the first was closed to ask for the microphone', () => {
    const { effects } = play([
      start(),
      open,
      { type: 'microphone-needed', attempt: 1 },
      { type: 'permission', answer: 'granted' },
      { ...open, attempt: 3 } as Happening,
    ]);
    expect(typesOf(effects).filter((type) => type === 'recall')).toHaveLength(2);
  });

  it('shows nothing twice when the provider takes up what it was told', () => {
    const echo = (role: string) =>
      newsOf({
        type: 'conversation.item.added',
        item: { type: 'message', id: `past_${role}`, role },
        previous_item_id: null,
      }).map(news);
    const { state } = play([
      start(),
      { type: 'microphone-open', attempt: 1 },
      open,
      ready,
      ...echo('user'),
      ...echo('assistant'),
    ]);
    expect(snapshotOf(state, 'boot', 1).lines).toHaveLength(2);
  });

  it('books its own money, and its limit counts that alone', () => {
    const { effects } = play([start(), open]);
    expect(effects).toContainEqual({ type: 'book', callId: 'part-2', usd: 0 });
  });

  it('is nothing to the next call', () => {
    const { state } = play([start(), { type: 'end' }, { type: 'start', callId: 'c', plan: plan(), say: null }]);
    expect(snapshotOf(state, 'boot', 1)).toMatchObject({ callId: 'c', earlierLines: 0, lines: [] });
  });
});

describe('a call that is not kept', () => {
  it('says why, until it is kept again or another begins', () => {
    const full = play([start(), { type: 'keeping', trouble: 'full' }]).state;
    expect(snapshotOf(full, 'boot', 1).keepTrouble).toBe('full');
    expect(play([{ type: 'keeping', trouble: null }], full).state.keepTrouble).toBeNull();
    expect(play([{ type: 'end' }, start()], full).state.keepTrouble).toBeNull();
  });
});
