/** Whether answers are spoken, and whether anybody hears it. Part of the machine, and as pure. */
import type { CallPlan } from '../protocol/messages.ts';
import type { Answers } from '../protocol/settings.ts';
import { hasLine } from '../protocol/snapshot.ts';
import type { Wishes } from '../protocol/wishes.ts';
import type { CallState, Step } from './state.ts';

export type Output = NonNullable<Wishes['output']>;

/** What the provider is to make. With captions it speaks all the same. */
export function outputOf({ microphone, answers }: Pick<CallPlan, 'microphone' | 'answers'>): Output {
  return microphone && answers !== 'text' ? 'audio' : 'text';
}

/** How the call answers: one without a microphone has no sound at all. */
export function answersOf({ microphone, answers }: Pick<CallPlan, 'microphone' | 'answers'>): Answers {
  return microphone ? answers : 'text';
}

/** Answers are heard, and not only read. */
export function isHeard({ plan }: Pick<CallState, 'plan'>): boolean {
  return plan !== null && answersOf(plan) === 'voice';
}

/**
 * An answer is being heard. Behind a silent loudspeaker a voice goes on to its end, for the sound to come back to; but to
 * the person that answer is over as soon as it is written: it is not shown as speaking, and neither talking nor writing
 * cuts it.
 */
export function sounds(state: Pick<CallState, 'plan' | 'facts'>): boolean {
  return state.facts.playing && isHeard(state);
}

/** After every event: the provider learns what to make of its answers as soon as the line is up, whatever has moved. */
export function withOutput(step: Step): Step {
  const { state, effects } = step;
  if (!state.plan || !hasLine(state.phase)) return step;
  // A typed call goes on in text until its microphone is open.
  const output = state.microphoneOpen ? outputOf(state.plan) : 'text';
  if (output === state.output) return step;
  return { state: { ...state, output }, effects: [{ type: 'use-output', output }, ...effects] };
}
