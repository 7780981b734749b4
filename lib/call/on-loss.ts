/**
 * The line is lost in mid-call: the call stays, and another line is opened that is told what was said. What is said
 * meanwhile waits in the ear's ring. Part of the machine, and as pure.
 */
import type { Fault } from '../protocol/faults.ts';
import { outputOf } from './answers.ts';
import type { CallEvent, Effect } from './events.ts';
import { over } from './over.ts';
import { giveUpMs, nextBegin, nextTry, retriesFrom, tried, type Retries } from './retry.ts';
import { comesUp, noFacts, stay, type CallState, type Step } from './state.ts';
import { linesOf, settle } from './transcript.ts';

/** A wait that is worth a word, milliseconds. */
const longWaitMs = 3000;
/** To come up. The parts have shorter deadlines of their own; this one catches what they miss. */
export const liveWithinMs = 25_000;

/** The old line is closed before another opens: two would speak at once. */
export function lose(state: CallState, at: number, fault: Fault): Step {
  const { facts } = state;
  const owed = (facts.awaiting || facts.responding || facts.tools.length > 0) && !facts.unwanted && !facts.cutting;
  const lost: CallState = {
    ...state,
    phase: 'reconnecting',
    facts: { ...noFacts, frames: facts.frames, held: facts.held },
    transcript: settle(state.transcript),
    unsentBrief: null,
    renewal: null,
    owed: state.owed || owed,
    endsIdleAt: null,
  };
  const cleared: Effect[] = [{ type: 'cancel-tools' }, { type: 'close-session' }];
  // The call itself has had one.
  const grantsAt = state.retries?.grantsAt ?? [state.startedAt ?? at];
  const step = again(lost, at, fault, retriesFrom(at, grantsAt));
  return { state: step.state, effects: [...cleared, ...step.effects] };
}

/** A try has failed. */
export function tryFailed(state: CallState, at: number, fault: Fault): Step {
  const step = again(state, at, fault, state.retries ?? retriesFrom(at));
  return { state: step.state, effects: [{ type: 'close-session' }, ...step.effects] };
}

function again(state: CallState, at: number, fault: Fault, retries: Retries): Step {
  const wait = nextTry(retries, fault, at);
  // A session that is only renewed was not lost, and comes back before anybody could read so.
  const isRenewed = fault.code === 'session-expired' && retries.count === 0;
  const triesAt = wait && wait.leastMs >= longWaitMs ? at + wait.leastMs : null;
  const away = isRenewed ? null : { since: retries.lostAt, triesAt };
  if (!wait) return over({ ...state, away: retries.count > 0 ? away : null }, at, { phase: 'failed', fault });
  const attempt = state.attempt + 1;
  return {
    state: { ...state, attempt, retries, away, sessionOpen: false, ready: false },
    effects: [{ type: 'retry', attempt, ...wait }],
  };
}

/**
 * A call that comes up meets somebody who is busy, or away for a moment. The same attempt goes on, so that the microphone
 * which is being opened still counts, and so does the deadline. Null: trying again is of no use.
 */
export function beginAgain(state: CallState, at: number, fault: Fault): Step | null {
  const retries = state.retries ?? retriesFrom(at);
  const wait = state.phase === 'connecting' ? nextBegin(retries, fault, at) : null;
  if (!wait) return null;
  const { attempt } = state;
  return {
    state: { ...state, retries, sessionOpen: false, ready: false },
    effects: [{ type: 'close-session' }, { type: 'retry', attempt, ...wait }],
  };
}

export function retry(state: CallState, { attempt, at }: Extract<CallEvent, { type: 'retry' }>): Step {
  const { plan, retries } = state;
  if (!comesUp(state) || !plan || !retries) return stay(state);
  const away = state.away && { ...state.away, triesAt: null };
  const effects: Effect[] = [{ type: 'open-session', attempt, plan }];
  if (state.phase === 'reconnecting') {
    const withinMs = Math.min(liveWithinMs, Math.max(0, retries.lostAt + giveUpMs - at));
    effects.push({ type: 'await-live', attempt, withinMs });
  }
  return { state: { ...state, retries: tried(retries, at), away, output: outputOf(plan) }, effects };
}

/** Before any sound and any word: a model knows what came first by the order alone. */
export function recall(state: CallState): Effect[] {
  const { earlier, retries, phase } = state;
  if (phase !== 'reconnecting' || !retries) {
    return earlier ? [{ type: 'recall', lines: earlier.lines, at: earlier.at, lost: false }] : [];
  }
  // What was typed meanwhile is sent as it would have been.
  const unsent = new Set(state.unsent.map(({ itemId }) => itemId));
  const said = linesOf(state.transcript).filter(({ id }) => !unsent.has(id));
  return [{ type: 'recall', lines: [...(earlier?.lines ?? []), ...said], at: retries.lostAt, lost: true }];
}
