import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Steadiness } from '../../../lib/transport/steadiness.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function network() {
  const told: boolean[] = [];
  const state = { backlog: 0 };
  const steadiness = new Steadiness(
    () => state.backlog,
    (steady) => told.push(steady),
  );
  return { told, state, steadiness };
}

describe('a network that does not keep up', () => {
  it('is told of once, and so is its recovery, though nothing is sent any more', () => {
    const { told, state, steadiness } = network();
    state.backlog = 300 * 1024;
    steadiness.look();
    expect(told).toEqual([]);
    vi.advanceTimersByTime(3000);
    expect(told).toEqual([false]);
    state.backlog = 0;
    vi.advanceTimersByTime(1000);
    expect(told).toEqual([false, true]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is not one that is handed much at once', () => {
    const { told, state, steadiness } = network();
    state.backlog = 2 * 1024 * 1024;
    steadiness.look();
    vi.advanceTimersByTime(500);
    state.backlog = 0;
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([]);
  });

  it('is not looked at when the line is closed', () => {
    const { told, state, steadiness } = network();
    state.backlog = 300 * 1024;
    steadiness.look();
    steadiness.close();
    vi.advanceTimersByTime(5000);
    expect(told).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
