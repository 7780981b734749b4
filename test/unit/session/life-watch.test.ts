import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LifeWatch } from '../../../lib/session/life-watch.ts';
import type { Verdict } from '../../../lib/session/life.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** `heardAgoMs`: what the browser knows of packets; `answers`: the provider says at once that it is there. */
function watching({ heardAgoMs = null as number | null, answers = true } = {}) {
  const asked: number[] = [];
  const verdicts: Verdict[] = [];
  const line = { heardAgoMs, answers };
  const watch = new LifeWatch({
    ask() {
      asked.push(Date.now());
      if (line.answers) queueMicrotask(() => watch.said(true));
    },
    heardAgoMs: async () => line.heardAgoMs,
    verdict: (verdict) => void verdicts.push(verdict),
  });
  watch.start();
  return { watch, asked, verdicts, line };
}

describe('the watch over a line', () => {
  it('asks nothing as long as sound arrives', async () => {
    const { watch, asked, verdicts } = watching({ heardAgoMs: 20 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect([asked, verdicts]).toEqual([[], []]);
    watch.close();
  });

  it('asks where nothing arrives, and is content with the answers', async () => {
    const { watch, asked, verdicts } = watching();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked.length).toBeGreaterThan(3);
    expect(verdicts).toEqual([]);
    watch.close();
  });

  it('doubts when nobody answers, and gives up', async () => {
    const { watch, verdicts } = watching({ answers: false });
    await vi.advanceTimersByTimeAsync(9000);
    expect(verdicts).toEqual(['doubtful', 'dead']);
    watch.close();
  });

  it('doubts behind a sleep until it was answered, though packets are there', async () => {
    const { watch, asked, verdicts, line } = watching({ heardAgoMs: 20, answers: false });
    await vi.advanceTimersByTimeAsync(2000);
    // Nothing runs meanwhile; the clock on the wall does.
    vi.setSystemTime(Date.now() + 45_000);
    await vi.advanceTimersByTimeAsync(1000);
    expect(verdicts).toEqual(['doubtful']);
    expect(asked.length).toBe(1);
    watch.said(false);
    expect(verdicts).toEqual(['doubtful']);
    line.answers = true;
    watch.said(true);
    expect(verdicts).toEqual(['doubtful', 'alive']);
    watch.close();
  });

  it('doubts when there is another network', async () => {
    const network = new EventTarget();
    vi.stubGlobal('addEventListener', network.addEventListener.bind(network));
    const { watch, asked, verdicts } = watching();
    network.dispatchEvent(new Event('online'));
    await vi.advanceTimersByTimeAsync(10);
    expect(asked.length).toBe(1);
    expect(verdicts).toEqual(['doubtful', 'alive']);
    watch.close();
    network.dispatchEvent(new Event('online'));
    expect(asked.length).toBe(1);
    vi.unstubAllGlobals();
  });
});
