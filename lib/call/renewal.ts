/**
 * A session lives an hour at most: before it ends, at a quiet moment, another takes its place. Part of the machine, and as
 * pure.
 */
import type { CallEvent, Effect } from './events.ts';
import { lose } from './on-loss.ts';
import { stay, type CallState, type Step } from './state.ts';

/** Before the end: from here on a quiet moment is waited for. */
const dueMs = 5 * 60_000;
/** And here it is done in the middle of a word, too. */
const lastMs = 90_000;
/** A session that lives shorter than all that is renewed in the last fifth of its life. */
const duePart = 0.2;

/** For a session that ends at `expiresAt` (unix seconds), from `at` (unix milliseconds) on. */
export function awaitRenewal(expiresAt: number | null, attempt: number, at: number): Effect[] {
  const left = (expiresAt ?? 0) * 1000 - at;
  if (left <= 0) return [];
  const due = left - Math.min(dueMs, left * duePart);
  const last = left - Math.min(lastMs, (left * duePart) / 2);
  return [
    { type: 'await-renewal', attempt, afterMs: due, last: false },
    { type: 'await-renewal', attempt, afterMs: last, last: true },
  ];
}

/** A session that is prepared meanwhile is open by then. */
const preparedMs = 3000;

/** First another session is prepared, then it takes over. `last`: it cannot wait any longer. */
export function renewalDue(state: CallState, { last, at }: Extract<CallEvent, { type: 'renewal' }>): Step {
  if (state.phase !== 'live' || state.ending !== null) return stay(state);
  if (last) return renew(state, at);
  if (state.renewal === 'preparing') return stay({ ...state, renewal: 'ready' });
  const { plan, attempt } = state;
  if (!plan || state.renewal === 'ready') return stay(state);
  return {
    state: { ...state, renewal: 'preparing' },
    effects: [
      { type: 'prepare', plan },
      { type: 'await-renewal', attempt, afterMs: preparedMs, last: false },
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
