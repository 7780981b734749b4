import type { ThoughtPart } from '../mind/mind.ts';
import { checkPattern, type Pattern } from './pattern.ts';

/** How a response fails: the API says `insufficient_quota` or `rate_limit_exceeded`, for example. */
export interface Failure {
  code: string | null;
  message?: string;
  type?: string;
}

/** What has to come. Nothing to hear takes anything; outputs are those of the calls before, in their order. */
export type Expectation = { hear: Pattern | null } | { outputs: readonly Pattern[] };

/** One line of a script: what has to come, or what to do about it. */
export type Step =
  | Expectation
  /** Milliseconds. */
  | { wait: number }
  | { part: ThoughtPart }
  | { end: Failure | 'silent' };

/** What one response needs, and what it makes of it. */
export interface Turn {
  /** The number of its first step, from 1. */
  step: number;
  expects: Expectation;
  /** Before anything of the response is made, ms. */
  waitMs: number;
  parts: ThoughtPart[];
  /** Instead of parts. */
  end: Failure | 'silent' | null;
}

const turnAt = (step: number, expects: Expectation): Turn => ({ step, expects, waitMs: 0, parts: [], end: null });

/** Adds the `number`th step to the turns. Throws a TypeError that says why when it makes no sense there. */
export function addStep(turns: Turn[], step: Step, number: number): void {
  const refuse = (why: string): never => {
    throw new TypeError(`Step ${number}: ${why}`);
  };
  const before = turns.at(-1);
  if ('hear' in step || 'outputs' in step) {
    const calls = before?.parts.filter((part) => 'call' in part).length ?? 0;
    const patterns = 'outputs' in step ? step.outputs : step.hear === null ? [] : [step.hear];
    for (const pattern of patterns) checkPattern(pattern, refuse);
    if (before && before.parts.length === 0 && before.end === null) {
      refuse('the turn before does not say what to do. Add silent() to do nothing.');
    }
    if ('outputs' in step && calls === 0) refuse('an output comes after a call only.');
    if ('outputs' in step && patterns.length > calls) refuse('more outputs are expected than calls are made.');
    turns.push(turnAt(number, step));
    return;
  }
  const turn = before ?? turnAt(number, { hear: null });
  if (!before) turns.push(turn);
  if (turn.end !== null) refuse('after silent() or fail() the next thing is hear().');
  if ('part' in step) {
    turn.parts.push(step.part);
    return;
  }
  if (turn.parts.length > 0) refuse('wait(), silent() and fail() come before anything said or called in a response.');
  if ('end' in step) turn.end = step.end;
  else if (step.wait >= 0 && step.wait < 2 ** 31) turn.waitMs += step.wait;
  else refuse('a wait is a number of milliseconds.');
}
