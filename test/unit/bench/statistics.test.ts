import { describe, expect, it } from 'vitest';
import { audibleSpan, lateness, lost, percentile } from '../../bench/statistics.ts';

describe('A percentile', () => {
  it('is one of the values, by nearest rank', () => {
    const hundred = Array.from({ length: 100 }, (_none, index) => 100 - index);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.95)).toBe(95);
    expect(percentile(hundred, 1)).toBe(100);
    expect(percentile([7], 0.01)).toBe(7);
  });

  it('of nothing is not a number', () => {
    expect(percentile([], 0.5)).toBeNaN();
  });
});

/** A packet each 20 ms, `delays` ms late, counted from just below where both numbers wrap. */
function stream(delays: readonly number[], rate = 1) {
  return delays.map((delay, index) => ({
    at: 5000 + index * 20 * rate + delay,
    sequence: (65_530 + index) % 65_536,
    timestamp: (2 ** 32 - 2000 + index * 960) % 2 ** 32,
  }));
}

describe('Lateness', () => {
  it('is counted from the most punctual packet, across the wrap of the timestamp', () => {
    expect(lateness(stream([3, 2, 7, 2, 12])).map(Math.round)).toEqual([1, 0, 5, 0, 10]);
  });

  it('does not grow with the drift of two clocks', () => {
    const minutes = stream(
      Array.from({ length: 15_000 }, () => 0),
      1.00005,
    );
    expect(Math.max(...lateness(minutes))).toBeLessThan(2);
    expect(Math.max(...lateness(minutes, 1e9))).toBeGreaterThan(14);
  });

  it('of nothing is nothing', () => {
    expect(lateness([])).toEqual([]);
  });
});

describe('Loss', () => {
  it('is what is missing in the sequence, across its wrap', () => {
    const packets = stream(Array.from({ length: 20 }, () => 0));
    expect(lost(packets)).toBe(0);
    expect(lost(packets.filter((_packet, index) => index !== 5 && index !== 12))).toBe(2);
  });

  it('is not disorder, nor what came twice', () => {
    const [first, second, third, ...rest] = stream(Array.from({ length: 20 }, () => 0));
    expect(lost([second!, first!, third!, third!, ...rest])).toBe(0);
  });
});

describe('The audible span', () => {
  it('leaves out the silence around it, and a click', () => {
    const samples = new Int16Array(24_000);
    samples.fill(5000, 2400, 12_000);
    samples[20_000] = 6000;
    expect(audibleSpan(samples, 24_000, 0.01)).toEqual({ startMs: 100, endMs: 500 });
  });

  it('of silence is null', () => {
    expect(audibleSpan(new Int16Array(1000).fill(20), 24_000, 0.01)).toBeNull();
  });
});
