/**
 * Nothing is waited for without end: what is shown rests on something that was to come, and where it does not, it is asked
 * for once more and then said. Part of the machine, and as pure.
 */
import { hasLine } from '../protocol/snapshot.ts';
import type { CallEvent, Effect } from './events.ts';
import { stay, type CallState, type Step } from './state.ts';

/**
 * `response`: that an answer begins. `words`: that it has any. `more`: the rest of them, or its end. `quiet`: that an
 * answer which was stopped is.
 */
type Awaited = 'response' | 'words' | 'more' | 'quiet';

export interface Wait {
  what: Awaited;
  /** When it was last seen to come, unix milliseconds. */
  since: number;
  /** Of this look at it: a timer for an older one means nothing. */
  number: number;
  /** When the timer looks, milliseconds from then on. */
  lookInMs: number;
}

/**
 * Milliseconds. A provider says at once that it begins, and a model that thinks may take its time for the first word. After
 * 4 s it is asked again, and after 7.5 s said.
 */
const boundsMs: Record<Awaited, number> = { response: 4000, words: 20_000, more: 20_000, quiet: 5000 };
const onceMoreMs = 3500;
/** A provider may begin only when it has made out what was said: noise needs no answer. */
const unwrittenMs = 12_000;
/** While the line itself is in doubt, which is found out by other means. */
const doubtMs = 1000;

/** Asked for anew: what was late before is so no more. */
const asks = new Set<Effect['type']>(['send-text', 'ask-answer', 'try-again', 'end-turn', 'close-turn']);

/** After every event: is something else waited for now, or has a part of it come? */
export function withPatience(before: CallState, { state, effects }: Step, event: CallEvent): Step {
  const what = awaitedOf(state);
  const asked = effects.some(({ type }) => asks.has(type));
  const { awaiting, responding } = state.facts;
  const isOver = asked || isAnswer(event) || !hasLine(state.phase);
  // Stopped by the person, it is not missed.
  const late = isOver || (state.late === 'asked-again' && !awaiting && !responding) ? null : state.late;
  if (what === null) {
    const same = state.wait === null && late === state.late;
    return { state: same ? state : { ...state, wait: null, late }, effects };
  }
  const { wait } = before;
  if (wait?.what === what && state.wait && !asked && !isWritten(event)) {
    if (state.wait !== wait) return { state: { ...state, late }, effects };
    const since = isAnswer(event) ? event.at : wait.since;
    const same = since === wait.since && late === state.late;
    return { state: same ? state : { ...state, wait: { ...wait, since }, late }, effects };
  }
  return { state: waiting({ ...state, late }, what, event.at, boundOf({ ...state, late }, what)), effects };
}

function waiting(state: CallState, what: Awaited, since: number, lookInMs: number): CallState {
  const number = state.waitNumber + 1;
  return { ...state, waitNumber: number, wait: { what, since, number, lookInMs } };
}

/** The timer looks. */
export function patience(state: CallState, { number, at }: Extract<CallEvent, { type: 'patience' }>): Step {
  const { wait, facts } = state;
  if (wait?.number !== number) return stay(state);
  const leftMs = wait.since + boundOf(state, wait.what) - at;
  if (leftMs > 0 || state.phase === 'unstable') {
    return stay(waiting(state, wait.what, wait.since, leftMs > 0 ? leftMs : doubtMs));
  }
  const none = { ...facts, responding: false, awaiting: false, cutting: false };
  const given = { ...state, wait: null };
  switch (wait.what) {
    case 'quiet':
      return { state: { ...given, facts: { ...none, playing: false } }, effects: [{ type: 'forget-answer' }] };
    case 'more':
      return { state: { ...given, facts: none }, effects: [{ type: 'forget-answer' }] };
    default:
      if (state.late === null) {
        const next = { ...given, late: 'asked-again' as const, facts: { ...none, awaiting: true } };
        return { state: next, effects: [{ type: 'ask-again' }] };
      }
      return { state: { ...given, late: 'missing', facts: none }, effects: [{ type: 'forget-answer' }] };
  }
}

/** The person wants it all the same. */
export function askAgain(state: CallState): Step {
  if (state.late !== 'missing' || !hasLine(state.phase) || state.ending !== null) return stay(state);
  return { state: { ...state, facts: { ...state.facts, awaiting: true } }, effects: [{ type: 'ask-answer' }] };
}

/** The provider did not say that somebody had stopped speaking, or that its own voice had. */
export function silence(state: CallState, of: 'person' | 'voice'): Step {
  const { facts } = state;
  if (of === 'person')
    return stay(facts.personTalking ? { ...state, facts: { ...facts, personTalking: false } } : state);
  const goesOn = !facts.playing || facts.responding;
  return stay(goesOn ? state : { ...state, facts: { ...facts, playing: false, cutting: false } });
}

/** Null: nothing, or what has bounds of its own (tools, turns, last words). */
function awaitedOf({ phase, facts, ending }: CallState): Awaited | null {
  if (!hasLine(phase) || ending !== null || facts.held || facts.personTalking) return null;
  if (facts.cutting) return 'quiet';
  if (facts.tools.length > 0) return null;
  if (facts.responding) return facts.writing || facts.playing ? 'more' : 'words';
  return facts.awaiting ? 'response' : null;
}

function boundOf({ late, transcript: { order, lines } }: CallState, what: Awaited): number {
  if (what !== 'response') return boundsMs[what];
  if (late !== null) return onceMoreMs;
  const last = lines[order.at(-1) ?? ''];
  return last?.kind === 'person' && last.state === 'hearing' ? unwrittenMs : boundsMs.response;
}

/** What was said has its words: from now on the answer is due. */
function isWritten(event: CallEvent): boolean {
  return event.type === 'news' && event.news.type === 'person-text' && event.news.final;
}

/** Something of an answer has come, or somebody says something else. */
function isAnswer(event: CallEvent): boolean {
  if (event.type !== 'news') return false;
  const { type } = event.news;
  return type === 'assistant-text' || type === 'voice-started' || type === 'tool-call' || type === 'person-started';
}
