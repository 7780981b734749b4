import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { keepRunning } from '../../../lib/audio/keep-running.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A context whose `resume` helps at the given try, or never. */
function setTheStage(helpsAt: number | null) {
  const context = Object.assign(new EventTarget(), {
    state: 'running',
    tries: 0,
    async resume() {
      context.tries += 1;
      if (context.tries === helpsAt) context.becomes('running');
    },
    becomes(state: string) {
      context.state = state;
      context.dispatchEvent(new Event('statechange'));
    },
  });
  const stopped = vi.fn();
  const letBe = keepRunning(context as unknown as AudioContext, stopped);
  return { context, stopped, letBe };
}

describe('a sound context that the browser halts', () => {
  it.each([1, 3])('is woken, at try %i', async (helpsAt) => {
    const { context, stopped } = setTheStage(helpsAt);
    context.becomes('suspended');
    await vi.advanceTimersByTimeAsync(5000);
    expect([context.state, context.tries]).toEqual(['running', helpsAt]);
    expect(stopped).not.toHaveBeenCalled();
  });

  it('is given up after three tries, and once', async () => {
    const { context, stopped } = setTheStage(null);
    context.becomes('suspended');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(context.tries).toBe(3);
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('is given up at once when it is closed', () => {
    const { context, stopped } = setTheStage(null);
    context.becomes('closed');
    expect(context.tries).toBe(0);
    expect(stopped).toHaveBeenCalledOnce();
  });

  it('is let be when it is not needed any more', async () => {
    const { context, stopped, letBe } = setTheStage(null);
    context.becomes('suspended');
    letBe();
    context.becomes('closed');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(stopped).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });
});
