/** The three steps: in which order, where one begins, and when the last has reached its end. Pure. */
import type { Line } from '../../protocol/snapshot.ts';

export const steps = ['relay', 'microphone', 'talk'] as const;
export type Step = (typeof steps)[number];

/** `ready`: past the last step. */
export type Place = Step | 'ready';

export type Done = Record<Step, boolean>;

/** Who comes again begins with what is still to be done. */
export function firstOpen(done: Done): Place {
  return steps.find((step) => !done[step]) ?? 'ready';
}

/** Every step may be passed, done or not. */
export function after(step: Step): Place {
  return steps[steps.indexOf(step) + 1] ?? 'ready';
}

/** Has the assistant said something since then (unix milliseconds)? Older lines are of a call before this visit. */
export function isAnswered(lines: readonly Line[], since: number): boolean {
  return lines.some(
    ({ kind, at, ...line }) => kind === 'assistant' && at >= since && 'text' in line && line.text !== '',
  );
}
