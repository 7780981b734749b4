/**
 * The life of a call: `transition(state, event) → state and effects`. Pure and total: every event is allowed in every
 * state, and one that means nothing there changes nothing.
 */
import type { Fault, FaultCode } from '../protocol/faults.ts';
import { hasLine, isActive, noRelayEnd, type MicrophoneAnswer } from '../protocol/snapshot.ts';
import { outputOf, sounds, withOutput } from './answers.ts';
import type { CallEvent, Effect } from './events.ts';
import { adjust, bargeIn, mute, stopAnswer, talkBegin, talkEnd, trouble, turnOver } from './on-talk.ts';
import { onNews } from './on-news.ts';
import { allowed, booked, idle, idleOver, lastWordsOver, withinLimits } from './on-limits.ts';
import { askAgain, patience, silence, withPatience } from './on-late.ts';
import { beginAgain, liveWithinMs, lose, recall, retry, tryFailed } from './on-loss.ts';
import { briefed, goOn, toolDone } from './on-tools.ts';
import { over } from './over.ts';
import { awaitRenewal, renewalDue, withRenewal } from './renewal.ts';
import { comesUp, idleState, stay, type CallState, type Step } from './state.ts';
import { addLine, personLine, settled } from './transcript.ts';

export function transition(state: CallState, event: CallEvent): Step {
  const step = withRenewal(withOutput(happened(state, event)), event.at);
  return withPatience(state, withinLimits(state, step, event.at), event);
}

function happened(state: CallState, event: CallEvent): Step {
  switch (event.type) {
    case 'start':
      return start(state, event);
    case 'end':
      return isActive(state.phase) ? over(state, event.at, { phase: 'ended', endReason: 'hung-up' }) : stay(state);
    case 'broken':
      return isActive(state.phase) ? over(state, event.at, { phase: 'failed', fault: event.fault }) : stay(state);
    case 'mute':
      return mute(state, event.muted);
    case 'stop-answer':
      return stopAnswer(state);
    case 'say':
      return say(state, event.text, event.at);
    case 'talk-begin':
      return talkBegin(state);
    case 'talk-end':
      return talkEnd(state, event.send);
    case 'turn-over':
      return turnOver(state, event);
    case 'barge-in':
      return bargeIn(state);
    case 'adjust':
      return adjust(state, event);
    case 'permission':
      return permission(state, event.answer, event.at);
    case 'microphone-open':
      return isCurrent(state, event) ? microphoneOpen(state, event.at) : stay(state);
    case 'microphone-needed':
      return isCurrent(state, event) ? microphoneNeeded(state) : stay(state);
    case 'microphone-failed':
    case 'session-failed':
      return isCurrent(state, event) ? fail(state, event.at, event.fault) : stay(state);
    case 'renewal':
      return isCurrent(state, event) ? renewalDue(state, event) : stay(state);
    case 'retry':
      return isCurrent(state, event) ? retry(state, event) : stay(state);
    case 'too-late':
      return isCurrent(state, event) && comesUp(state)
        ? fail(state, event.at, { code: 'connection-failed', detail: 'not ready in time' })
        : stay(state);
    case 'microphone-name':
      return stay(isActive(state.phase) ? { ...state, microphoneName: event.name } : state);
    case 'microphone-trouble':
      return trouble(state, event.trouble);
    case 'frames':
      return stay(isActive(state.phase) ? { ...state, facts: { ...state.facts, frames: event.flowing } } : state);
    case 'session-open':
      return isCurrent(state, event) ? sessionOpen(state, event) : stay(state);
    case 'news':
      return isCurrent(state, event) ? news(state, event) : stay(state);
    case 'tool-done':
      return toolDone(state, event);
    case 'briefed':
      return briefed(state, event);
    case 'go-on':
      return goOn(state);
    case 'patience':
      return patience(state, event);
    case 'ask-again':
      return askAgain(state);
    case 'silence':
      return silence(state, event.of);
    case 'times':
      return stay(isActive(state.phase) ? { ...state, times: { ...state.times, ...event.times } } : state);
    case 'allowed':
      return isCurrent(state, event) ? allowed(state, event) : stay(state);
    case 'booked':
      return booked(state, event);
    case 'idle':
      return idle(state, event);
    case 'idle-over':
      return idleOver(state, event.at);
    case 'keeping':
      // Also behind its end: the last words are kept then.
      return stay(state.keepTrouble === event.trouble ? state : { ...state, keepTrouble: event.trouble });
    case 'last-words-over':
      return lastWordsOver(state, event.at);
  }
}

