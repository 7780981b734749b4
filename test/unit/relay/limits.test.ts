import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLimits } from '../../../relay/limits.ts';
import { generous } from './parts.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

async function waitOf(attempt: Promise<void>): Promise<number | 'passed'> {
  return attempt.then(
    () => 'passed' as const,
    (error: { code: string; extras: { retryAfterS: number } }) => {
      expect(error.code).toBe('rate_limited');
      return error.extras.retryAfterS;
    },
  );
}

describe('limits', () => {
  it('open again when the minute is over', async () => {
    const limits = createLimits({ ...generous, tokenPerMinute: 1 });
    expect(await waitOf(limits.spend('a'))).toBe('passed');
    vi.advanceTimersByTime(20_000);
    expect(await waitOf(limits.spend('a'))).toBe(40);
    vi.advanceTimersByTime(40_001);
    expect(await waitOf(limits.spend('a'))).toBe('passed');
  });

  it('count each device for itself, and by the hour too', async () => {
    const limits = createLimits({ ...generous, tokenPerHour: 1 });
    expect(await waitOf(limits.spend('a'))).toBe('passed');
    expect(await waitOf(limits.spend('b'))).toBe('passed');
    vi.advanceTimersByTime(120_000);
    expect(await waitOf(limits.spend('a'))).toBe(3480);
  });

  it('stop everybody together at the global number', async () => {
    const limits = createLimits({ ...generous, globalPerMinute: 2 });
    await limits.spend('a');
    await limits.spend('b');
    expect(await waitOf(limits.spend('c'))).toBe(60);
  });

  it('count sockets as they count grants, and apart from them', async () => {
    const limits = createLimits({ ...generous, tokenPerMinute: 1 });
    expect(await waitOf(limits.spend('a'))).toBe('passed');
    expect(await waitOf(limits.connect('a'))).toBe('passed');
    expect(await waitOf(limits.connect('a'))).toBe(60);
    expect(await waitOf(limits.connect('b'))).toBe('passed');
  });

  it('count requests by address', async () => {
    const limits = createLimits({ ...generous, addressPerMinute: 1 });
    await limits.arrive('192.0.2.1');
    expect(await waitOf(limits.arrive('192.0.2.1'))).toBe(60);
    expect(await waitOf(limits.arrive('192.0.2.2'))).toBe('passed');
  });

  it('block an address for the whole time after too many wrong tokens', async () => {
    const limits = createLimits({ ...generous, failedAuthPerMinute: 2, failedAuthBlockS: 900 });
    await limits.failed('192.0.2.1');
    expect(await waitOf(limits.arrive('192.0.2.1'))).toBe('passed');
    await limits.failed('192.0.2.1');
    expect(await waitOf(limits.arrive('192.0.2.1'))).toBe(900);
    expect(await waitOf(limits.arrive('192.0.2.2'))).toBe('passed');
    vi.advanceTimersByTime(899_000);
    expect(await waitOf(limits.arrive('192.0.2.1'))).toBe(1);
    vi.advanceTimersByTime(1001);
    expect(await waitOf(limits.arrive('192.0.2.1'))).toBe('passed');
  });
});
