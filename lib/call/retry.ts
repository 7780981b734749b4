/**
 * When a line that was lost is tried again, and when no longer. Delays have full jitter, so that many who lost the same
 * provider do not come back at the same moment. Pure.
 */
import type { Fault, FaultCode } from '../protocol/faults.ts';

/**
 * Upper ends of the delays between the beginnings of two tries, milliseconds; the first is at once. Six fill the time until
 * we give up. A try waits for a relay that is away, so that its return is noticed soon.
 */
const delaysMs = [0, 500, 2000, 6000, 12_000, 20_000];
/** From the loss on; then the call ends and can be gone on with. */
export const giveUpMs = 45_000;
/** Grants within a minute, whatever happens. A try looks first whether the relay is there, and asks up to 7 s after it began. */
const grantsPerMinute = 6;
const minuteMs = 67_000;

/** Trying again cannot help: somebody must act first. */
const final = new Set<FaultCode>([
  'consent-needed',
  'relay-unset',
  'relay-refused',
  'relay-origin',
  'relay-cap',
  'relay-moderated',
  'relay-rejected',
  'provider-refused',
  'provider-quota',
]);

export interface Retries {
  /** When the line was lost. */
  lostAt: number;
  /** Tries since then. */
  count: number;
  /** When the last of them began. */
  triedAt: number;
  /** When grants were asked for, in the last minute. */
  grantsAt: number[];
}

/** `grantsAt`: those that were asked for before, also for the call itself. */
export function retriesFrom(lostAt: number, grantsAt: number[] = []): Retries {
  return { lostAt, count: 0, triedAt: lostAt, grantsAt };
}

/** Milliseconds, both ends of a span out of which chance takes one. */
export interface Wait {
  leastMs: number;
  mostMs: number;
  /** Until we give up. */
  leftMs: number;
}

/** How long to wait before the next try, or null: it is over. */
export function nextTry(retries: Retries, fault: Fault, at: number): Wait | null {
  if (final.has(fault.code) || fault.code.startsWith('microphone-')) return null;
  const asked = (fault.retryAfterS ?? 0) * 1000;
  const leastMs = Math.max(asked, untilGrantAllowed(retries.grantsAt, at));
  const leftMs = retries.lostAt + giveUpMs - at;
  if (leftMs <= 0 || leastMs > leftMs) return null;
  const delay = delaysMs[Math.min(retries.count, delaysMs.length - 1)] ?? 0;
  // A try that took its time was a delay.
  const mostMs = Math.min(Math.max(leastMs, delay - (at - retries.triedAt)), leftMs);
  return { leastMs, mostMs, leftMs };
}

export function tried(retries: Retries, at: number): Retries {
  return {
    ...retries,
    count: retries.count + 1,
    triedAt: at,
    grantsAt: [...retries.grantsAt.filter((each) => at - each < minuteMs), at],
  };
}

function untilGrantAllowed(grantsAt: number[], at: number): number {
  const recent = grantsAt.filter((each) => at - each < minuteMs);
  const oldest = recent[recent.length - grantsPerMinute];
  return oldest === undefined ? 0 : oldest + minuteMs - at;
}

/** How often, and for how long, a call that has not begun is tried again where the other side is only busy or away. */
const mostBegins = 3;
const beginMs = 10_000;
const passing = new Set<FaultCode>(['relay-unreachable', 'relay-limit', 'provider-busy', 'provider-unreachable']);

/** As `nextTry`, for a call that is coming up since `lostAt`. Who must wait longer than that is told so. */
export function nextBegin(retries: Retries, fault: Fault, at: number): Wait | null {
  const asked = fault.retryAfterS === undefined ? null : fault.retryAfterS * 1000;
  const limited = fault.code === 'relay-limit' && (asked === null || retries.count > 0);
  const leastMs = asked ?? 250;
  const isLate = at + leastMs > retries.lostAt + beginMs;
  if (!passing.has(fault.code) || limited || isLate || retries.count >= mostBegins - 1) return null;
  return { leastMs, mostMs: leastMs + 500 * 2 ** retries.count, leftMs: retries.lostAt + beginMs - at };
}
