/**
 * When a call that was forgotten hangs up. What counts is what a person means: words, keys, typing. Noise never counts,
 * however loud; and the assistant's voice counts only where a person led to it, or a call in which noise makes it say
 * "Are you there?" would never end. Pure. All times are milliseconds of a clock that is never set, as `performance.now`.
 */

export type Sign =
  /** Words were made out, or typed; or something was pressed in a view, on the page, on the keyboard. */
  | 'person'
  /** We hear for sure that somebody speaks into a turn of their own (tap, hold), which is written down only at its end. */
  | 'voice-in-own-turn'
  /** An answer sounds or a tool works, from now on; and no more. */
  | 'busy'
  | 'at-rest'
  /** The warning was given. */
  | 'warned'
  /** Frames, speech that nobody made out, empty turns. */
  | 'noise';

export interface Idle {
  /** The last thing that counted. */
  since: number;
  busy: boolean;
  /** Answers since the person last did something. */
  alone: number;
  /** And nobody has answered the warning: from here on only a person counts, and not its own sound. */
  warned: boolean;
}

/** `afterMs`: null never hangs up. The warning comes `warningMs` before the end. */
export interface IdlePolicy {
  afterMs: number | null;
  warningMs: number;
}

export const idlePolicy: IdlePolicy = { afterMs: 180_000, warningMs: 30_000 };

/** A question leads to an answer, and each tool to one more. */
const answersThatCount = 4;

export function idleFrom(at: number): Idle {
  return { since: at, busy: false, alone: 0, warned: false };
}

export function idleAfter(idle: Idle, sign: Sign, at: number): Idle {
  switch (sign) {
    case 'person':
    case 'voice-in-own-turn':
      return { ...idle, since: at, alone: 0, warned: false };
    case 'busy':
      return idle.busy ? idle : { ...idle, busy: true, alone: idle.alone + 1 };
    case 'at-rest':
      return idle.busy ? { ...idle, busy: false, since: answerCounts(idle) ? at : idle.since } : idle;
    case 'warned':
      return { ...idle, warned: true };
    case 'noise':
      return idle;
  }
}

export interface IdleState {
  what: 'alive' | 'warn' | 'end';
  /** Look again after so many milliseconds, or after the next sign; null: only after a sign. */
  againMs: number | null;
}

export function idleState(idle: Idle, at: number, { afterMs, warningMs }: IdlePolicy = idlePolicy): IdleState {
  if (afterMs === null || (idle.busy && answerCounts(idle))) return { what: 'alive', againMs: null };
  const quiet = at - idle.since;
  const warnAfter = Math.max(0, afterMs - warningMs);
  if (quiet < warnAfter) return { what: 'alive', againMs: warnAfter - quiet };
  if (quiet < afterMs) return { what: 'warn', againMs: afterMs - quiet };
  return { what: 'end', againMs: null };
}

function answerCounts({ alone, warned }: Idle): boolean {
  return alone <= answersThatCount && !warned;
}