/** Results of an older attempt, or of a call that is over, mean nothing. */
function isCurrent(state: CallState, event: { attempt: number }): boolean {
  return event.attempt === state.attempt && isActive(state.phase);
}

function start(state: CallState, event: Extract<CallEvent, { type: 'start' }>): Step {
  if (isActive(state.phase)) return joinRunning(state, event);
  const fresh: CallState = {
    ...idleState,
    phase: 'connecting',
    callId: event.callId,
    attempt: state.attempt,
    earlier: event.earlier ? { ...event.earlier, lines: event.earlier.lines.map(settled) } : null,
    plan: event.plan,
    startedAt: event.at,
  };
  const step = attempt(event.say === null ? fresh : withTyped(fresh, event.say, event.at));
  return event.plan.digest ? { state: step.state, effects: [...step.effects, { type: 'brief' }] } : step;
}

/** Starting while a call runs: one call, whatever is pressed. A typed call may get a microphone, and words are sent. */
function joinRunning(state: CallState, event: Extract<CallEvent, { type: 'start' }>): Step {
  if (event.say !== null) return say(state, event.say, event.at);
  if (!event.plan.microphone || !state.plan || state.plan.microphone || state.ending !== null) return stay(state);
  const plan = { ...state.plan, microphone: true };
  return { state: { ...state, plan }, effects: [{ type: 'open-microphone', attempt: state.attempt }] };
}

/** Microphone and session at the same time: neither waits for the other. */
function attempt(state: CallState): Step {
  const { plan } = state;
  if (!plan) return stay(state);
  const number = state.attempt + 1;
  const down = { sessionOpen: false, ready: false, output: outputOf(plan) };
  const next: CallState = { ...state, phase: 'connecting', attempt: number, ...down };
  const effects: Effect[] = [
    { type: 'open-session', attempt: number, plan },
    { type: 'await-live', attempt: number, withinMs: liveWithinMs },
  ];
  if (plan.microphone && !next.microphoneOpen) effects.unshift({ type: 'open-microphone', attempt: number });
  return { state: next, effects };
}

function microphoneOpen(state: CallState, at: number): Step {
  const open = { ...state, microphoneOpen: true };
  if (comesUp(state)) {
    const step = liveWhenBoth(open, at);
    return { state: step.state, effects: [...uplink(open), ...step.effects] };
  }
  // A typed call that becomes a spoken one.
  return { state: open, effects: uplink(open) };
}

function microphoneNeeded(state: CallState): Step {
  if (state.phase !== 'connecting') {
    // The running typed call goes on while the person is asked.
    return { state, effects: [{ type: 'ask-permission' }] };
  }
  // No secret lives and no line is open while a person thinks about a question.
  const waiting: CallState = {
    ...state,
    phase: 'asking-permission',
    attempt: state.attempt + 1,
    sessionOpen: false,
    ready: false,
  };
  return { state: waiting, effects: [{ type: 'close-session' }, { type: 'ask-permission' }] };
}

const faultOfAnswer: Record<Exclude<MicrophoneAnswer, 'granted'>, FaultCode> = {
  denied: 'microphone-denied',
  dismissed: 'microphone-dismissed',
  missing: 'microphone-missing',
  busy: 'microphone-busy',
};

function permission(state: CallState, answer: MicrophoneAnswer, at: number): Step {
  if (state.phase === 'asking-permission') {
    return answer === 'granted' ? attempt(state) : fail(state, at, { code: faultOfAnswer[answer] });
  }
  const isUpgrade = isActive(state.phase) && state.plan?.microphone && !state.microphoneOpen && state.liveAt !== null;
  if (!isUpgrade || !state.plan) return stay(state);
  if (answer === 'granted') return { state, effects: [{ type: 'open-microphone', attempt: state.attempt }] };
  return stay({ ...state, plan: { ...state.plan, microphone: false }, fault: { code: faultOfAnswer[answer] } });
}

