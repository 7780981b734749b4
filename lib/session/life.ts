/**
 * Is the line alive? Chrome tells of a dead network after 7.5 s, of a dead server after 17.5 s, and of neither when it wakes
 * from sleep (measured). So we go by what arrives: anything from the provider is a sign of life; where none came for a
 * while, it is asked for something that it must answer. Pure. All times are milliseconds of a clock that is never set.
 */

export interface LifePolicy {
  /** So long without a sign, and the provider is asked. */
  quietMs: number;
  /** So long without an answer, and the line is in doubt. */
  doubtMs: number;
  /** So long without an answer, and it is dead. */
  deadMs: number;
  /** A timer that comes so late shows that the machine slept: what is said to be connected may not be. */
  sleptMs: number;
}

/** A dead line is noticed 5.5 s after its last sign, and given up 2.5 s later. */
export const lifePolicy: LifePolicy = { quietMs: 3000, doubtMs: 2500, deadMs: 5000, sleptMs: 2000 };

export interface Life {
  /** The last sign. */
  signAt: number;
  /** When an answer was asked for that has not come; null: none is due. */
  askedAt: number | null;
  /** When the timer should have looked. */
  dueAt: number;
}

export type Verdict = 'alive' | 'doubtful' | 'dead';

export interface Look {
  life: Life;
  verdict: Verdict;
  /** Ask now for something that must be answered. */
  ask: boolean;
  /** Look again after so many milliseconds. */
  againMs: number;
}

export function lifeFrom(at: number): Life {
  return { signAt: at, askedAt: null, dueAt: Infinity };
}

/** Something came from the provider. */
export function sign(life: Life, at: number): Life {
  return { ...life, signAt: at, askedAt: null };
}

/** The network came back, or something else casts doubt on what is believed: the next look asks. */
export function doubt(life: Life): Life {
  return { ...life, signAt: -Infinity };
}

/** The timer looks. A machine that slept has heard nothing meanwhile, and nothing can have answered it: it asks anew. */
export function look(life: Life, at: number, policy: LifePolicy = lifePolicy): Look {
  const slept = at - life.dueAt > policy.sleptMs;
  const askedAt = slept ? null : life.askedAt;
  const mustAsk = askedAt === null && (slept || at - life.signAt >= policy.quietMs);
  const since = mustAsk ? at : askedAt;
  const waited = since === null ? 0 : at - since;
  const verdict = since === null || waited < policy.doubtMs ? 'alive' : waited < policy.deadMs ? 'doubtful' : 'dead';
  const next =
    since === null ? life.signAt + policy.quietMs : since + (verdict === 'alive' ? policy.doubtMs : policy.deadMs);
  const againMs = Math.max(next - at, 50);
  return { life: { ...life, askedAt: since, dueAt: at + againMs }, verdict, ask: mustAsk, againMs };
}
