/**
 * Is the line alive? Chrome tells of a dead network after 7.5 s, of a dead server after 17.5 s, and of neither when it wakes
 * from sleep (measured). So we go by what arrives: anything from the far end is a sign of life; where none came for a
 * while, the provider is asked for something that it must answer. Pure. All times are milliseconds of a clock that is
 * never set.
 */

/** So long without a sign, and the provider is asked. A quiet WebRTC line has a report on our sound every 1 to 2.5 s. */
export const quietMs = 2800;
/** Packets show that somebody is there; that it is still the session, only what the provider says. */
const wordlessMs = 20_000;
/** So long without a sign after having asked, and the line is in doubt. */
const doubtMs = 2500;
/** So long, and it is dead: another line can be there 8 s after the last packet. */
const deadMs = 4700;
/** On a line on which packets come, an answer may be lost a few times: it is dead without one for so long. */
const unansweredMs = 20_000;
/** How often it is looked, at least: a machine that slept is found out by a look that comes late. */
const lookMs = 1000;

export interface Life {
  /** The last sign of any kind. */
  signAt: number;
  /** The last thing that the provider said. */
  saidAt: number;
  /** When an answer was asked for that has not come; null: none is due. */
  askedAt: number | null;
  /** What is said to be connected may not be: only the answer shows that it is. */
  doubted: boolean;
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
  return { signAt: at, saidAt: at, askedAt: null, doubted: false };
}

/** The provider said something. `answers`: what it says when it is asked. */
export function said(life: Life, at: number, answers: boolean): Life {
  const isProof = answers || !life.doubted;
  return { signAt: at, saidAt: at, askedAt: isProof ? null : life.askedAt, doubted: !isProof };
}

/** A packet came, whatever was in it. */
export function heard(life: Life, at: number): Life {
  return at > life.signAt ? { ...life, signAt: at } : life;
}

/** The machine slept, the network came back or changed: what was asked before may never have arrived. */
export function doubt(life: Life): Life {
  return { ...life, askedAt: null, doubted: true };
}

export function look(life: Life, at: number): Look {
  const { signAt, saidAt, doubted } = life;
  const ask = life.askedAt === null && (doubted || at - signAt >= quietMs || at - saidAt >= wordlessMs);
  const askedAt = ask ? at : life.askedAt;
  const next = { ...life, askedAt };
  if (askedAt === null) {
    const dueMs = Math.min(signAt + quietMs, saidAt + wordlessMs) - at;
    return { life: next, verdict: 'alive', ask, againMs: Math.min(dueMs, lookMs) };
  }
  const silentMs = at - Math.max(askedAt, signAt);
  const unanswered = at - askedAt;
  const isDead = silentMs >= deadMs || unanswered >= unansweredMs;
  const isDoubtful = doubted || silentMs >= doubtMs || unanswered >= deadMs;
  const dueMs = silentMs < doubtMs ? doubtMs - silentMs : Math.max(deadMs - silentMs, 0);
  return {
    life: next,
    verdict: isDead ? 'dead' : isDoubtful ? 'doubtful' : 'alive',
    ask,
    againMs: Math.min(dueMs, lookMs),
  };
}
