/** When a call ends by itself: money that is used up, and nobody there. Part of the machine, and as pure. */
import { isActive, hasLine } from '../protocol/snapshot.ts';
import { isHeard } from './answers.ts';
import type { CallEvent, Effect } from './events.ts';
import { capOf } from './money.ts';
import { limitReached, nearLimit, nobodyThere } from './notes.ts';
import { over } from './over.ts';
import type { Caps } from './spend.ts';
import { stay, type CallState, type Step } from './state.ts';

const reasons = { call: 'cap-call', day: 'cap-day' } as const;

/** What was spent before this call, and today. An answer that was overtaken means nothing. */
export function booked(state: CallState, { callId, usd, today, month }: Extract<CallEvent, { type: 'booked' }>): Step {
  const isOld = state.booked !== null && usd < state.booked.usd;
  if (!isActive(state.phase) || callId !== state.callId || isOld) return stay(state);
  return stay({ ...state, booked: { usd, today, month } });
}

/** After every event, so that a limit is seen whatever moved: the cost, the day's sum, or the limit itself. */
export function withinLimits(before: CallState, step: Step, at: number): Step {
  const { state } = step;
  if (!isActive(state.phase)) return step;
  const effects = [...step.effects, ...booking(before, state)];
  const { level, cap } = capOf(state);
  if (cap === null || level === 'below') {
    return { state: state.toldNear ? { ...state, toldNear: false } : state, effects };
  }
  if (level === 'reached') {
    // Nothing that was about to begin begins.
    if (!hasLine(before.phase)) return over(state, at, { phase: 'ended', endReason: reasons[cap] });
    const end = state.ending === null ? reached(state, cap) : stay(state);
    return { state: end.state, effects: [...effects, ...end.effects] };
  }
  if (state.toldNear || state.phase !== 'live') return { state, effects };
  const note: Effect[] = state.plan?.microphone ? [{ type: 'note', text: nearLimit(cap), answer: false }] : [];
  return { state: { ...state, toldNear: true }, effects: [...effects, ...note] };
}

/** Also at the beginning, when nothing was spent yet: a day's limit may be used up already. */
function booking(before: CallState, { callId, spend }: CallState): Effect[] {
  const isNew = callId !== before.callId || spend.usd > before.spend.usd;
  return isNew && callId !== null ? [{ type: 'book', callId, usd: spend.usd }] : [];
}

/** Most of what was left for this line: from then on the person is told. */
const nearPart = 0.8;

export function allowed(state: CallState, { ms, usd, at }: Extract<CallEvent, { type: 'allowed' }>): Step {
  const nearUsd = usd === null ? null : state.spend.usd + usd * nearPart;
  return stay({ ...state, relayEnd: { at: ms === null ? null : at + ms, nearUsd } });
}

/** The answer that is being given is heard to its end; where there can be another, it says why the call ends. */
function reached(state: CallState, cap: keyof Caps): Step {
  const { facts, plan } = state;
  const speaks = state.phase === 'live' && plan?.microphone === true;
  const effects: Effect[] = [];
  if (facts.held) effects.push({ type: 'end-turn', send: false });
  if (facts.tools.length > 0) effects.push({ type: 'cancel-tools' });
  if (speaks) effects.push({ type: 'last-words', text: limitReached(cap) });
  const last = { ...facts, held: false, personTalking: false, awaiting: speaks, unwanted: false };
  return { state: { ...state, ending: reasons[cap], facts: last }, effects };
}

/** Nothing is said, and nothing is on its way to be. */
export function isQuiet({ facts }: Pick<CallState, 'facts'>): boolean {
  return !facts.awaiting && !facts.responding && !facts.playing;
}

/** What was to be said has been said, or took too long. */
export function lastWordsOver(state: CallState, at: number): Step {
  if (state.ending === null || !isActive(state.phase)) return stay(state);
  return over(state, at, { phase: 'ended', endReason: state.ending });
}

/** `endsAt`: the call ends then; null: somebody is there after all. */
export function idle(state: CallState, { endsAt, at }: Extract<CallEvent, { type: 'idle' }>): Step {
  if (!hasLine(state.phase)) return stay(state);
  const warned = { ...state, endsIdleAt: endsAt };
  const isTyped = !state.plan?.microphone;
  // What somebody is saying is not talked over, even if it should be a television.
  const { personTalking, held } = state.facts;
  const isBusy = held || personTalking || !isQuiet(state) || state.phase !== 'live';
  if (endsAt === null || isTyped || isBusy) return stay(warned);
  // The local engine only knows how to answer, and a question that is only written may not be seen.
  if (state.provider === 'local' || !isHeard(state)) return { state: warned, effects: [{ type: 'warn-by-tone' }] };
  const text = nobodyThere(Math.max(1, Math.round((endsAt - at) / 1000)));
  return {
    state: { ...warned, facts: { ...state.facts, awaiting: true, unwanted: false } },
    effects: [{ type: 'note', text, answer: true }],
  };
}

export function idleOver(state: CallState, at: number): Step {
  return hasLine(state.phase) ? over(state, at, { phase: 'ended', endReason: 'idle' }) : stay(state);
}