function sessionOpen(state: CallState, event: Extract<CallEvent, { type: 'session-open' }>): Step {
  const { provider, model, transport, reason } = event;
  const line = { provider, model, transport, transportReason: reason, relayEnd: noRelayEnd };
  const open = { ...state, sessionOpen: true, ...line };
  const step = liveWhenBoth(open, event.at);
  return { state: step.state, effects: [...recall(open), ...uplink(open), ...step.effects] };
}

/** Sound may go up when there is a microphone and a line, whichever came last. */
function uplink(state: CallState): Effect[] {
  return state.microphoneOpen && state.sessionOpen ? [{ type: 'open-uplink' }] : [];
}

function news(state: CallState, event: Extract<CallEvent, { type: 'news' }>): Step {
  if (event.news.type === 'ready') {
    const { recogniser = null, expiresAt } = event.news;
    const step = liveWhenBoth({ ...state, ready: true, recogniser }, event.at);
    return { ...step, effects: [...step.effects, ...awaitRenewal(expiresAt, event.attempt, event.at)] };
  }
  if (event.news.type === 'lost') return lost(state, event.at, event.news.fault);
  if (event.news.type === 'steady' && hasLine(state.phase)) {
    return stay({ ...state, phase: event.news.steady ? 'live' : 'unstable' });
  }
  return onNews(state, event.news, event.at);
}

/** Live is when the line is ours, the provider has greeted us and, in a spoken call, the microphone is open. */
function liveWhenBoth(state: CallState, at: number): Step {
  const up = state.sessionOpen && state.ready && (state.microphoneOpen || !state.plan?.microphone);
  if (!comesUp(state) || !up) return stay(state);
  const brief: Effect[] = state.unsentBrief ? [{ type: 'send-brief', ...state.unsentBrief }] : [];
  const effects: Effect[] = state.unsent.map((typed) => ({ type: 'send-text', ...typed }));
  // What was typed meanwhile is answered, and what was asked before with it.
  if (state.owed && effects.length === 0) effects.push({ type: 'ask-answer' });
  const facts = { ...state.facts, awaiting: effects.length > 0 };
  return {
    state: {
      ...state,
      phase: 'live',
      liveAt: state.liveAt ?? at,
      away: null,
      unsent: [],
      unsentBrief: null,
      owed: false,
      facts,
    },
    effects: [...brief, ...effects],
  };
}

function say(state: CallState, text: string, at: number): Step {
  if (!isActive(state.phase)) return stay(state);
  const typed = withTyped(state, text, at);
  if (comesUp(state) || state.phase === 'asking-permission') return stay(typed);
  // A call that is ending answers nothing more; what was typed stays to be seen.
  if (state.ending !== null) return stay({ ...typed, unsent: [] });
  const last = typed.unsent.at(-1);
  if (!last) return stay(state);
  const cutting = sounds(state) || state.facts.responding;
  const facts = { ...state.facts, awaiting: true, unwanted: false, cutting };
  return { state: { ...typed, unsent: [], facts }, effects: [{ type: 'send-text', ...last }] };
}

/** Shows the words at once, under an id of our own that the provider takes over. */
function withTyped(state: CallState, text: string, at: number): CallState {
  const itemId = `typed_${state.callId?.slice(0, 8) ?? ''}_${state.transcript.order.length}`;
  const line = { ...personLine(itemId, at), text, state: 'final' as const, typed: true };
  return { ...state, unsent: [...state.unsent, { itemId, text }], transcript: addLine(state.transcript, line) };
}

/** A call that has begun is worth another line, unless it is ending anyway. One that goes before it was up is a try that failed. */
function lost(state: CallState, at: number, fault: Fault): Step {
  return hasLine(state.phase) && state.ending === null ? lose(state, at, fault) : fail(state, at, fault);
}

function fail(state: CallState, at: number, fault: Fault): Step {
  if (state.phase === 'reconnecting') return tryFailed(state, at, fault);
  // A microphone that cannot join a typed call does not end it.
  const isUpgrade =
    state.liveAt !== null && fault.code.startsWith('microphone-') && !state.microphoneOpen && state.plan;
  if (isUpgrade) return stay({ ...state, fault, plan: { ...state.plan, microphone: false } as CallState['plan'] });
  return beginAgain(state, at, fault) ?? over(state, at, { phase: 'failed', fault });
}
