/**
 * A session lives an hour at most: before it ends, at a quiet moment, another takes its place. Part of the machine, and as
 * pure.
 */
import type { CallEvent, Effect } from './events.ts';
import { lose } from './on-loss.ts';
import { stay, type CallState, type Step } from './state.ts';

/** No session lives longer (realtime-protocol 3.15). */
const longestMs = 60 * 60_000;
/** Before the end: from here on a quiet moment is waited for. */
const dueMs = 5 * 60_000;
/** And here it is done in the middle of a word, too. */
const lastMs = 90_000;
/** A session that lives shorter than all that is renewed in the last fifth of its life. */
const duePart = 0.2;

/** For a session that ends at `expiresAt` (unix seconds), from `at` (unix milliseconds) on. */
export function awaitRenewal(expiresAt: number | null, attempt: number, at: number): Effect[] {
  if (expiresAt === null) return [];
  const said = expiresAt * 1000 - at;
  // Where the two clocks cannot both be right, the session is as old as it seems: new.
  const left = said > 0 && said <= longestMs ? said : longestMs;
  const due = left - Math.min(dueMs, left * duePart);
  const last = left - Math.min(lastMs, (left * duePart) / 2);
  return [
    { type: 'await-renewal', attempt, afterMs: due, last: false },
    { type: 'await-renewal', attempt, afterMs: last, last: true },
  ];
}

/** A session that is prepared meanwhile is open by then. */
const preparedMs = 3000;

/** And where it was not, it is tried again so much later. */
const againMs = 30_000;

/**
 * First another session is prepared, then it takes over. `last`: it cannot wait any longer. Where none can be prepared the
 * call stays on the one that it has, to its end, and the person is told.
 */
export function renewalDue(state: CallState, { last, prepared, at }: Extract<CallEvent, { type: 'renewal' }>): Step {
  if (state.phase !== 'live' || state.ending !== null) return stay(state);
  const { plan, attempt, renewal } = state;
  const failed = renewal === 'preparing' && !prepared;
  if (last) return failed ? stay(state) : renew(state, at);
  if (renewal === 'preparing' && prepared) return stay({ ...state, renewal: 'ready' });
  if (!plan || renewal === 'ready') return stay(state);
  return {
    state: { ...state, renewal: 'preparing', fault: failed ? { code: 'relay-unreachable' } : state.fault },
    effects: [
      { type: 'prepare', plan },
      { type: 'await-renewal', attempt, afterMs: failed ? againMs : preparedMs, last: false },
    ],
  };
}

/** After every event: is this the quiet moment? */
export function withRenewal(step: Step, at: number): Step {
  const { state } = step;
  if (state.renewal !== 'ready' || state.phase !== 'live' || step.effects.length > 0 || !isQuiet(state)) return step;
  return renew(state, at);
}

function renew(state: CallState, at: number): Step {
  return lose(state, at, { code: 'session-expired' });
}

function isQuiet({ facts }: CallState): boolean {
  const { personTalking, awaiting, responding, playing, tools, held } = facts;
  return !personTalking && !awaiting && !responding && !playing && !held && tools.length === 0;
}
