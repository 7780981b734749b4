import { describe, expect, it } from 'vitest';
import { giveUpMs, nextTry, retriesFrom, tried } from '../../../lib/call/retry.ts';
import { faultCodes, type FaultCode } from '../../../lib/protocol/faults.ts';

const lost = { code: 'connection-lost' } as const;

/** Each try fails after `failsAfterMs`. Times of the tries. */
function tries(failsAfterMs: number, random: number, fault: Parameters<typeof nextTry>[1] = lost): number[] {
  const times: number[] = [];
  let retries = retriesFrom(0);
  for (let at = 0; ;) {
    const wait = nextTry(retries, fault, at);
    if (wait === null) return times;
    at += wait.leastMs + random * (wait.mostMs - wait.leastMs);
    times.push(at);
    retries = tried(retries, at);
    at += failsAfterMs;
  }
}

describe('a lost line', () => {
  it('is tried again at once, then after longer and longer', () => {
    expect(tries(100, 1).slice(0, 5)).toEqual([0, 500, 2500, 8500, 20_500]);
  });

  it('is never tried after 45 s, and never more than six times a minute', () => {
    for (const random of [0, 0.3, 1]) {
      const times = tries(10, random);
      expect(times.length).toBeLessThanOrEqual(6);
      expect(times.at(-1)).toBeLessThanOrEqual(giveUpMs);
    }
  });

  it('is tried again at once behind a try that took long itself', () => {
    const retries = tried(tried(retriesFrom(0), 0), 1000);
    expect(nextTry(retries, lost, 9000)).toMatchObject({ leastMs: 0, mostMs: 0, leftMs: 36_000 });
  });

  it('counts the tries of a loss shortly before', () => {
    let retries = retriesFrom(0);
    for (let at = 0; at < 6; at += 1) retries = tried(retries, at);
    expect(nextTry(retriesFrom(30_000, retries.grantsAt), lost, 30_000)?.leastMs).toBe(37_000);
  });

  it('waits as long as it is told, or ends at once where that is too long', () => {
    expect(nextTry(retriesFrom(0), { code: 'relay-limit', retryAfterS: 20 }, 0)).toEqual({
      leastMs: 20_000,
      mostMs: 20_000,
      leftMs: 45_000,
    });
    expect(nextTry(retriesFrom(0), { code: 'relay-limit', retryAfterS: 50 }, 0)).toBeNull();
  });

  const final = new Set<FaultCode>([
    'consent-needed',
    'microphone-needed',
    'microphone-denied',
    'microphone-dismissed',
    'microphone-missing',
    'microphone-busy',
    'relay-unset',
    'relay-refused',
    'relay-origin',
    'relay-cap',
    'relay-moderated',
    'relay-rejected',
    'provider-refused',
    'provider-quota',
  ]);

  it.each(faultCodes)('after %s is tried again, or not where somebody must act first', (code) => {
    expect(nextTry(retriesFrom(0), { code }, 0) === null).toBe(final.has(code));
  });
});
