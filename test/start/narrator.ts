/** Tells a call as it happens: every change of state, each finished line of the transcript, once, with the time. */
import type { Line, Snapshot } from '../../lib/protocol/snapshot.ts';
import { describeLine, type Seen } from '../support/snapshots.ts';

export interface State {
  /** A phase, or while live what is going on: `listening`, `hearing`, `thinking`, `reading`, `speaking` … */
  state: string;
  /** Milliseconds since the start was pressed. */
  atMs: number;
}

export class Narrator {
  readonly states: State[] = [];
  readonly #say: (line: string) => void;
  readonly #startedAt: number;
  #phase = '';
  #turn: string | null = null;
  readonly #told = new Map<string, string>();

  constructor(startedAt: number, say: (line: string) => void) {
    this.#startedAt = startedAt;
    this.#say = say;
  }

  see({ at, snapshot }: Seen): void {
    const { phase, turn, fault, lines } = snapshot;
    if (phase !== this.#phase) this.#state(at, phase, fault ? `${phase}: ${fault.code} ${fault.detail ?? ''}` : phase);
    if (turn && (turn !== this.#turn || phase !== this.#phase)) this.#state(at, turn, turn);
    this.#phase = phase;
    this.#turn = turn;
    for (const line of lines) this.#line(at, line);
  }

  #state(at: number, state: string, words: string): void {
    this.states.push({ state, atMs: at - this.#startedAt });
    this.tell(at, words);
  }

  #line(at: number, line: Line): void {
    if (line.state === 'hearing' || line.state === 'streaming' || line.state === 'running') return;
    const words = describeLine(line);
    if (this.#told.get(line.id) === words) return;
    this.#told.set(line.id, words);
    this.tell(at, `    ${words}`);
  }

  tell(at: number, words: string): void {
    this.#say(`${((at - this.#startedAt) / 1000).toFixed(2).padStart(7)} s  ${words.trimEnd()}`);
  }
}

/** Has the last thing the person said been answered, and is nobody talking any more? */
export function isAnswered({ phase, turn, lines }: Snapshot): boolean {
  const asked = lines.findLastIndex((line) => line.kind === 'person' && line.state !== 'hearing');
  if (phase !== 'live' || asked < 0 || (turn !== 'listening' && turn !== 'waiting')) return false;
  // What is pointed at comes behind the words.
  const answer = lines.slice(asked + 1).findLast(({ kind }) => kind === 'assistant');
  return answer !== undefined && answer.state !== 'streaming' && lines.every(({ state }) => state !== 'running');
}
