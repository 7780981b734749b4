import { MindFailure, type Mind, type MindInput, type Thought } from '../mind/mind.ts';
import { systemClock, type Clock } from '../session/clock.ts';
import { outputsIn, wordsIn } from './arrivals.ts';
import { describePattern, fits, type Pattern } from './pattern.ts';
import { addStep, type Expectation, type Failure, type Step, type Turn } from './step.ts';

export interface ScriptOptions {
  /** Measures the waits; give it the engine's when that is not the machine's own. */
  clock?: Clock;
  /** Told of each problem as it happens. */
  onProblem?: (problem: string) => void;
}

/** Begins a script: what the engine hears in one call, and what it says and calls then. */
export function script(options: ScriptOptions = {}): Script {
  return new Script([], options);
}

/**
 * A mind that does what it is told, one turn a response. Where something else comes than the script expects, the response
 * fails, `problems` says which step expected what and what came, and the script stays where it is.
 */
export class Script implements Mind {
  /** What the person said before each response, one string each; empty where they said nothing. */
  readonly heard: string[] = [];
  readonly problems: string[] = [];
  readonly #turns: Turn[] = [];
  readonly #clock: Clock;
  readonly #onProblem: (problem: string) => void;
  /** Items that were reacted to. */
  readonly #seen = new Set<string>();
  #steps = 0;
  #position = 0;

  constructor(steps: readonly Step[], { clock = systemClock, onProblem = () => {} }: ScriptOptions = {}) {
    this.#clock = clock;
    this.#onProblem = onProblem;
    for (const step of steps) this.#add(step);
  }

  /** True when every step was played. */
  get done(): boolean {
    return this.#position === this.#turns.length;
  }

  /** Throws when anything went otherwise than scripted, or is still to come. */
  check(): void {
    const next = this.#turns[this.#position];
    const open = next ? [`The script was not played to its end: ${asked(next)} and nothing more came.`] : [];
    const problems = [...this.problems, ...open];
    if (problems.length > 0) throw new Error(problems.join('\n'));
  }

  /** The person's words, spoken or typed, since the last response; anything when left out. */
  hear(pattern?: Pattern): this {
    return this.#add({ hear: pattern ?? null });
  }

  /** What the calls before returned, in their order; any outputs when left out. */
  expectOutput(...patterns: Pattern[]): this {
    return this.#add({ outputs: patterns });
  }

  /** Milliseconds before the response has anything. */
  wait(ms: number): this {
    return this.#add({ wait: ms });
  }

  /** Each is a message of its own in the response. */
  say(text: string, phase?: 'commentary' | 'final_answer'): this {
    return this.#add({ part: phase ? { say: text, phase } : { say: text } });
  }

  sayWithPreamble(preamble: string, answer: string): this {
    return this.say(preamble, 'commentary').say(answer, 'final_answer');
  }

  /** Calls one after the other are made at once, in one response. `args` as text is sent as it is, JSON or not. */
  call(name: string, args: Record<string, unknown> | string = {}): this {
    return this.#add({ part: { call: { name, arguments: typeof args === 'string' ? args : JSON.stringify(args) } } });
  }

  /** The response fails. */
  fail(failure: Failure): this {
    return this.#add({ end: failure });
  }

  /** The response is completed with nothing in it. */
  silent(): this {
    return this.#add({ end: 'silent' });
  }

  async think({ entries }: MindInput): Promise<Thought> {
    const words = wordsIn(entries, this.#seen);
    this.heard.push(words);
    const turn = this.#turns[this.#position];
    if (!turn) throw this.#problem(`The script is at its end, but a response was asked for after ${heardAs(words)}.`);
    const outputs = outputsIn(entries, this.#seen).slice(-callsOf(this.#turns[this.#position - 1]) || entries.length);
    for (const { item } of entries) if (item.type === 'message') this.#seen.add(item.id);
    const wrong = objection(turn.expects, words, outputs);
    if (wrong) throw this.#problem(`${asked(turn)}, but ${wrong}.`);
    this.#position += 1;
    for (const { item } of entries) this.#seen.add(item.id);
    if (turn.waitMs > 0) await new Promise<void>((resolve) => this.#clock.after(turn.waitMs, resolve));
    if (turn.end !== null && turn.end !== 'silent') throw new MindFailure(turn.end);
    return { parts: turn.parts };
  }

  #add(step: Step): this {
    addStep(this.#turns, step, ++this.#steps);
    return this;
  }

  #problem(text: string): Error {
    this.problems.push(text);
    this.#onProblem(text);
    return new Error('Something else came than the script expects.');
  }
}

/** A mind that plays the same steps from the beginning in every call. */
export function everyCall(steps: readonly Step[], options: ScriptOptions = {}): Mind {
  const open = (): Script => new Script(steps, options);
  return { open, think: (input) => open().think(input) };
}

function callsOf(turn: Turn | undefined): number {
  return turn?.parts.filter((part) => 'call' in part).length ?? 0;
}

function asked({ step, expects }: Turn): string {
  if ('hear' in expects) {
    return `Step ${step}: expected to hear ${expects.hear === null ? 'anything' : describePattern(expects.hear)}`;
  }
  const patterns = expects.outputs.map(describePattern).join(', ');
  return `Step ${step}: expected ${patterns ? `the output ${patterns}` : 'the outputs of the calls'}`;
}

const heardAs = (words: string): string => (words === '' ? 'nothing was said' : `hearing "${words}"`);

/** What is wrong with what came, or null. */
function objection(expects: Expectation, words: string, outputs: readonly (string | null)[]): string | null {
  if ('hear' in expects) {
    if (expects.hear === null || (words !== '' && fits(expects.hear, words))) return null;
    const came = outputs.filter((output) => output !== null);
    return words === '' && came.length > 0 ? `a tool returned ${came.join(', ')}` : heardInstead(words);
  }
  if (outputs.length === 0) return heardInstead(words);
  const missing = outputs.filter((output) => output === null).length;
  if (missing > 0) return `${missing} of ${outputs.length} calls had no output yet`;
  const index = expects.outputs.findIndex((pattern, at) => !fits(pattern, outputs[at] ?? ''));
  return index < 0 ? null : `call ${index + 1} returned ${outputs[index]?.slice(0, 200)}`;
}

const heardInstead = (words: string): string => (words === '' ? 'nothing was said' : `heard "${words}"`);
