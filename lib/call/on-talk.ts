/** Who speaks: mute, the talk key, talking over the answer, and how turns are taken. Part of the machine, and as pure. */
import type { CallPlan } from '../protocol/messages.ts';
import type { SessionChange } from '../protocol/realtime.ts';
import { isActive, type MicrophoneTrouble } from '../protocol/snapshot.ts';
import { turnTakingOf } from '../protocol/turn-taking.ts';
import { isHeard, sounds } from './answers.ts';
import type { CallEvent, Effect } from './events.ts';
import { isDeaf, isManual, stay, type CallState, type Step } from './state.ts';

export function mute(state: CallState, muted: boolean): Step {
  if (!isActive(state.phase) || state.muted === muted) return stay(state);
  // Muting in mid-sentence ends the turn: the provider would wait for a silence that never comes.
  const ended = muted ? talkEnd(state, true) : stay(state);
  return { state: { ...ended.state, muted }, effects: [...ended.effects, { type: 'set-muted', muted }] };
}

/** What was said until nothing could be heard any more is a turn, for the same reason. */
export function trouble(state: CallState, microphoneTrouble: MicrophoneTrouble | null): Step {
  if (!isActive(state.phase)) return stay(state);
  const troubled = { ...state, microphoneTrouble };
  return isDeaf(troubled) ? talkEnd(troubled, true) : stay(troubled);
}

/** Talking stops an answer that is heard. One that is read can be read beside it; in hands-free the key is only to stop it. */
export function talkBegin(state: CallState): Step {
  if (!isActive(state.phase) || state.muted || state.facts.held || state.ending !== null) return stay(state);
  if (!isManual(state) || isDeaf(state)) return hush(state);
  const stopped = isHeard(state) ? hush(state) : stay(state);
  const facts = { ...stopped.state.facts, held: true };
  return {
    state: { ...stopped.state, facts, heardNothing: false },
    effects: [...stopped.effects, { type: 'begin-turn' }],
  };
}

export function talkEnd(state: CallState, send: boolean): Step {
  if (!isActive(state.phase)) return stay(state);
  const { facts } = state;
  if (facts.held) {
    const next = { ...facts, held: false, awaiting: send, unwanted: false };
    return { state: { ...state, facts: next }, effects: [{ type: 'end-turn', send }] };
  }
  if (!facts.personTalking || !send || isManual(state) || !state.plan) return stay(state);
  return {
    state: { ...state, facts: { ...facts, personTalking: false, awaiting: true } },
    effects: [{ type: 'close-turn', detection: turnTakingOf(state.plan) }],
  };
}

export function turnOver(state: CallState, { sent, wanted }: Extract<CallEvent, { type: 'turn-over' }>): Step {
  if (!isActive(state.phase) || sent) return stay(state);
  return stay({ ...state, heardNothing: wanted, facts: { ...state.facts, awaiting: false } });
}

/** The provider would notice too, but a round trip and a jitter buffer later. In a noisy room only a key interrupts. */
export function bargeIn(state: CallState): Step {
  const listens = state.plan !== null && !isManual(state) && !state.plan.talk.noisyRoom && !state.muted;
  return listens && sounds(state) && !state.facts.cutting ? hush(state) : stay(state);
}

export function adjust(state: CallState, change: Extract<CallEvent, { type: 'adjust' }>): Step {
  if (!isActive(state.phase) || !state.plan) return stay(state);
  const { talk, answers, sound, limits } = change;
  const plan = { ...state.plan, talk, answers, sound, limits };
  const modeChanges = talk.mode !== state.plan.talk.mode;
  const dropped: Effect[] = modeChanges && state.facts.held ? [{ type: 'end-turn', send: false }] : [];
  const facts = modeChanges ? { ...state.facts, held: false, personTalking: false } : state.facts;
  const session = inputOf(plan);
  const same = JSON.stringify(session) === JSON.stringify(inputOf(state.plan));
  return {
    state: { ...state, plan, facts, heardNothing: false },
    effects: [...dropped, { type: 'adjust', plan, session: same ? null : session }],
  };
}

function inputOf(plan: CallPlan): NonNullable<SessionChange['audio']> {
  const { noiseReduction } = plan.sound;
  return {
    input: {
      turn_detection: turnTakingOf(plan),
      noise_reduction: noiseReduction === 'off' ? null : { type: `${noiseReduction}_field` },
    },
  };
}

/** The hand: what is being read for the answer is not wanted either. */
export function stopAnswer(state: CallState): Step {
  const { responding, awaiting, tools } = state.facts;
  if (tools.length === 0) return hush(state);
  // What is cancelled leads to no answer; one that is due all the same is cut.
  const hushed = responding || sounds(state) || awaiting ? hush(state) : stay(state);
  return { state: hushed.state, effects: [...hushed.effects, { type: 'cancel-tools' }] };
}

/** The answer stops; what is being read for it is kept for the next. */
function hush(state: CallState): Step {
  const { responding, awaiting, tools } = state.facts;
  if (!responding && !sounds(state)) {
    // Nothing can be cancelled yet: the answer that is on its way is cut when it begins.
    const isDue = awaiting || tools.length > 0;
    return stay(isDue ? { ...state, facts: { ...state.facts, awaiting: false, unwanted: true } } : state);
  }
  return { state: { ...state, facts: { ...state.facts, cutting: true } }, effects: [{ type: 'stop-answer' }] };
}
