import { afterEach, describe, expect, it, vi } from 'vitest';
import { createHost } from '../../../lib/host/answer-commands.ts';
import { createPastCalls } from '../../../lib/host/past-calls.ts';
import { idleSnapshot, type Line, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { CallText } from '../../../lib/storage/calls/read.ts';
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

const kept: Record<string, CallText> = {
  old: { call: { endedAt: 3 } as CallText['call'], lines, skipped: 0 },
  damaged: { call: { endedAt: 3 } as CallText['call'], lines: [], skipped: 2 },
};

function keeping(change: Partial<Recorder> = {}) {
  const record = vi.fn<Recorder['record']>();
  const read = async (id: string) => kept[id] ?? null;
  return { record, past: createPastCalls({ record, flush: async () => undefined, ...change }, read) };
}

describe('past calls', () => {
  it('get the open call as it is, with the very lines it has', () => {
    const { record, past } = keeping();
    past.keep(live);
    const [facts, written] = record.mock.lastCall!;
    expect(facts).toEqual({
      id: 'c',
      startedAt: 4,
      goesOn: false,
      provider: 'openai',
      model: 'm',
      usage: { inputTokens: 0, outputTokens: 0 },
      usd: 0.04,
    });
    // What did not change is not written again.
    expect(written[0]).toBe(lines[0]);
  });

  it.each([
    ['is nothing while nothing was spent', null, 0],
    ['is not known when a part of it is not', { ...money, partial: true }, null],
  ])('get a cost that %s', (_, given, usd) => {
    const { record, past } = keeping();
    past.keep({ ...live, money: given });
    expect(record.mock.lastCall?.[0].usd).toBe(usd);
  });

  it('get only what is new of a call that goes on', () => {
    const { record, past } = keeping();
    const next: Line = { kind: 'person', id: 'q', at: 6, text: 'And now?', state: 'final', typed: true };
    past.keep({ ...live, lines: [...lines, next], earlierLines: 1 });
    expect(record.mock.lastCall).toMatchObject([{ id: 'c', goesOn: true }, [next]]);
  });

  it('hand out one to go on with, once the last words of it are kept', async () => {
    const order: string[] = [];
    const { past } = keeping({ flush: async () => void order.push('kept') });
    expect(await past.earlier('old')).toEqual({ callId: 'old', at: 3, lines });
    expect(order).toEqual(['kept']);
  });

  it.each(['gone', 'damaged'])('hand out none that is %s, and say so', async (id) => {
    const { past } = keeping();
    await expect(past.earlier(id)).rejects.toMatchObject({ fault: { code: 'past-call-unread' } });
  });

  it.each(['gone', 'damaged', 'old'])(
    'go on with what is still shown of one that is %s, where that is more',
    async (id) => {
      const { past } = keeping();
      const next: Line = { kind: 'person', id: 'q', at: 6, text: 'And now?', state: 'final', typed: true };
      const shown = [...lines, next];
      expect(await past.earlier(id, shown)).toMatchObject({ callId: id, lines: shown });
    },
  );

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
    const retiring = createHost({ call: over, past, sample: {} as never, log: { lines: () => [] } })
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
