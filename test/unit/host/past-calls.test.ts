import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../../../lib/host/answer-commands.ts';
import { createPastCalls } from '../../../lib/host/past-calls.ts';
import { idleSnapshot, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { Recorder } from '../../../lib/storage/calls/recorder.ts';

afterEach(() => void vi.useRealTimers());

const lines: Line[] = [{ kind: 'person', id: 'p', at: 5, text: 'Hello', state: 'final', typed: false }];
const money = { call: 0.04, today: 1, month: 2, partial: false, level: 'below' } as const;
const live: Snapshot = {
  ...idleSnapshot,
  phase: 'live',
  callId: 'c',
  startedAt: 4,
  provider: 'openai',
  model: 'm',
  lines,
  money,
};

function keeping(change: Partial<Recorder> = {}) {
  const record = vi.fn<Recorder['record']>();
  return { record, past: createPastCalls({ record, flush: async () => undefined, ...change }) };
}

describe('past calls', () => {
  it('get the open call as it is, with the very lines it has', () => {
    const { record, past } = keeping();
    past.keep(live);
    const [facts, kept] = record.mock.lastCall!;
    expect(facts).toEqual({
      id: 'c',
      startedAt: 4,
      provider: 'openai',
      model: 'm',
      usage: { inputTokens: 0, outputTokens: 0 },
      usd: 0.04,
    });
    // What did not change is not written again.
    expect(kept).toBe(lines);
  });

  it.each([
    ['is nothing while nothing was spent', null, 0],
    ['is not known when a part of it is not', { ...money, partial: true }, null],
  ])('get a cost that %s', (_, given, usd) => {
    const { record, past } = keeping();
    past.keep({ ...live, money: given });
    expect(record.mock.lastCall?.[0].usd).toBe(usd);
  });

  it('have nothing of a host in which no call began', () => {
    const { record, past } = keeping();
    past.keep(idleSnapshot);
    expect(record).not.toHaveBeenCalled();
  });
});

describe('the end of a call', () => {
  const over = { isOver: async () => true } as never;

  it('is not the end of its document before its last words are kept', async () => {
    const flushed = Promise.withResolvers<void>();
    const { past } = keeping({ flush: () => flushed.promise });
    let retired: unknown;
    const retiring = createHost(over, past)
      .answer({ type: 'retire' })
      .then((answer) => (retired = answer));
    await Promise.resolve();
    expect(retired).toBeUndefined();
    flushed.resolve();
    await retiring;
    expect(retired).toBe(true);
  });

  it('does not wait for a database that never answers', async () => {
    vi.useFakeTimers();
    const { past } = keeping({ flush: () => new Promise(() => undefined) });
    const settled = past.settled();
    await vi.advanceTimersByTimeAsync(2000);
    await settled;
    expect(vi.getTimerCount()).toBe(0);
  });
});
